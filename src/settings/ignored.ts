/** Variables that look meant for Grafana and change nothing, with the names it would read. */
import { closest } from '../text/suggest.js';
import { envName, envPrefix, envSuffix } from './env-names.js';
import { CLOUD_ALIAS, CLOUD_SECTION, type Sections } from './sections.js';
import type { IgnoredVariable } from './types.js';

/** Read by the start script of the container image. */
const IMAGE_ONLY = /^GF_(?:INSTALL_PLUGINS|PATHS_(?:CONFIG|HOME)|AWS_.*)$/;

const FILE_SUFFIX = '__FILE';
const MAX_SUGGESTIONS = 3;

export function ignoredVariables(
  env: Readonly<Record<string, string | undefined>>,
  sections: Sections,
): readonly IgnoredVariable[] {
  const given = Object.keys(env).filter((name) => name.startsWith('GF_') && env[name] !== undefined);
  if (given.length === 0) return [];
  const known = new Map<string, string>();
  for (const section of sections.names()) {
    const prefix = envPrefix(section);
    for (const key of sections.keys(section)!.keys()) known.set(prefix + envSuffix(key), section);
  }
  // Under its documented other name, the cloud section has the keys of its own.
  if (sections.keys(CLOUD_ALIAS))
    for (const key of sections.keys(CLOUD_SECTION)?.keys() ?? []) known.set(envName(CLOUD_ALIAS, key), CLOUD_ALIAS);
  const found: IgnoredVariable[] = [];
  for (const variable of given.sort()) {
    if (known.has(variable)) {
      if (env[variable] === '') found.push({ variable, reason: 'empty', suggestions: [] });
    } else if (!IMAGE_ONLY.test(variable)) {
      const fromFile = variable.endsWith(FILE_SUFFIX) && known.has(variable.slice(0, -FILE_SUFFIX.length));
      found.push(
        fromFile
          ? { variable, reason: 'file-suffix', suggestions: [variable.slice(0, -FILE_SUFFIX.length)] }
          : { variable, reason: 'no-such-key', suggestions: suggest(variable, known, sections) },
      );
    }
  }
  return found;
}

function suggest(variable: string, known: ReadonlyMap<string, string>, sections: Sections): string[] {
  const found = new Set<string>();
  // The right key in a section that passes it on to its parent: GF_AUTH_GENERIC_OAUTH_X for a key of [auth].
  for (const section of sections.names()) {
    const prefix = envPrefix(section);
    if (!variable.startsWith(prefix)) continue;
    for (const parent of sections.parents(section)) {
      const name = envPrefix(parent) + variable.slice(prefix.length);
      if (known.has(name)) found.add(name);
    }
  }
  for (const name of closest(variable, known.keys(), MAX_SUGGESTIONS)) found.add(name);
  return [...found].slice(0, MAX_SUGGESTIONS);
}
