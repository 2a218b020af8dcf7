/** `auth-cli completion`: scripts for shells, made from the command tree itself. */
import { EXIT, UsageError } from '../errors.js';
import { closest } from '../text/suggest.js';
import { defineCommand } from './command.js';
import type { CompletedCommand } from './completion/model.js';

type Write = (commands: readonly CompletedCommand[]) => string;

const SHELLS: Readonly<Record<string, () => Promise<Write>>> = {
  bash: async () => (await import('./completion/bash.js')).bash,
  zsh: async () => (await import('./completion/zsh.js')).zsh,
  fish: async () => (await import('./completion/fish.js')).fish,
  powershell: async () => (await import('./completion/powershell.js')).powershell,
};

/** Names people use for PowerShell. */
const OTHER_NAMES: Readonly<Record<string, string>> = { pwsh: 'powershell' };

export default defineCommand({
  description:
    'Print a completion script: commands, options, their values, names of rules, options and presets, and files where files are meant.',
  shows: [],
  define(command) {
    command.argument('[shell]', Object.keys(SHELLS).join(', '));
  },
  notes: `Loading it:
  bash        auth-cli completion bash > ~/.local/share/bash-completion/completions/auth-cli
              or in ~/.bashrc: source <(auth-cli completion bash)
  zsh         auth-cli completion zsh > "\${fpath[1]}/_auth-cli"
              or in ~/.zshrc, below compinit: source <(auth-cli completion zsh)
  fish        auth-cli completion fish > ~/.config/fish/completions/auth-cli.fish
  PowerShell  auth-cli completion powershell | Out-String | Invoke-Expression
              and the same line in $PROFILE for every session`,
  examples: [
    { command: 'auth-cli completion bash', note: 'the script for bash' },
    { command: 'auth-cli completion powershell', note: 'the script for PowerShell' },
    { command: 'auth-cli completion tcsh', note: 'a shell there is no script for', status: 2 },
  ],
  async operands() {
    return Object.keys(SHELLS);
  },
  async run(context, [given = '']) {
    const shells = `there is one for ${Object.keys(SHELLS).join(', ')}`;
    if (given === '')
      throw new UsageError('completion needs the name of a shell', {
        because: shells,
        hint: 'source <(auth-cli completion bash); auth-cli completion --help has the others',
      });
    const shell = OTHER_NAMES[given] ?? given;
    if (!Object.hasOwn(SHELLS, shell))
      throw new UsageError(`no completion for "${given}"`, {
        suggestions: closest(given, Object.keys(SHELLS)),
        because: shells,
      });
    const { completionModel } = await import('./completion/model.js');
    const write = await SHELLS[shell]!();
    await context.print(write(completionModel(await context.catalog.root(), await context.catalog.describe())));
    return EXIT.ok;
  },
});
