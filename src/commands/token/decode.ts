/** `auth-cli token decode`: what a token says. */
import { EXIT, type ExitCode, UsageError } from '../../errors.js';
import { decodeToken } from '../../token/decode.js';
import type { ClaimRead } from '../../token/reads.js';
import { type CommandContext, defineCommand } from '../command.js';
import { formFacts, readConfigOption, readEnvironment } from '../inputs.js';
import { readTokens } from './input.js';

export default defineCommand({
  description:
    'Show header and claims of a token (signed, unsigned, or the header of an encrypted one), times as local time, and which claims Grafana reads. Nothing is verified.',
  formats: ['pretty', 'json'],
  define(command) {
    command.argument('[token]', 'token, file with one (also a token answer or a saved login), or - for standard input');
  },
  notes: `A token given as an argument lands in the history of the shell; a file or standard input does not.
With --config, the claims that its expressions start from are looked for too.`,
  examples: [
    { command: 'auth-cli token decode fixtures/tokens/id-token.jwt', note: 'a token in a file' },
    { command: 'cat fixtures/tokens/id-token.jwt | auth-cli token decode --json', note: 'for a program' },
    {
      command:
        'auth-cli token decode fixtures/tokens/id-token.jwt --config fixtures/demo/good.ini --grafana-version 9.4',
      note: 'with what the configuration would read from it',
    },
  ],
  exitCodes: { 0: 'the token could be read', 2: 'it is no token, or the file cannot be read' },
  async run(context, [operand]): Promise<ExitCode> {
    const [tokens, { claimsRead }, { timeClaims }, { decodedJson, decodedText }] = await Promise.all([
      readTokens(context, operand),
      import('../../token/reads.js'),
      import('../../token/times.js'),
      import('../../report/token.js'),
    ]);
    const facts = await readingFacts(context);
    const now = context.host.now() / 1000;
    const shown = tokens.map(({ name, text }) => {
      const result = decodeToken(text);
      if ('failure' in result) throw new UsageError(result.failure.message, { because: result.failure.because });
      const { token } = result;
      const times = timeClaims(token.claims ?? {}, now);
      if (!facts || !token.claims) return { name, token, times };
      const unread = name === 'access_token' && !facts.accessToken;
      const reads: ClaimRead[] = unread ? [] : claimsRead(token.claims, facts);
      const readsTitle = unread
        ? `Grafana ${facts.version} does not look into access tokens`
        : `Grafana ${facts.version} reads`;
      return { name, token, times, reads, readsTitle };
    });
    await context.print(
      context.format === 'json'
        ? decodedJson(shown)
        : decodedText(shown, context.style, { zone: context.host.env['TZ'] }),
    );
    return EXIT.ok;
  },
});

/** What the version and the configuration read; undefined for products that are not Grafana. */
async function readingFacts(context: CommandContext) {
  const { product, grafanaVersion, section = 'auth.generic_oauth' } = context.options;
  if (product !== undefined && product !== 'grafana') return undefined;
  const [{ versionProfile }, { claimsProfile }] = await Promise.all([
    import('../../settings/versions.js'),
    import('../../claims/profile.js'),
  ]);
  const profile = versionProfile(grafanaVersion)!;
  const { sub, accessToken } = claimsProfile(profile.id);
  return { version: profile.asked, sub, accessToken, options: await attributeOptions(context, section) };
}

/** Options that hold expressions, with the claims these start from. */
async function attributeOptions(context: CommandContext, section: string) {
  const files = await readConfigOption(context);
  if (files.length === 0) return [];
  const [{ loadConfig }, { readProvider }, { attributeClaims }] = await Promise.all([
    import('../../library/load-config.js'),
    import('../../settings/provider.js'),
    import('../attribute-claims.js'),
  ]);
  const env = await readEnvironment(context);
  const config = await loadConfig(files, {
    ...(env ? { env } : {}),
    readFile: (path) => context.host.readFile(path),
    forms: formFacts(context),
    ...(context.options.grafanaVersion ? { grafanaVersion: context.options.grafanaVersion } : {}),
  });
  return attributeClaims(readProvider(config, section));
}
