/** `auth-cli token`: look into tokens, verify them, make some for tests. */
import { defineCommand } from './command.js';
import decode from './token/decode.js';
import sign from './token/sign.js';
import verify from './token/verify.js';

export default defineCommand({
  description: 'Look into a JWT, verify it, or make one for tests.',
  shows: [],
  examples: [
    { command: 'auth-cli token decode fixtures/tokens/id-token.jwt', note: 'what a token says' },
    {
      command: 'auth-cli token verify fixtures/tokens/id-token.jwt --jwks fixtures/tokens/jwks.json',
      note: 'whether it may be believed',
    },
    {
      command: 'auth-cli token sign fixtures/tokens/claims.json --secret-file fixtures/tokens/shared-secret.txt',
      note: 'a token of your own, for tests',
    },
  ],
  subcommands: { decode, verify, sign },
});
