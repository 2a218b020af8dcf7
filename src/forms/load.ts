/** Loads configuration files of any form: INI alone takes the short way, everything else is read by its form first. */

import { parseIni } from '../document/ini.js';
import type { IniDocument } from '../document/types.js';
import type { PlacedVariable } from '../document/variable.js';
import { loadDocuments, loadFiles } from '../settings/load.js';
import type { ConfigProblem, EffectiveConfig, LoadOptions } from '../settings/types.js';
import type { SourceFile } from '../text/source.js';
import { detectForm } from './detect.js';
import { noteRange } from './notes.js';
import type { FormFacts, FormId, FormReading } from './types.js';

export interface FormLoadOptions extends LoadOptions {
  readonly forms?: FormFacts;
}

/** What Grafana would run with, whatever form the files are in. Never throws for bad configuration. */
export function loadForms(
  files: readonly SourceFile[],
  options: FormLoadOptions = {},
): EffectiveConfig | Promise<EffectiveConfig> {
  const forms = files.map(detectForm);
  if (forms.every((form) => form === 'ini')) return loadFiles(files, options);
  return loadMixed(files, forms, options);
}

async function loadMixed(
  files: readonly SourceFile[],
  forms: readonly FormId[],
  options: FormLoadOptions,
): Promise<EffectiveConfig> {
  const { readForm } = await import('./read.js');
  const { readFile } = options;
  const facts: FormFacts = { ...(readFile === undefined ? {} : { readFile }), ...options.forms };
  const documents: IniDocument[] = [];
  const variables: PlacedVariable[] = [];
  const readings: FormReading[] = [];
  for (const [index, file] of files.entries()) {
    const form = forms[index]!;
    if (form === 'ini') {
      documents.push(parseIni(file));
      continue;
    }
    const reading = await readForm(file, form, facts);
    readings.push(reading);
    documents.push(...reading.documents);
    variables.push(...reading.variables);
  }
  return loadDocuments({ files, documents, variables, readings, problems: readings.flatMap(refusals) }, options);
}

/** What makes the tool in front of Grafana give up. */
function refusals(reading: FormReading): ConfigProblem[] {
  return reading.notes
    .filter((note) => note.stops !== undefined)
    .map((note) => ({
      stage: 'parse',
      severity: 'error',
      kind: 'form-refused',
      message: note.message,
      path: note.path ?? reading.file.path,
      range: noteRange(reading, note),
      ...(note.section === undefined ? {} : { section: note.section }),
      ...(note.option === undefined ? {} : { option: note.option }),
    }));
}
