/**
 * What several rules about values, addresses, scopes and gates ask: which providers are in use, what a key was given, how a
 * value is cited and rewritten.
 */

import { identityProvider, type ProviderFacts, speaksOidc } from '../../providers/index.js';
import { readBoolean, readStrictBoolean } from '../../settings/read.js';
import type { Setting } from '../../settings/types.js';
import { memoize, oncePer } from '../../text/memo.js';
import type { Fix } from '../rule.js';
import { type ListStyle, type ReadList, readList } from './list-items.js';
import type { GrafanaSubject, Place, ProviderView } from './subject.js';
import { isUnknown } from './unknown.js';

/** A value in double quotes (those inside it escaped), shortened to about `limit` characters. Not for secrets. */
export function cite(text: string, limit = 60): string {
  const plain = text.replace(/\s+/g, ' ').replaceAll('"', '\\"');
  return plain.length <= limit ? `"${plain}"` : `"${plain.slice(0, limit - 1)}…"`;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(items: readonly string[], word = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items[items.length - 1]}`;
}

/**
 * Whether a rule should speak about a provider: it is enabled, or someone is setting it up and `enabled` is missing or
 * misspelt. One that is switched off on purpose is left alone.
 */
export function inUse(subject: GrafanaSubject, provider: ProviderView): boolean {
  if (provider.enabled) return true;
  const enabled = provider.isSet('enabled') ? provider.text('enabled') : undefined;
  if (enabled !== undefined && readBoolean(enabled) === false) return false;
  const set = ['client_id', 'client_secret', 'auth_url', 'token_url'].filter((key) =>
    given(subject, provider.section, key),
  );
  // One key alone may be a layer over a file that has the rest.
  return set.length >= 2;
}

/** The providers rules speak about. */
export const providersInUse = oncePer((subject: GrafanaSubject): readonly ProviderView[] =>
  subject.providers().filter((provider) => inUse(subject, provider)),
);

/** Generic OAuth, where rules speak about it. */
export function genericInUse(subject: GrafanaSubject): ProviderView | undefined {
  return providersInUse(subject).find((provider) => provider.isGeneric);
}

/** Whether a file or the environment gives a key some text, even one whose expanders come to nothing. */
export function given(subject: GrafanaSubject, section: string, key: string): boolean {
  const origin = subject.config.get(section, key)?.origin;
  return origin !== undefined && origin.origin !== 'default' && origin.value !== '';
}

/** As `given`, for an option of a provider; what the provider has read already is not read again. */
export function givenTo(provider: ProviderView, key: string): boolean {
  const origin = provider.setting(key)?.origin;
  return origin !== undefined && origin.origin !== 'default' && origin.value !== '';
}

/** The effective text stands in a file or variable as it is: no expander took part, so its shape can be judged. */
export function isLiteral(subject: GrafanaSubject, section: string, key: string): boolean {
  const setting = subject.setting(section, key);
  return (
    setting !== undefined &&
    !setting.origin.expandedFrom?.length &&
    !/\$(__\w+)?\{/.test(setting.value) &&
    !isUnknown(subject.config, setting)
  );
}

/**
 * What keeps the text of an option from being known here, as written: an expander of whose variable or file nothing is known, or
 * a template still to be filled in by a program. Undefined where the text is known.
 */
export function unknownPart(subject: GrafanaSubject, provider: ProviderView, key: string): string | undefined {
  const setting = provider.setting(key);
  if (setting === undefined) return undefined;
  const { value } = setting;
  // Most values hold none of these characters, and are done with one look.
  const left = value.includes('{') || value.includes('<%') ? UNKNOWN.exec(value)?.[0] : undefined;
  if (left !== undefined) return left;
  if (subject.config.envGiven) return undefined;
  return setting.origin.expandedFrom?.find((written) => !written.startsWith('$__file'));
}

const UNKNOWN = /\$(?:__\w+)?\{[^}]*\}|\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|<%[\s\S]*?%>/;

/** Whether a key is given a value that only the running system knows. */
export function isFilledIn(subject: GrafanaSubject, section: string, key: string): boolean {
  const setting = subject.setting(section, key);
  return setting !== undefined && isUnknown(subject.config, setting);
}

/**
 * For findings about what is not set: where Grafana also gets variables of objects that are not in the file, they are no more than
 * a hint.
 */
export function unlessSetElsewhere(subject: GrafanaSubject): { readonly severity?: 'info'; readonly failShut?: false } {
  const isOpen = subject.config.readings.some(({ unread = [] }) => unread.length > 0);
  return isOpen ? { severity: 'info', failShut: false } : {};
}

/** What is known of the identity provider behind a provider section. */
export const providerBehind = oncePer((provider: ProviderView): ProviderFacts | undefined =>
  identityProvider(addresses(provider)),
);

function addresses(provider: ProviderView): { auth: string; token: string; api: string } {
  return { auth: provider.text('auth_url'), token: provider.text('token_url'), api: provider.text('api_url') };
}

/** Whether the other side of a provider speaks OpenID Connect; undefined where nothing tells. */
export function isOidc(subject: GrafanaSubject, provider: ProviderView): boolean | undefined {
  return speaksOidc(
    addresses(provider),
    given(subject, provider.section, 'scopes') ? items(subject, provider, 'scopes') : [],
  );
}

/**
 * How the version at hand splits a list option. `team_ids` was split at commas only up to 10.2 (generic OAuth) and holds plain
 * numbers for GitHub.
 */
export function listStyle(subject: GrafanaSubject, provider: ProviderView | undefined, key: string): ListStyle {
  const { lists, teamIds } = subject.profile.provider;
  if (key === 'team_ids' && (provider?.kind === 'github' || teamIds === 'commas')) return 'commas';
  if (lists === 'quoted') return 'quoted';
  return subject.profile.order >= FIRST_WITH_JSON ? 'json' : 'plain';
}

/** Grafana 9.4, as a version order. */
const FIRST_WITH_JSON = 9_004;

/** A list option of a provider with the place of every item. */
export function listOf(subject: GrafanaSubject, provider: ProviderView, key: string): ReadList {
  return readWith[listStyle(subject, provider, key)](provider.text(key));
}

const readWith: Readonly<Record<ListStyle, (text: string) => ReadList>> = {
  plain: memoize((text) => readList(text, 'plain')),
  json: memoize((text) => readList(text, 'json')),
  quoted: memoize((text) => readList(text, 'quoted')),
  commas: memoize((text) => readList(text, 'commas')),
};

export function items(subject: GrafanaSubject, provider: ProviderView, key: string): readonly string[] {
  return listOf(subject, provider, key).items.map((item) => item.text);
}

/** Scopes Grafana asks for: none with `empty_scopes`. */
export function scopesOf(subject: GrafanaSubject, provider: ProviderView): readonly string[] {
  return provider.flag('empty_scopes') ? [] : items(subject, provider, 'scopes');
}

/** Options that decide who may enter, with the words for them. */
export const ALLOW_LISTS = ['allowed_domains', 'allowed_groups', 'allowed_organizations', 'team_ids'] as const;

/** A fix that replaces the written value of a key; undefined where no line of a file holds it as it is. */
export function replaceValue(
  subject: GrafanaSubject,
  section: string,
  key: string,
  newText: string,
  description: string,
): Fix | undefined {
  const origin = subject.config.get(section, key)?.origin;
  if (origin?.origin !== 'file' || !origin.entry || !origin.document || origin.expandedFrom?.length) return undefined;
  const { valueSpan } = origin.entry;
  if (valueSpan.end <= valueSpan.start) return undefined;
  return { description, edits: [{ range: subject.range(origin.document, valueSpan), newText }] };
}

/** A fix that replaces a stretch of the value of a key; undefined where that stretch stands in no file. */
export function replacePart(
  subject: GrafanaSubject,
  section: string,
  key: string,
  part: { readonly at: number; readonly length: number },
  newText: string,
  description: string,
): Fix | undefined {
  const origin = subject.config.get(section, key)?.origin;
  if (origin?.origin !== 'file' || !origin.entry || origin.expandedFrom?.length) return undefined;
  const { range } = subject.inSetting(section, key, part.at, part.length);
  return range && { description, edits: [{ range, newText }] };
}

/** The quotes the reader removed from the value of a key, where a file wrote it. */
export function writtenQuote(subject: GrafanaSubject, section: string, key: string): 'single' | 'double' | undefined {
  const origin = subject.config.get(section, key)?.origin;
  const quote = origin?.origin === 'file' ? origin.entry?.quote : undefined;
  return quote === 'single' || quote === 'double' ? quote : undefined;
}

/** Where a key is written, else the section it belongs into; the option named either way. */
export function keyOrProvider(subject: GrafanaSubject, provider: ProviderView, key: string): Place {
  if (given(subject, provider.section, key)) return provider.at(key);
  return { ...provider.place, section: provider.section, option: key };
}

/** Whether a feature toggle is switched by `[feature_toggles]`, by its own key or in `enable`; undefined where nothing says so. */
export function toggle(subject: GrafanaSubject, name: string): boolean | undefined {
  const own = subject.config.get('feature_toggles', name)?.interpolated;
  const value = own === undefined ? undefined : readBoolean(own);
  if (value !== undefined) return value;
  return subject
    .text('feature_toggles', 'enable')
    .split(/[\s,]+/)
    .includes(name)
    ? true
    : undefined;
}

/**
 * Whether Grafana reads the booleans of provider sections with Go's own decoder, which knows no yes and no: 10.3 to 11.0 unless
 * `ssoSettingsApi` is switched on. What it does not know keeps the provider from being created.
 */
export function strictBooleans(subject: GrafanaSubject): boolean {
  return subject.profile.provider.booleans === 'strict' && toggle(subject, 'ssoSettingsApi') !== true;
}

/**
 * Settings of boolean options whose written text is not plainly true or false, and what variables set. Most files have none,
 * so nothing else is looked at.
 */
export const unusualBooleans = oncePer((subject: GrafanaSubject): ReadonlySet<Setting> => {
  const settings = new Set<Setting>();
  for (const { section, key, option, value } of subject.entries()) {
    if (option?.type !== 'bool' || readStrictBoolean(value) !== undefined) continue;
    const setting = subject.config.get(section, key);
    if (setting && setting.origin.origin !== 'default') settings.add(setting);
  }
  for (const setting of subject.fromEnvironment()) settings.add(setting);
  return settings;
});

/** Expiry checks of access tokens, with which refresh tokens are used. */
export function refreshesTokens(subject: GrafanaSubject, provider: ProviderView): boolean {
  const { order } = subject.profile;
  const key = order >= 10_001 && provider.flag('use_refresh_token');
  if (order >= 10_003) return key;
  return toggle(subject, 'accessTokenExpirationCheck') === true && (order < 10_001 || key);
}

/** `[server] root_url` after `%(name)s`, as Grafana sends people back to it. */
export function rootUrl(subject: GrafanaSubject): string {
  return subject.text('server', 'root_url');
}

/** The redirect URI Grafana names to the identity provider. */
export function redirectUri(subject: GrafanaSubject, provider: ProviderView): string {
  return `${rootUrl(subject).replace(/\/$/, '')}/login/${provider.kind}`;
}
