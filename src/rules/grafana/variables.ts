import { type CatalogOption, catalogSections, sectionOptions } from '../../settings/catalog.js';
import { envName } from '../../settings/env-names.js';

let byName: ReadonlyMap<string, CatalogOption> | undefined;

/** The option of any version that a variable would set. */
export function optionOfVariable(variable: string): CatalogOption | undefined {
  if (!byName) {
    const found = new Map<string, CatalogOption>();
    for (const section of catalogSections())
      for (const option of sectionOptions(section)!.values())
        if (!option.unread) found.set(envName(section, option.key), option);
    byName = found;
  }
  return byName.get(variable);
}
