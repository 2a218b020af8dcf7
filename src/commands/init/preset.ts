/** Which preset, and the values of its variables: from options, from the issuer's own document, or by asking. */
import { RemoteError, UsageError } from '../../errors.js';
import type { FoundAddresses } from '../../init/configuration.js';
import { IDENTITY_PROVIDERS, providerNamed, recognise } from '../../providers/index.js';
import { loadDetails, PRESET_IDS } from '../../providers/load.js';
import { fill, variablesIn, variablesOf } from '../../providers/templates.js';
import type { ProviderDetails, ProviderFacts, ProviderVariant } from '../../providers/types.js';
import { variantOfIssuer, withVariant } from '../../providers/variants.js';
import { closest } from '../../text/suggest.js';
import type { CommandContext } from '../command.js';
import { type Asker, required } from './ask.js';
import type { InitOptions } from './options.js';

export interface ChosenPreset {
  readonly facts: ProviderFacts;
  readonly details: ProviderDetails;
  readonly variables: Readonly<Record<string, string>>;
  readonly found?: FoundAddresses;
  /** As the document says it, else as it follows from the preset; undefined where there is none. */
  readonly issuer?: string;
  readonly notes: readonly string[];
}

/** @throws UsageError, RemoteError */
export async function choosePreset(
  context: CommandContext,
  options: InitOptions,
  asker: Asker,
  /** What the variables are for: all settings, or the issuer alone. */
  purpose: 'settings' | 'issuer' = 'settings',
): Promise<ChosenPreset | undefined> {
  const named = options.preset === undefined ? undefined : await presetNamed(options.preset);
  const given = named?.facts;
  const document = await readIssuer(context, options);
  const notes: string[] = [...(document?.notes ?? [])];
  let facts = given ?? (document && ofDocument(document, notes));
  if (facts === undefined) {
    const id = await asker.choice('--preset (or --issuer)', 'Which identity provider?', presetChoices());
    if (id === undefined) return undefined;
    facts = providerNamed(id)!;
  }
  let details = (await loadDetails(facts.id))!;
  if (given && document) {
    const better = await agree(given, details, document.found, notes);
    if (better) {
      facts = better;
      details = (await loadDetails(better.id))!;
    }
  }
  const variant =
    named?.variant ?? (options.issuer === undefined ? undefined : variantOfIssuer(details, options.issuer));
  if (variant && variant.overrides?.['auth_url'] !== undefined) {
    notes.push(`addresses as of ${variant.id}: ${variant.when}`);
    details = withVariant(details, variant);
  }
  const variables = await readVariables(options, facts, details, document, asker, purpose);
  if (document) notes.push(...differences(facts, details, variables, document.found));
  const issuer =
    document?.issuer ?? options.issuer ?? (details.issuer.pattern && fill(details.issuer.pattern, variables));
  return {
    facts,
    details,
    variables,
    notes,
    ...(document ? { found: document.found } : {}),
    ...(issuer && !/\{[a-z_]+\}/.test(issuer) ? { issuer } : {}),
  };
}

interface NamedPreset {
  readonly facts: ProviderFacts;
  readonly variant?: ProviderVariant;
}

/** A preset by its id, another name of it, or the name of a variant (`ghes`, `entra-us-gov`). @throws UsageError */
async function presetNamed(name: string): Promise<NamedPreset> {
  const wanted = name.toLowerCase();
  const direct = providerNamed(wanted);
  for (const id of direct ? [direct.id] : PRESET_IDS) {
    const details = await loadDetails(id);
    const variant = details?.variants?.find((one) => one.id === wanted);
    if (details && (direct || variant)) return { facts: providerNamed(id)!, ...(variant ? { variant } : {}) };
  }
  const known = IDENTITY_PROVIDERS.filter(({ id }) => PRESET_IDS.includes(id));
  throw new UsageError(`there is no preset "${name}"`, {
    suggestions: closest(
      name,
      known.flatMap(({ id, aliases }) => [id, ...aliases]),
    ),
    hint: 'auth-cli init --list shows all; generic-oidc and generic-oauth2 fit any other provider',
  });
}

const presetChoices = () => PRESET_IDS.map((id) => ({ value: id, name: providerNamed(id)!.title }));

interface IssuerDocument {
  readonly issuer: string;
  readonly found: FoundAddresses;
  readonly notes: readonly string[];
}

