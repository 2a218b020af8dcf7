import { payload } from './example.js';
import type { GemRule } from './subject.js';
import { piecePlace } from './subject.js';

export const gemBearerWithoutTenant: GemRule = {
  id: 'gem-bearer-without-tenant',
  code: 'G32',
  severity: 'error',
  summary: 'The bearer token has no tenant in front',
  docs: {
    why: 'GEM expects <tenant>:<JWT>. Clients that forward a plain token (Grafana "Forward OAuth Identity", OAuth2 of an agent) are refused unless a proxy puts the tenant in front.',
    bad: payload(['headers:', '  Authorization: Bearer aaa.bbb.ccc']),
    good: payload(['headers:', '  Authorization: Bearer tenant-1:aaa.bbb.ccc']),
    references: ['GEM manual: Integrate with OAuth (two parts separated by a colon)'],
  },
  check(subject, report) {
    for (const piece of subject.evidence.credentials) {
      const { credentials, refused } = piece.value;
      if (credentials.form !== 'bearer' || credentials.tenant !== null || refused === undefined) continue;
      report({
        ...piecePlace(piece, 'Authorization'),
        option: 'headers.Authorization',
        message: 'the bearer token has no "tenant:" in front',
        consequence: 'the request is refused',
        help: 'send Bearer <tenant>:<JWT>; where the client forwards a plain token, let a proxy add the tenant',
      });
    }
  },
};
