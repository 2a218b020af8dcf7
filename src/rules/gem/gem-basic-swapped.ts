import { payload } from './example.js';
import type { GemRule } from './subject.js';
import { piecePlace } from './subject.js';

export const gemBasicSwapped: GemRule = {
  id: 'gem-basic-swapped',
  code: 'G33',
  severity: 'error',
  summary: 'Tenant and token are swapped in basic credentials',
  docs: {
    why: 'In HTTP basic authentication the tenant is the user and the JWT is the password.',
    bad: payload(['headers:', '  Authorization: Basic YWFhLmJiYi5jY2M6dGVuYW50LTE=']),
    good: payload(['headers:', '  Authorization: Basic dGVuYW50LTE6YWFhLmJiYi5jY2M=']),
    references: ['GEM manual: Integrate with OAuth (a JWT is included as the password)'],
  },
  check(subject, report) {
    for (const piece of subject.evidence.credentials) {
      const { credentials, refused } = piece.value;
      if (credentials.form !== 'basic' || refused?.message !== 'user and password are swapped') continue;
      report({
        ...piecePlace(piece, 'Authorization'),
        option: 'headers.Authorization',
        message: 'the JWT is the user and the tenant the password',
        consequence: 'the request is refused',
        help: 'the tenant is the user, the JWT the password',
      });
    }
  },
};