async function readIssuer(context: CommandContext, options: InitOptions): Promise<IssuerDocument | undefined> {
  if (options.issuer === undefined) return undefined;
  const { discover, issuerOf } = await import('../../login/discovery.js');
  const issuer = issuerOf(options.issuer);
  if (issuer === undefined)
    throw new UsageError(`"${options.issuer}" is no address of an issuer`, {
      hint: `write it with its scheme: https://${options.issuer}`,
    });
  if (!options.discovery) return undefined;
  await context.note(`reading the discovery document of ${issuer}`);
  const { ca } = options;
  const { readBytes } = await import('../inputs.js');
  const discovery = await discover(issuer, context.host.request, {
    ...(options.timeout === undefined ? {} : { timeout: options.timeout * 1000 }),
    ...(ca === undefined
      ? {}
      : { tls: { ca: new TextDecoder().decode(await readBytes(context, ca, 'certificates')) } }),
    ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
    signal: context.signal,
  });
  const { document } = discovery;
  if (document === undefined)
    throw new RemoteError(`cannot read ${discovery.attempts.at(-1)!.url}`, {
      because: discovery.failed?.message ?? 'the server says there is no such document',
      hint: 'is the issuer right? With --preset and --no-discovery no server is asked',
    });
  const text = (member: string) => {
    const value = document[member];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const { authStyleFor } = await import('../../login/implied-settings.js');
  const auth = text('authorization_endpoint');
  const token = text('token_endpoint');
  const api = text('userinfo_endpoint');
  const endSession = text('end_session_endpoint');
  const said = text('issuer');
  const notes =
    said === undefined || said === issuer
      ? []
      : [
          `the document names the issuer ${said}, asked for was ${issuer}${said === `${issuer}/` || `${said}/` === issuer ? ': they differ in the slash at the end' : ''}`,
        ];
  return {
    issuer: said ?? issuer,
    found: {
      ...(auth ? { auth } : {}),
      ...(token ? { token } : {}),
      ...(api ? { api } : {}),
      ...(endSession ? { endSession } : {}),
      authStyle: authStyleFor(document),
    },
    notes,
  };
}

/** The provider whose addresses the document has; what is not recognised is any OpenID provider. */
function ofDocument({ found }: IssuerDocument, notes: string[]): ProviderFacts {
  const recognised = recogniseFound(found);
  if (recognised?.sure && PRESET_IDS.includes(recognised.provider.id)) {
    notes.push(`the addresses are those of ${recognised.provider.name}: preset ${recognised.provider.id}`);
    return recognised.provider;
  }
  const maybe = recognised && PRESET_IDS.includes(recognised.provider.id) ? recognised.provider : undefined;
  notes.push(
    maybe
      ? `the addresses might be those of ${maybe.name} (--preset ${maybe.id}); preset generic-oidc is taken`
      : 'the addresses are those of no provider known here: preset generic-oidc',
  );
  return providerNamed('generic-oidc')!;
}

const recogniseFound = ({ auth = '', token = '', api = '' }: FoundAddresses) => recognise({ auth, token, api });

/**
 * Whether the document is one of this provider. A sibling whose addresses these are is taken instead.
 * @throws UsageError where it is another provider's
 */
async function agree(
  given: ProviderFacts,
  details: ProviderDetails,
  found: FoundAddresses,
  notes: string[],
): Promise<ProviderFacts | undefined> {
  if (
    given.id.startsWith('generic') ||
    addressesOf(details).some((template) => found.auth && variablesOf(template, found.auth))
  )
    return undefined;
  const recognised = recogniseFound(found);
  if (!recognised?.sure || recognised.provider.id === given.id) return undefined;
  if (recognised.provider.family !== given.family)
    throw new UsageError(`the issuer is not that of ${given.name}, but of ${recognised.provider.name}`, {
      because: `its authorization endpoint is ${found.auth}`,
      hint: `use --preset ${recognised.provider.id}, or check --issuer`,
    });
  if (!PRESET_IDS.includes(recognised.provider.id) || given.family === 'keycloak') return undefined;
  notes.push(`the addresses are those of ${recognised.provider.title}: preset ${recognised.provider.id} is taken`);
  return recognised.provider;
}

/** Forms of the authorization address, also of other versions and places. */
const addressesOf = (details: ProviderDetails): string[] =>
  [
    details.grafana.settings['auth_url'],
    ...(details.variants ?? []).map(({ overrides }) => overrides?.['auth_url']),
  ].filter((template) => template !== undefined);

const ADDRESS_KEYS = [
  ['auth_url', 'auth', 'authorization_endpoint'],
  ['token_url', 'token', 'token_endpoint'],
  ['api_url', 'api', 'userinfo_endpoint'],
] as const;

/** Where the document and the preset differ although the provider is the same. */
function differences(
  facts: ProviderFacts,
  details: ProviderDetails,
  variables: Readonly<Record<string, string>>,
  found: FoundAddresses,
): string[] {
  if (facts.id.startsWith('generic')) return [];
  return ADDRESS_KEYS.flatMap(([key, name, member]) => {
    const usual = fill(details.grafana.settings[key] ?? '', variables).replace(/\?.*$/, '');
    const said = found[name];
    if (said === undefined || said === usual || /\{[a-z_]+\}/.test(usual)) return [];
    return [`${member} of the document is ${said}, usual for ${facts.name} is ${usual}; the document's is taken`];
  });
}

/** Variables that other options answer, or that may stay unknown. */
const NOT_ASKED = new Set(['client_id', 'grafana', 'grafana_enc', 'end_session_endpoint']);
const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'end_session_endpoint'];

