/** Keys of an INI text that a variable of the same file overrides. */
import { PlacedDocument } from '../document/placed-ini.js';
import { envName } from '../settings/env-names.js';
import type { FormBuilder } from './builder.js';

/** Notes every line whose variable is set to something else; the line loses. */
export function noteOverridden(builder: FormBuilder): void {
  const last = new Map(builder.variables.map((variable) => [variable.name, variable]));
  if (last.size === 0) return;
  for (const document of builder.documents) {
    if (!(document instanceof PlacedDocument)) continue;
    for (const { name: section, entries } of document.sections)
      for (const entry of entries) {
        const variable = last.get(envName(section, entry.key));
        if (!variable || variable.value === '' || variable.value === entry.value || entry.value === '') continue;
        builder.note({
          kind: 'form-overridden',
          span: document.place(entry.valueSpan.end > entry.valueSpan.start ? entry.valueSpan : entry.keySpan),
          section,
          option: entry.key,
          severity: 'warning',
          message: `${entry.key} of [${section}] is overridden by ${variable.name} on line ${variable.nameRange.start.line}`,
          consequence: 'Grafana takes the variable; what stands here has no effect',
          help: 'set it in one place only',
        });
      }
  }
}
