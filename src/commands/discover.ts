/** `auth-cli discover`: what an issuer says of itself, whether the configuration agrees, and what follows from it. */
import type { Check } from '../claims/trace.js';
import { EXIT, type ExitCode, RemoteError, UsageError } from '../errors.js';
import type { Discovery, FetchOptions } from '../login/discovery.js';
import type { Finding } from '../rules/rule.js';
import type { ProviderSettings } from '../settings/provider.js';
import type { EffectiveConfig } from '../settings/types.js';
import type { SourceFile } from '../text/source.js';
import { type CommandContext, defineCommand } from './command.js';
import { choiceOption, collect, countOption } from './flags.js';
import { formFacts, readBytes, readConfigOption, readEnvironment } from './inputs.js';

interface Options {
  readonly as?: 'ini' | 'helm' | 'env' | 'terraform';
  readonly rootUrl?: string;
  readonly ca?: string;
  readonly timeout?: number;
  readonly resolve?: readonly string[];
}

const FORMS = ['ini', 'helm', 'env', 'terraform'] as const;
const DEFAULT_ROOT_URL = 'http://localhost:3000/';

export default defineCommand<Options>({
  description:
    'Read the discovery document of an issuer, check it (also against a configuration), print the settings it implies and what to enter at the identity provider. Without ISSUER it is found from the addresses of the configuration.',
  formats: ['pretty', 'json'],
  define(command) {
    command
      .argument('[issuer]', 'address of the issuer, or of its discovery document')
      .addOption(choiceOption('--as <form>', 'print only the settings it implies, in this form', FORMS))
      .option('--root-url <url>', 'address of Grafana in the browser (default: root_url of the configuration)')
      .option('--ca <file>', 'CA certificates to trust, PEM (default: tls_client_ca of the configuration)')
      .addOption(countOption('--timeout <seconds>', 'limit for one request; default 10'))
      .option('--resolve <host:address>', 'connect to this address for this host; repeatable', collect);
  },
  notes: 'A provider without a discovery document is a fact, not a failure: Grafana reads none.',
  examples: [
    {
      command: 'auth-cli discover https://id.example.com/realms/main',
      note: 'one issuer',
      notRun: 'asks a server',
    },
    {
      command: 'auth-cli discover --config grafana.ini',
      note: 'whether the addresses of a configuration are those of its provider',
      notRun: 'asks a server',
    },
    {
      command: 'auth-cli discover https://id.example.com/realms/main --as helm > values.yaml',
      note: 'settings to start from',
      notRun: 'asks a server',
    },
    { command: 'auth-cli discover id.example.com', note: 'an issuer is an address', status: EXIT.usage },
  ],
  exitCodes: {
    0: 'the document is in order, and the configuration agrees; or there is none',
    1: 'a check failed, or the configuration differs',
    3: 'the document could not be fetched or read',
  },
  async run(context, operands, options): Promise<ExitCode> {
    const configured = await readConfiguration(context, operands[0]);
    const fetch = await fetchOptions(context, options, configured?.provider);
    const discovery = await find(context, operands[0], configured, fetch);
    if (discovery.failed) {
      throw new RemoteError(`cannot read ${discovery.attempts.at(-1)!.url}`, { because: discovery.failed.message });
    }
    const report = await judge(context, discovery, configured, options, fetch);
    const { discoverJson, discoverText } = await import('../report/discover.js');
    if (context.format === 'json') await context.print(discoverJson(report));
    else if (options.as === undefined) await context.print(discoverText(report, context.style));
    else if (report.settings) {
      await context.print(report.settings.text);
      for (const check of report.checks) if (check.ok === false) await context.warn(checkLine(check));
    } else throw new UsageError(`${discovery.issuer} has no discovery document, so no settings follow from it`);
    return report.ok ? EXIT.ok : EXIT.failed;
  },
});

const checkLine = (check: Check) => `${check.name}: ${check.actual ?? ''}${check.because ? ` (${check.because})` : ''}`;

interface Configured {
  readonly files: readonly SourceFile[];
  readonly config: EffectiveConfig;
  readonly provider: ProviderSettings;
  readonly env: Readonly<Record<string, string | undefined>> | undefined;
}

