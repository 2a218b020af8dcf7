import { payload, token } from './example.js';
import type { GemRule } from './subject.js';
import { piecePlace } from './subject.js';

export const gemTokenTooLarge: GemRule = {
  id: 'gem-token-too-large',
  code: 'G38',
  severity: 'warning',
  summary: 'The credentials exceed common header limits',
  docs: {
    why: 'Proxies refuse headers above their limit, often 8 KiB, with 400 or 431 before GEM sees them. Long lists of groups do this.',
    bad: payload([
      `id_token: ${token({ alg: 'RS256', kid: 'k1' }, { groups: Array.from({ length: 400 }, (_, at) => `group-${at}-of-a-long-list`) })}`,
    ]),
    good: payload([`id_token: ${token({ alg: 'RS256', kid: 'k1' }, { groups: ['group-1'] })}`]),
    references: ['nginx: large_client_header_buffers', 'RFC 6585 (431)'],
  },
  check(subject, report) {
    for (const piece of subject.evidence.tokens) {
      const bytes = piece.value.text.length;
      if (bytes < LIMIT) continue;
      report({
        ...piecePlace(piece),
        option: 'id_token',
        message: `the token has ${bytes} bytes; common header limits are ${LIMIT}`,
        consequence: 'proxies may answer 400 or 431 before GEM sees the request',
        help: 'let the identity provider put fewer groups into the token',
      });
    }
  },
};

const LIMIT = 8192;
