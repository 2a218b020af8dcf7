/** The presets there are. */
import { EXIT, type ExitCode } from '../../errors.js';
import { providerNamed } from '../../providers/index.js';
import { PRESET_IDS } from '../../providers/load.js';
import { padEnd } from '../../text/width.js';
import type { CommandContext } from '../command.js';

export async function listPresets(context: CommandContext): Promise<ExitCode> {
  const presets = PRESET_IDS.map((id) => providerNamed(id)!);
  if (context.format === 'json') {
    const entries = presets.map(({ id, title, aliases, protocol }) => ({ id, title, aliases, protocol }));
    await context.print(`${JSON.stringify({ formatVersion: 1, presets: entries }, null, 2)}\n`);
    return EXIT.ok;
  }
  const width = Math.max(...PRESET_IDS.map((id) => id.length));
  for (const { id, title, aliases } of presets) {
    const also = aliases.length === 0 ? '' : context.style.dim(`  (also ${aliases.join(', ')})`);
    await context.print(`${padEnd(id, width)}  ${title}${also}\n`);
  }
  return EXIT.ok;
}