async function readConfiguration(
  context: CommandContext,
  operand: string | undefined,
): Promise<Configured | undefined> {
  const files = await readConfigOption(context);
  const env = await readEnvironment(context);
  if (files.length === 0 && env === undefined) {
    if (operand !== undefined) return undefined;
    throw new UsageError('there is no issuer to ask', {
      because: 'give its address, or a configuration to find it from',
      hint: 'auth-cli discover https://id.example.com, or auth-cli discover --config grafana.ini',
    });
  }
  const [{ loadConfig }, { readProvider }] = await Promise.all([
    import('../library/load-config.js'),
    import('../settings/provider.js'),
  ]);
  const { grafanaVersion, section = 'auth.generic_oauth' } = context.options;
  const config = await loadConfig(files, {
    ...(env ? { env } : {}),
    readFile: (path) => context.host.readFile(path),
    forms: formFacts(context),
    ...(grafanaVersion ? { grafanaVersion } : {}),
  });
  return { files, config, provider: readProvider(config, section), env };
}

async function fetchOptions(
  context: CommandContext,
  options: Options,
  provider: ProviderSettings | undefined,
): Promise<FetchOptions> {
  const ca = options.ca ?? (provider?.text('tls_client_ca') || undefined);
  const skipVerify = provider?.flag('tls_skip_verify_insecure') ?? false;
  if (skipVerify)
    await context.warn('warning: tls_skip_verify_insecure is on; certificates are not checked here either');
  const tls = {
    ...(ca === undefined ? {} : { ca: new TextDecoder().decode(await readBytes(context, ca, 'certificates')) }),
    ...(skipVerify ? { skipVerify } : {}),
  };
  return {
    ...(options.timeout === undefined ? {} : { timeout: options.timeout * 1000 }),
    ...(Object.keys(tls).length === 0 ? {} : { tls }),
    ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
    signal: context.signal,
  };
}

/** Reads the document of the issuer given, or of the first place the configuration's addresses point to that has one. */
async function find(
  context: CommandContext,
  operand: string | undefined,
  configured: Configured | undefined,
  fetch: FetchOptions,
): Promise<Discovery> {
  const { discover, issuerCandidates, issuerOf } = await import('../login/discovery.js');
  if (operand !== undefined) {
    const issuer = issuerOf(operand);
    if (issuer === undefined) {
      const isFile = (await context.host.stat(operand)) !== undefined;
      throw new UsageError(`"${operand}" is no address of an issuer`, {
        hint: isFile
          ? `a configuration is given with --config ${operand}`
          : `write it with its scheme: https://${operand}`,
      });
    }
    await context.note(`reading the discovery document of ${issuer}`);
    return discover(issuer, context.host.request, fetch);
  }
  const { provider } = configured!;
  const authUrl = provider.text('auth_url');
  const candidates = issuerCandidates(authUrl, provider.text('token_url'));
  if (candidates.length === 0) {
    throw new UsageError(`[${provider.section}] has no auth_url to find the issuer from`, {
      hint: 'name the issuer: auth-cli discover https://id.example.com --config FILE',
    });
  }
  let last: Discovery | undefined;
  for (const issuer of candidates) {
    await context.detail(`trying ${issuer}`);
    last = await discover(issuer, context.host.request, fetch);
    const said = last.document?.['issuer'];
    // The place is a guess: the issuer is what the document there says, where it stands at that very place.
    if (last.document) return typeof said === 'string' && sameBut(said, issuer) ? { ...last, issuer: said } : last;
    if (last.failed?.kind === 'unreachable') return last;
  }
  await context.note(`no discovery document at ${candidates.join(', ')}`);
  return last!;
}

const sameBut = (one: string, other: string) => one.replace(/\/$/, '') === other.replace(/\/$/, '');

