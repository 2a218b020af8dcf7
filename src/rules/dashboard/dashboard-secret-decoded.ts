import { checkSignature } from '../../dashboard/token.js';
import { payload, SECRET, signed } from './example.js';
import type { DashboardRule } from './subject.js';
import { piecePlace } from './subject.js';

export const dashboardSecretDecoded: DashboardRule = {
  id: 'dashboard-secret-decoded',
  code: 'J12',
  severity: 'error',
  summary: 'The token was signed with another form of the secret',
  docs: {
    why: 'The server keys HMAC with the UTF-8 text of the secret, 64 bytes for 64 digits. A signer that decodes it from hexadecimal or base64, trims it or adds a line feed makes other signatures: 401 "Message seems corrupt or manipulated".',
    bad: payload([`id_token: ${signed({ email: 'rasta@example.com' }, Buffer.from(SECRET, 'hex'))}`]),
    good: payload([`id_token: ${signed({ email: 'rasta@example.com' }, SECRET)}`]),
    references: ['buddy-sign 3.6.1: the key is the text of the secret'],
  },
  check(subject, report) {
    const secret = subject.known('MB_JWT_SHARED_SECRET');
    if (secret === undefined) return;
    for (const piece of subject.evidence.tokens) {
      if (piece.value.header.get('alg') !== 'HS256') continue;
      const checked = checkSignature(piece.value.text, secret.value);
      if (checked.ok || checked.failure.hint === undefined) continue;
      report({
        ...piecePlace(piece),
        option: 'id_token',
        message: checked.failure.hint,
        consequence: 'the login ends with 401 "Message seems corrupt or manipulated"',
        help: 'use the secret as text on the signing side',
      });
    }
  },
};
