import { type CatalogOption, catalogSections, sectionOptions } from './catalog.js';
import { envName } from './env-names.js';

/** Documented with variables of its own. */
const ALIAS = 'auth.metrics-dashboard_com';

let byName: ReadonlyMap<string, CatalogOption> | undefined;

/** The option of any version that a variable would set. */
export function optionOfVariable(variable: string): CatalogOption | undefined {
  if (!byName) {
    const found = new Map<string, CatalogOption>();
    for (const section of catalogSections())
      for (const option of sectionOptions(section)!.values())
        if (!option.unread) found.set(envName(section, option.key), option);
    for (const option of sectionOptions(ALIAS)!.values())
      if (!option.unread) found.set(envName(ALIAS, option.key), { ...option, section: ALIAS });
    byName = found;
  }
  return byName.get(variable);
}
