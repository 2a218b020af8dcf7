import { findOption, PROVIDER_SECTIONS } from '../../settings/catalog.js';
import { readBoolean } from '../../settings/read.js';
import { show } from './show.js';
import type { GrafanaRule, GrafanaSubject } from './subject.js';
import { inUse, strictBooleans, unusualBooleans } from './support.js';
import { isUnknown } from './unknown.js';

/** Keys whose value in the code is true where the text is no boolean; for provider sections it is always false. */
const FALLBACK_TRUE = new Set(['users.allow_sign_up', 'users.allow_org_create']);

export const boolTypo: GrafanaRule = {
  id: 'bool-typo',
  code: 'V01',
  severity: 'error',
  summary: 'a value that should be true or false is neither',
  docs: {
    why: 'Grafana writes nothing to the log when a boolean is misspelt: it goes on with the value its code has for the key, which for every key of a provider is false. A misspelt role_attribute_strict is off, and people without a role get in.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nuse_pkce = ture\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nuse_pkce = true\n',
    references: [
      'go-ini 1.67: Key.MustBool',
      'Grafana 10.3 to 11.0: provider settings are decoded with strconv.ParseBool',
    ],
  },
  check(subject, report) {
    for (const wrong of wrongBooleans(subject)) {
      if (wrong.key === 'allow_sign_up' && wrong.provider) continue;
      const { section, key, value, provider } = wrong;
      const opens = provider && key === 'role_attribute_strict';
      const suggestion = meantBoolean(value);
      report({
        ...subject.atSetting(section, key),
        root: true,
        message: `${key} of [${section}] is ${show(key, value)}, which is neither true nor false`,
        consequence: consequence(subject, wrong),
        help: suggestion ? `write ${key} = ${suggestion}` : 'write true or false',
        ...(suggestion ? { suggestions: [suggestion] } : {}),
        ...(opens ? { failOpen: true } : {}),
      });
    }
  },
};

export interface WrongBoolean {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly provider: boolean;
}

/** Effective booleans whose text no version of Grafana takes for one. */
export function* wrongBooleans(subject: GrafanaSubject): Generator<WrongBoolean> {
  for (const setting of unusualBooleans(subject)) {
    const { section, key, interpolated: value } = setting;
    if (value === '' || readBoolean(value) !== undefined) continue;
    if (/\$(__\w+)?\{/.test(value) || isUnknown(subject.config, setting)) continue;
    const option = findOption(section, key);
    if (option?.type !== 'bool' || option.other || option.unread) continue;
    const provider = (PROVIDER_SECTIONS as readonly string[]).includes(section);
    if (provider && key !== 'enabled') {
      const view = subject.provider(section);
      if (!view || !inUse(subject, view)) continue;
    }
    yield { section, key, value, provider };
  }
}

function consequence(subject: GrafanaSubject, { section, key, provider }: WrongBoolean): string {
  if (provider && strictBooleans(subject))
    return 'Grafana cannot decode the section and does not create the provider: its button is missing from the login page';
  if (provider && key === 'role_attribute_strict')
    return 'it counts as false: people for whom no role is found are let in with the default role';
  if (provider && key === 'enabled')
    return 'it counts as false: the provider is off and its button is missing from the login page';
  if (provider) return 'it counts as false, without a word in the log';
  if (FALLBACK_TRUE.has(`${section}.${key}`)) return 'it counts as true, without a word in the log';
  return 'Grafana goes on with the value its code has for the key, without a word in the log';
}

/** What a misspelt boolean most likely meant. */
export function meantBoolean(text: string): 'true' | 'false' | undefined {
  const word = text
    .trim()
    .replace(/^['"]|['"]$/g, '')
    .toLowerCase();
  if (/^(y|yes|on|enabled?|active|ok|ja|oui|si|tr?u?e?|t[reu]{2,4})$/.test(word)) return 'true';
  if (/^(n|no|off|disabled?|inactive|none|never|nein|non|f[alse]{0,6}|flase)$/.test(word)) return 'false';
  return undefined;
}
