import { type FormLoadOptions, loadForms } from '../forms/load.js';
import type { EffectiveConfig } from '../settings/types.js';
import type { SourceFile } from '../text/source.js';

/**
 * The configuration Grafana would run with: `fileView`, `sections`, `interpolated`, `origins` and `problems`.
 * `files` are custom files in any form Grafana's settings are kept in (`SourceFile.form`), later ones over earlier ones. Never rejects for bad configuration; reads nothing but its arguments.
 */
export async function loadConfig(
  files: readonly SourceFile[],
  options: FormLoadOptions = {},
): Promise<EffectiveConfig> {
  return loadForms(files, options);
}
