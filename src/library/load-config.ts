import { loadFiles } from '../settings/load.js';
import type { EffectiveConfig, LoadOptions } from '../settings/types.js';
import type { SourceFile } from '../text/source.js';

/**
 * The configuration Grafana would run with: `fileView`, `sections`, `interpolated`, `origins` and `problems`.
 * `files` are custom files, later ones over earlier ones. Never rejects for bad configuration; reads nothing but its arguments.
 */
export async function loadConfig(files: readonly SourceFile[], options: LoadOptions = {}): Promise<EffectiveConfig> {
  return loadFiles(files, options);
}
