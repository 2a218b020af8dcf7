/** What the start script of the image makes of the variables of a container. Source: forms, "Image entrypoint". */
import { unknownValue } from '../../document/variable.js';
import type { FormBuilder } from '../builder.js';
import { bothSet, targetOf } from '../entrypoint.js';
import { singleUnderscore, withoutStartScript } from '../env-file.js';
import { optionFacts } from '../env-variable.js';

/**
 * Puts `GF_…` in place of `GF_…__FILE`; the content of the file is not known here.
 * @param runs whether the script runs: a command of one's own replaces it
 */
export function applyStartScript(builder: FormBuilder, runs: boolean): void {
  const { variables } = builder;
  if (!variables.some(({ name }) => name.startsWith('GF_') && name.endsWith('_FILE'))) return;
  const last = new Map(variables.map((variable) => [variable.name, variable]));
  const kept = variables.splice(0);
  for (const variable of kept) {
    const { name, value } = variable;
    const nameSpan = builder.spanOf(variable, 'name');
    const target = targetOf(name);
    if (target === undefined || value === '') {
      for (const note of singleUnderscore({ name, nameSpan })) builder.note(note);
      variables.push(variable);
      continue;
    }
    if (!runs) {
      const [, notes] = withoutStartScript([{ name, nameSpan }]);
      for (const note of notes) builder.note(note);
      continue;
    }
    const plain = last.get(target);
    if (plain && plain.value !== '') {
      builder.note({ ...bothSet(target), span: nameSpan, ...optionFacts(target) });
      continue;
    }
    builder.variable({
      name: target,
      value: unknownValue(`file ${value}`),
      nameSpan,
      piece: { span: builder.spanOf(variable) },
    });
  }
}
