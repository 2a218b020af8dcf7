/** Settings of Dashboard's JWT login in the forms it is configured by: variables in a file or in Compose, and `config.yml`. */

import { UsageError } from '../errors.js';
import { composeDollars } from '../forms/write/dollars.js';
import { indented, yamlKey, yamlQuoted, yamlText } from '../forms/write/yaml-text.js';
import { DASHBOARD_SETTINGS, dashboardSetting } from './settings.js';

export const DASHBOARD_FORMS = ['env', 'compose', 'config-yml'] as const;

export type DashboardForm = (typeof DASHBOARD_FORMS)[number];

/** Whoever has the group in the token is in these groups of Dashboard. */
export interface GroupRow {
  readonly name: string;
  /** Ids of groups; 1 is All Users, 2 Administrators. */
  readonly ids: readonly number[];
}

/** Settings that name a claim, without those of tenants. */
export const CLAIM_FLAGS = {
  MB_JWT_ATTRIBUTE_EMAIL: '--email-attribute',
  MB_JWT_ATTRIBUTE_FIRSTNAME: '--first-name-attribute',
  MB_JWT_ATTRIBUTE_LASTNAME: '--last-name-attribute',
  MB_JWT_ATTRIBUTE_GROUPS: '--claim',
} as const;

export type ClaimSetting = keyof typeof CLAIM_FLAGS;

export interface DashboardAnswers {
  /** Where people are sent to log in. */
  readonly idpUri: string;
  /** Address of Dashboard in the browser. */
  readonly siteUrl: string;
  /** Names of claims; those left out have their documented names. */
  readonly claims: Readonly<Partial<Record<ClaimSetting, string>>>;
  /** Empty: groups are given in Dashboard. */
  readonly groups: readonly GroupRow[];
}

/** The variable that holds the secret where a form can give it another name. */
export const SECRET_VARIABLE = 'DASHBOARD_JWT_SECRET';

/** Where each form takes the secret from: no file holds it. */
export const SECRET_PLACE: Readonly<Record<DashboardForm, string>> = {
  env: 'the variable MB_JWT_SHARED_SECRET of the shell that starts docker or docker compose',
  compose: `the variable ${SECRET_VARIABLE} of the shell that starts docker compose`,
  'config-yml': `the variable ${SECRET_VARIABLE} of the process of Dashboard`,
};

const SECRET = 'MB_JWT_SHARED_SECRET';
const MAPPINGS = 'MB_JWT_GROUP_MAPPINGS';

/**
 * `analysts=3,7`. The last `=` separates, so that the names of directories may stand before it.
 * @throws UsageError for a text that is no row, or a number that can be no id.
 */
export function readGroupRow(text: string): GroupRow {
  const at = text.lastIndexOf('=');
  const name = text.slice(0, Math.max(at, 0)).trim();
  const ids = text
    .slice(at + 1)
    .split(',')
    .map((id) => id.trim());
  if (at === -1 || name === '')
    throw new UsageError(`--group cannot be "${text}"`, { because: 'it is NAME=ID[,ID], such as analysts=3' });
  if (/[\x00-\x1f\x7f]/.test(name))
    throw new UsageError('a group of --group has a control character in its name', {
      because: 'it could not be written on one line of a configuration',
    });
  if (name.includes('{{'))
    throw new UsageError('a group of --group has "{{" in its name', {
      because: 'config.yml would take it for a template',
    });
  const wrong = ids.find((id) => !/^[1-9]\d{0,8}$/.test(id));
  if (wrong !== undefined)
    throw new UsageError(`--group ${name}: "${wrong}" is no id of a group`, {
      because: 'ids are whole numbers from 1 on; Dashboard shows them in the address of a group',
    });
  return { name, ids: [...new Set(ids.map(Number))] };
}

/** Rows of the same name as one. */
export function mergeGroups(rows: readonly GroupRow[]): readonly GroupRow[] {
  const table = new Map<string, readonly number[]>();
  for (const { name, ids } of rows) table.set(name, [...new Set([...(table.get(name) ?? []), ...ids])]);
  return [...table].map(([name, ids]) => ({ name, ids }));
}

/**
 * An address that all forms can hold and that people can open. @throws UsageError
 * Dashboard itself takes any text for the address of the identity provider.
 */
