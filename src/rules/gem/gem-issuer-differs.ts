import type { Piece } from '../../gem/evidence.js';
import { differenceAt } from '../../gem/provider.js';
import { payload } from './example.js';
import type { GemRule } from './subject.js';
import { cite, piecePlace, valuePlace } from './subject.js';

export const gemIssuerDiffers: GemRule = {
  id: 'gem-issuer-differs',
  code: 'G06',
  severity: 'error',
  summary: 'The issuer differs from the one in the discovery document or in a token',
  docs: {
    why: 'The comparison is character for character, a slash at the end included; only the address of the discovery document is built without it. Where they differ, discovery or every token is refused.',
    bad: payload(['provider:', '  issuer: https://accounts.example.com/realms/acme/']),
    good: payload(['provider:', '  issuer: https://accounts.example.com/realms/acme']),
    references: ['OpenID Connect Discovery 1.0 section 4.3', 'go-oidc v3.4.0 (run)'],
  },
  check(subject, report) {
    const entry = subject.issuer;
    if (entry === undefined || entry.value === '') return;
    const tell = (actual: string, piece: Piece<unknown>, what: string, key: string, effect: string) => {
      const place = piecePlace(piece, key);
      report({
        ...valuePlace(entry),
        message: `the issuer is not the one of ${what}, ${cite(actual)}: ${differenceAt(entry.value, actual)}`,
        consequence: effect,
        help: `write ${actual}`,
        suggestions: [actual],
        ...(place.range === undefined ? {} : { related: [{ message: `${what} names it here`, ...place }] }),
      });
    };
    for (const piece of subject.evidence.providers) {
      const { issuer } = piece.value;
      if (issuer !== undefined && issuer !== entry.value)
        tell(issuer, piece, 'the discovery document', 'issuer', 'discovery fails and no token is accepted');
    }
    for (const piece of subject.evidence.claims) {
      const iss = piece.value['iss'];
      const google = entry.value === 'https://accounts.google.com' && iss === 'accounts.google.com';
      if (typeof iss === 'string' && iss !== entry.value && !google)
        tell(iss, piece, 'the token', 'iss', 'this token is refused');
    }
  },
};