async function readVariables(
  options: InitOptions,
  facts: ProviderFacts,
  details: ProviderDetails,
  document: IssuerDocument | undefined,
  asker: Asker,
  purpose: 'settings' | 'issuer',
): Promise<Record<string, string>> {
  const declared = details.variables.filter(({ name }) => name !== 'client_id' && name !== 'grafana');
  const allowed = [...declared.map(({ name }) => name), ...(facts.id === 'generic-oidc' ? ENDPOINTS : [])];
  const values: Record<string, string> = {
    ...(options.clientId === undefined ? {} : { client_id: options.clientId }),
    ...guessed(details, options.issuer, document),
  };
  for (const text of options.set ?? []) {
    const at = text.indexOf('=');
    const name = text.slice(0, Math.max(at, 0)).trim();
    if (at === -1 || !allowed.includes(name))
      throw new UsageError(`--set cannot be "${text}"`, {
        because:
          allowed.length === 0
            ? `the addresses of ${facts.name} have no parts to set`
            : `it is NAME=VALUE, and the parts of the addresses of ${facts.name} are ${allowed.join(', ')}`,
        suggestions: closest(name, allowed),
      });
    const value = text.slice(at + 1).trim();
    const problem = checkVariable(name, value, details);
    if (problem !== true) throw new UsageError(`--set ${name}: ${problem}`);
    values[name] = value;
  }
  const needed = purpose === 'settings' ? neededVariables(details, document) : ofIssuer(details, options);
  for (const name of needed) {
    if (values[name] !== undefined) continue;
    if (name === 'claim_ns' && options.rootUrl !== undefined) {
      values[name] = options.rootUrl.replace(/\/+$/, '');
      continue;
    }
    const about = declared.find((one) => one.name === name);
    const hint = about ? `${about.about}, such as ${about.example}` : 'address';
    const issuer = options.issuer === undefined && facts.protocol === 'oidc' ? ' (or --issuer)' : '';
    const answer = await asker.text(`--set ${name}=…${issuer}`, `${facts.name}: ${name} (${hint})?`, (text) =>
      text === '' ? required(text) : checkVariable(name, text, details),
    );
    if (answer !== undefined) values[name] = answer;
  }
  return values;
}

/** Parts of the issuer, where it is not given whole. */
const ofIssuer = ({ issuer, gem }: ProviderDetails, { issuer: given, clientId }: InitOptions): string[] =>
  given !== undefined || gem === undefined
    ? []
    : variablesIn(issuer.pattern ?? '').filter((name) => name !== 'client_id' || clientId === undefined);

/** Names in the settings that the document does not answer. */
function neededVariables({ grafana }: ProviderDetails, document: IssuerDocument | undefined): string[] {
  const answered = new Set<string>();
  for (const [key, name] of ADDRESS_KEYS) if (document?.found[name] !== undefined) answered.add(key);
  if (document?.found.endSession !== undefined) answered.add('signout_redirect_url');
  const templates = Object.entries(grafana.settings).filter(([key]) => !answered.has(key));
  const names = [...templates.flatMap(([, template]) => variablesIn(template)), ...variablesIn(grafana.table.claim)];
  return [...new Set(names)].filter((name) => !NOT_ASKED.has(name));
}

/** What the issuer and the document's addresses tell about variables. */
function guessed(
  details: ProviderDetails,
  issuer: string | undefined,
  document: IssuerDocument | undefined,
): Record<string, string> {
  const pairs: (readonly [template: string | undefined, address: string | undefined])[] = [
    [details.grafana.settings['auth_url'], document?.found.auth],
    [details.grafana.settings['token_url'], document?.found.token],
    [details.grafana.settings['api_url'], document?.found.api],
  ];
  for (const said of [document?.issuer, issuer]) {
    const plain = said?.replace(/\/$/, '');
    const patterns = [
      details.issuer.pattern,
      ...(details.variants ?? []).map(({ overrides }) => overrides?.['issuer']),
    ];
    for (const pattern of patterns) pairs.push([pattern?.replace(/\/$/, ''), plain]);
  }
  const values: Record<string, string> = {};
  for (const [template, address] of pairs) {
    const found = template && address ? variablesOf(template, address) : undefined;
    for (const [name, value] of Object.entries(found ?? {})) values[name] ??= value;
  }
  return values;
}

/** A part of an address must stay one: a host typed with its scheme is the usual slip. */
function checkVariable(name: string, value: string, { variables, grafana }: ProviderDetails): true | string {
  if (value === '') return 'it must not be empty';
  if (/[\s\x00-\x1f]/.test(value)) return `"${value}" has a blank in it`;
  if (/\{[a-z_]+\}/.test(value)) return `"${value}" is a placeholder`;
  const example = variables.find((one) => one.name === name)?.example;
  const isAddress = ENDPOINTS.includes(name) || /^https?:/.test(example ?? '');
  if (isAddress)
    return URL.canParse(value) && /^https?:/.test(value) ? true : `"${value}" is no address with http or https`;
  if (/^https?:\/\//.test(value) && Object.values(grafana.settings).some((text) => text.includes(`://{${name}}`)))
    return `write it without the scheme: ${value.replace(/^https?:\/\//, '').replace(/\/.*$/, '')}`;
  if (/[/?#]/.test(value) && name !== 'host') return `"${value}" has a "${/[/?#]/.exec(value)![0]}" in it`;
  return true;
}
