/**
 * What the start script of Grafana's image makes of its environment: `GF_…__FILE=path` becomes `GF_…` with the file's content.
 * Source: forms §5.5, golden cases of the script.
 */
import { unknownValue } from '../document/variable.js';
import { type FileVariable, optionFacts } from './env-variable.js';
import { readTextFile } from './files.js';
import { tracedFrom } from './traced.js';
import type { FormFacts, FormNote } from './types.js';

const SUFFIX = '__FILE';

/**
 * Variables as the script hands them on, weakest first.
 * @param read whether the named files are those of this machine; else their content is not known
 */
export async function startScript(
  variables: readonly FileVariable[],
  facts: FormFacts,
  read = false,
): Promise<{ readonly variables: readonly FileVariable[]; readonly notes: readonly FormNote[] }> {
  const last = new Map(variables.map((variable) => [variable.name, variable]));
  const made: FileVariable[] = [];
  const notes: FormNote[] = [];
  for (const variable of last.values()) {
    const target = targetOf(variable.name);
    const file = variable.value.text;
    if (target === undefined || file === '') {
      made.push(variable);
      continue;
    }
    const plain = last.get(target);
    const place = { span: variable.nameSpan, path: variable.path, ...optionFacts(target) };
    if (plain && plain.value.text !== '') {
      notes.push({ ...bothSet(target), ...place });
      continue;
    }
    const content = read ? await readTextFile(facts, file) : undefined;
    if (content === null) notes.push({ ...unreadable(target), ...place, span: variable.valueSpan });
    const text = content === null ? '' : (content?.replace(/\n+$/, '') ?? unknownValue(`file ${file}`));
    made.push({ ...variable, name: target, value: tracedFrom(text, undefined) });
  }
  return { variables: made, notes };
}

/** The variable a `GF_…__FILE` is for. */
export function targetOf(name: string): string | undefined {
  return name.startsWith('GF_') && name.endsWith(SUFFIX) && name.length > SUFFIX.length + 3
    ? name.slice(0, -SUFFIX.length)
    : undefined;
}

export function bothSet(target: string): Omit<FormNote, 'span'> {
  return {
    kind: 'form-file-suffix',
    severity: 'error',
    message: `both ${target} and ${target}${SUFFIX} are set`,
    consequence: 'the start script of the image ends with an error, and Grafana does not start',
    help: `remove ${target}, or leave it empty`,
    stops: 'entrypoint',
  };
}

function unreadable(target: string): Omit<FormNote, 'span'> {
  return {
    kind: 'form-file-suffix',
    severity: 'warning',
    message: `the file that ${target}${SUFFIX} names cannot be read`,
    consequence: `${target} stays empty and its default holds; only the shell says something about it`,
    help: 'check that the file is mounted, and readable for the user of the container',
  };
}