export function readAddress(text: string, flag: string, example: string): string {
  const fail = (because: string, hint?: string) =>
    new UsageError(`${flag} cannot be "${text}"`, { because, ...(hint === undefined ? {} : { hint }) });
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw fail(
      `it is an address with its scheme, such as ${example}`,
      /^[\w.-]+(?::\d+)?(?:\/\S*)?$/.test(text) ? `write it with its scheme: https://${text}` : undefined,
    );
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    throw new UsageError(`${flag} must hold no user name or password`, { because: 'it is shown to everybody' });
  if (url.hash !== '' || text.includes('#')) throw fail('what stands behind # is never sent to a server');
  const odd = /[\s"'`$\\{}\x00-\x1f\x7f]/.exec(text)?.[0];
  if (odd !== undefined)
    throw fail(
      `${JSON.stringify(odd)} means something else in one form of the configuration or another`,
      `write it as ${`%${odd.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`}`,
    );
  return text;
}

/** The address of Dashboard itself. @throws UsageError */
export function readSiteUrl(text: string): string {
  const site = readAddress(text, '--site-url', 'https://dashboard.acme.org');
  const { search, pathname } = new URL(site);
  if (search !== '') throw new UsageError(`--site-url cannot be "${text}"`, { because: 'it has no query' });
  if (/\/auth\/sso\/?$/.test(pathname))
    throw new UsageError(`--site-url cannot be "${text}"`, { because: 'it is the start page, without /auth/sso' });
  return site;
}

/** The name of a claim. @throws UsageError */
export function readClaimName(text: string, flag: string): string {
  if (/^[^\s"'`$\\{}#\x00-\x1f\x7f][^\s"'`$\\{}\x00-\x1f\x7f]*$/.test(text)) return text;
  throw new UsageError(`${flag} cannot be "${text}"`, {
    because: 'it is the name of a claim at the top of the token, such as email',
  });
}

/** Variables with their values, in the order they are written in; the secret has none. */
export function dashboardSettings(answers: DashboardAnswers): Readonly<Record<string, string>> {
  const { idpUri, siteUrl, claims, groups } = answers;
  const named = Object.entries(claims).filter(([name, value]) => value !== dashboardSetting(name)?.default);
  return {
    MB_SITE_URL: siteUrl,
    MB_JWT_ENABLED: 'true',
    MB_JWT_IDENTITY_PROVIDER_URI: idpUri,
    [SECRET]: '',
    ...Object.fromEntries(named),
    ...(groups.length === 0 ? {} : { MB_JWT_GROUP_SYNC: 'true', [MAPPINGS]: mappingsText(groups) }),
    // Said although it is the default: accounts may cost money, so it should be seen.
    MB_JWT_USER_PROVISIONING_ENABLED: 'true',
  };
}

/** JSON without characters that a reader of environment files gives a meaning to. */
function mappingsText(groups: readonly GroupRow[]): string {
  const escaped = (name: string) =>
    name.replace(/["'`$#\\]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `{${groups.map(({ name, ids }) => `"${escaped(name)}":[${ids.join(',')}]`).join(',')}}`;
}

export interface DashboardText {
  readonly form: DashboardForm;
  /** Compose: name of the service. */
  readonly service: string;
  readonly comments: readonly string[];
}

export function dashboardConfiguration(answers: DashboardAnswers, options: DashboardText): string {
  const settings = Object.entries(dashboardSettings(answers));
  const comments = options.comments.map((line) => `# ${line}`);
  const lines = { env: envLines, compose: composeLines, 'config-yml': configLines }[options.form];
  return `${[...comments, ...lines(settings, answers, options)].join('\n')}\n`;
}

type Settings = readonly (readonly [name: string, value: string])[];

const MAKE_SECRET = 'The secret, the same as on the side that signs: openssl rand -hex 32';

/** A name without `=` is handed on: source docker run --env-file, and Compose's env_file. */
function envLines(settings: Settings): string[] {
  return settings.flatMap(([name, value]) =>
    name === SECRET
      ? [
          `# ${MAKE_SECRET}`,
          '# Without "=", docker and docker compose hand on the variable of the shell they are started in.',
          name,
        ]
      : `${name}=${value}`,
  );
}

function composeLines(settings: Settings, _answers: DashboardAnswers, { service }: DashboardText): string[] {
  const items = settings.flatMap(([name, value]) =>
    name === SECRET
      ? [`# ${MAKE_SECRET}`, `${name}: ${yamlQuoted(`\${${SECRET_VARIABLE}:?openssl rand -hex 32}`)}`]
      : `${name}: ${yamlText(composeDollars(value))}`,
  );
  return ['services:', `  ${yamlKey(service)}:`, '    environment:', ...indented(items, 6)];
}

function configLines(settings: Settings, { groups }: DashboardAnswers): string[] {
  const keys = new Map(DASHBOARD_SETTINGS.map(({ name, key, type }) => [name, { key, type }]));
  const items = settings.flatMap(([name, value]) => {
    const { key, type } = keys.get(name)!;
    if (name === SECRET) return [`# ${MAKE_SECRET}`, `${key}: ${yamlQuoted(`{{env ${SECRET_VARIABLE}}}`)}`];
    if (name === MAPPINGS)
      return [`${key}:`, ...groups.map((group) => `  ${yamlKey(group.name)}: [${group.ids.join(', ')}]`)];
    return `${key}: ${type === 'boolean' ? value : yamlText(value)}`;
  });
  return ['version: 1', 'config:', '  settings:', ...indented(items, 4)];
}

/** A login that the configuration is tried with. */
export interface DashboardPerson {
  readonly name: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Groups of Dashboard the person is in before. */
  readonly before?: readonly number[];
}

/** One person of each of the first groups, one who left them all, one whose token lacks the e-mail. */
export function dashboardPeople({ claims, groups }: DashboardAnswers): readonly DashboardPerson[] {
  const nameOf = (setting: ClaimSetting) => claims[setting] ?? dashboardSetting(setting)!.default;
  const token = (first: string, last: string, held?: readonly string[]) => ({
    [nameOf('MB_JWT_ATTRIBUTE_EMAIL')]: `${first}.${last}@example.com`.toLowerCase(),
    [nameOf('MB_JWT_ATTRIBUTE_FIRSTNAME')]: first,
    [nameOf('MB_JWT_ATTRIBUTE_LASTNAME')]: last,
    ...(held === undefined ? {} : { [nameOf('MB_JWT_ATTRIBUTE_GROUPS')]: held }),
  });
  const { [nameOf('MB_JWT_ATTRIBUTE_EMAIL')]: _email, ...anonymous } = token('Nemo', 'Nobody');
  const managed = [...new Set(groups.flatMap(({ ids }) => ids))].filter((id) => id !== 1);
  return [
    ...groups.slice(0, 3).map(({ name }) => ({ name: `new, in ${name}`, claims: token('Ada', 'Adler', [name]) })),
    ...(groups.length === 0
      ? [{ name: 'new', claims: token('Ada', 'Adler') }]
      : [{ name: 'known, in no group any more', claims: token('Bert', 'Berg', []), before: [1, ...managed] }]),
    { name: 'without an e-mail', claims: anonymous },
  ];
}