async function judge(
  context: CommandContext,
  discovery: Discovery,
  configured: Configured | undefined,
  options: Options,
  fetch: FetchOptions,
) {
  const [{ fetchJson }, { discoveryChecks }] = await Promise.all([
    import('../login/discovery.js'),
    import('../login/discovery-checks.js'),
  ]);
  const { document } = discovery;
  const provider = configured?.provider;
  const jwks = document?.['jwks_uri'];
  const keys =
    typeof jwks === 'string' && /^https?:/.test(jwks) ? await fetchJson(jwks, context.host.request, fetch) : undefined;
  const checks = discoveryChecks(discovery, { ...(provider ? { provider } : {}), ...(keys ? { keys } : {}) });
  const findings = document && configured ? await compare(context, document, configured) : [];
  const ok = checks.every((check) => check.ok !== false) && findings.every((finding) => finding.severity !== 'error');
  const made = document && (await settings(context, document, configured, options));
  return {
    discovery,
    checks,
    findings,
    ok,
    checklist: document ? await checklist(document, configured, options) : [],
    ...(made ? { settings: made } : {}),
  };
}

/** Rules about addresses, the document being known. */
async function compare(
  context: CommandContext,
  discovery: Readonly<Record<string, unknown>>,
  { files, env }: Configured,
): Promise<readonly Finding[]> {
  const { validateGrafana } = await import('../products/grafana-validate.js');
  const { grafanaVersion } = context.options;
  const { findings } = await validateGrafana(files, {
    discovery,
    readFile: (path) => context.host.readFile(path),
    forms: formFacts(context),
    ...(env ? { env } : {}),
    ...(grafanaVersion ? { productVersion: grafanaVersion } : {}),
  });
  return findings.filter((finding) => ['discovery-mismatch', 'mixed-hosts'].includes(finding.rule));
}

function rootUrl(configured: Configured | undefined, options: Options): { url: string; assumed: boolean } {
  if (options.rootUrl !== undefined) return { url: options.rootUrl, assumed: false };
  const setting = configured?.config.get('server', 'root_url');
  const url = setting?.interpolated || DEFAULT_ROOT_URL;
  return { url, assumed: setting === undefined || setting.origin.origin === 'default' };
}

/** The version that made `use_refresh_token` an option of every provider. */
const REFRESH_SINCE = 10_003;

async function settings(
  context: CommandContext,
  document: Readonly<Record<string, unknown>>,
  configured: Configured | undefined,
  options: Options,
) {
  const [{ impliedSettings }, { writeForm }, { versionProfile }] = await Promise.all([
    import('../login/implied-settings.js'),
    import('../forms/write/index.js'),
    import('../settings/versions.js'),
  ]);
  const form = options.as ?? 'ini';
  const profile = versionProfile(context.options.grafanaVersion)!;
  const clientId = configured?.provider.text('client_id');
  const values = impliedSettings(document, {
    rootUrl: rootUrl(configured, options).url,
    refreshTokens: profile.order >= REFRESH_SINCE,
    ...(clientId ? { clientId } : {}),
  });
  const missing = clientId ? 'client_secret comes' : 'client_id and client_secret come';
  const comments = [`${missing} from the provider, role_attribute_path from you`];
  const section = 'auth.generic_oauth';
  const given = Object.entries(values).map(([key, value]) => ({ section, key, value }));
  const written = await writeForm(form === 'env' ? 'env-file' : form, given, { comments, profile });
  for (const { key = section, reason } of written.left) await context.warn(`${key} is left out: ${reason}`);
  for (const note of written.notes) await context.note(note);
  return { form, text: written.text, values };
}

async function checklist(
  document: Readonly<Record<string, unknown>>,
  configured: Configured | undefined,
  options: Options,
) {
  const [{ idpChecklist }, { attributeClaims, pathText }] = await Promise.all([
    import('../login/implied-settings.js'),
    import('./attribute-claims.js'),
  ]);
  const { url, assumed } = rootUrl(configured, options);
  const provider = configured?.provider;
  const callback = provider?.section.replace(/^auth\./, '') ?? 'generic_oauth';
  return idpChecklist(document, {
    rootUrl: url,
    rootUrlAssumed: assumed,
    callback,
    ...(provider ? { provider } : {}),
    claims: provider
      ? attributeClaims(provider).map(({ option, claims }) => ({ option, claims: claims.map(pathText) }))
      : [],
  });
}
