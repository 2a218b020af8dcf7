/** `auth-cli completion`: scripts for shells, made from the command tree itself. */
import { EXIT, UsageError } from '../errors.js';
import { closest } from '../text/suggest.js';
import { type CommandDescription, defineCommand } from './command.js';

const SHELLS: Readonly<Record<string, (commands: readonly CommandDescription[]) => string>> = { bash, zsh, fish };

export default defineCommand({
  description: 'Print a completion script: commands, options, their values, rule and option names.',
  shows: [],
  define(command) {
    command.argument('<shell>', Object.keys(SHELLS).join(', '));
  },
  notes: `Loading it:
  bash   auth-cli completion bash > ~/.local/share/bash-completion/completions/auth-cli
  zsh    auth-cli completion zsh > "\${fpath[1]}/_auth-cli"
  fish   auth-cli completion fish > ~/.config/fish/completions/auth-cli.fish`,
  examples: [
    { command: 'auth-cli completion bash', note: 'the script for bash' },
    { command: 'auth-cli completion powershell', note: 'a shell there is no script for', status: 2 },
  ],
  async operands() {
    return Object.keys(SHELLS);
  },
  async run(context, [shell = '']) {
    if (!Object.hasOwn(SHELLS, shell))
      throw new UsageError(`no completion for "${shell}"`, {
        suggestions: closest(shell, Object.keys(SHELLS)),
        because: `there is one for ${Object.keys(SHELLS).join(', ')}`,
      });
    await context.print(SHELLS[shell]!(await context.catalog.describe()));
    return EXIT.ok;
  },
});

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Options of one command that take a value, with the words that may follow. */
function valueCases(command: CommandDescription): readonly { flags: readonly string[]; choices: readonly string[] }[] {
  return command.options.filter((option) => option.takesValue && !option.takesFile);
}

function flagsOf(command: CommandDescription): string[] {
  return command.options.flatMap((option) => option.flags.filter((flag) => flag.startsWith('--')));
}

function bash(commands: readonly CommandDescription[]): string {
  const top = commands.filter((command) => command.path.length === 1).map((command) => command.path[0]!);
  const withSubcommands = commands.filter((command) => command.subcommands.length > 0);
  const cases = commands
    .map((command) => {
      const values = valueCases(command)
        .map(
          (option) =>
            `      ${option.flags.join('|')}) COMPREPLY=( $(compgen -W ${quote(option.choices.join(' '))} -- "$current") ); return ;;\n`,
        )
        .join('');
      const files = command.options.filter((option) => option.takesFile).flatMap((option) => option.flags);
      const words = [...command.subcommands, ...command.operands];
      return `  ${quote(command.path.join(' '))})
    case "$previous" in
${values}${files.length > 0 ? `      ${files.join('|')}) COMPREPLY=( $(compgen -f -- "$current") ); return ;;\n` : ''}    esac
    if [[ "$current" == -* ]]; then
      COMPREPLY=( $(compgen -W ${quote(flagsOf(command).join(' '))} -- "$current") )
    else
      COMPREPLY=( $(compgen -W ${quote(words.join(' '))} -- "$current") $(compgen -f -- "$current") )
    fi
    ;;
`;
    })
    .join('');
  return `# bash completion for auth-cli
_auth_cli() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command='' word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$command" in
      '') case " ${top.join(' ')} " in *" $word "*) command="$word" ;; esac ;;
${withSubcommands
  .map(
    (command) =>
      `      ${quote(command.path.join(' '))}) case " ${command.subcommands.join(' ')} " in *" $word "*) command="$command $word" ;; esac ;;\n`,
  )
  .join('')}    esac
  done
  case "$command" in
  '') COMPREPLY=( $(compgen -W ${quote([...top, '--help', '--version'].join(' '))} -- "$current") ) ;;
${cases}  esac
}
complete -o filenames -F _auth_cli auth-cli
`;
}

function zsh(commands: readonly CommandDescription[]): string {
  const describe = (name: string, summary: string) => quote(`${name}:${summary.replaceAll(':', '\\:')}`);
  const top = commands.filter((command) => command.path.length === 1);
  const cases = commands
    .map((command) => {
      const values = valueCases(command)
        .filter((option) => option.choices.length > 0)
        .map(
          (option) => `      ${option.flags.join('|')}) compadd -- ${option.choices.map(quote).join(' ')}; return ;;\n`,
        )
        .join('');
      const words = [...command.subcommands, ...command.operands];
      return `    ${quote(command.path.join(' '))})
      case "$previous" in
${values}      esac
      if [[ "$PREFIX" == -* ]]; then
        compadd -- ${flagsOf(command).map(quote).join(' ')}
      else
${words.length > 0 ? `        compadd -- ${words.map(quote).join(' ')}\n` : ''}        _files
      fi
      ;;
`;
    })
    .join('');
  return `#compdef auth-cli
_auth_cli() {
  local previous="\${words[CURRENT-1]}" command='' word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -z "$command" ]]; then
      (( \${\${(s: :):-${quote(top.map((command) => command.path[0]).join(' '))}}[(Ie)$word]} )) && command="$word"
${commands
  .filter((command) => command.subcommands.length > 0)
  .map(
    (command) =>
      `    elif [[ "$command" == ${quote(command.path.join(' '))} && " ${command.subcommands.join(' ')} " == *" $word "* ]]; then\n      command="$command $word"\n`,
  )
  .join('')}    fi
  done
  case "$command" in
    '')
      local -a commands=(${top.map((command) => describe(command.path[0]!, command.summary)).join(' ')})
      _describe command commands
      ;;
${cases}  esac
}
compdef _auth_cli auth-cli
`;
}

function fish(commands: readonly CommandDescription[]): string {
  const top = commands.filter((command) => command.path.length === 1);
  const names = top.map((command) => command.path[0]).join(' ');
  const lines = [
    '# fish completion for auth-cli',
    ...top.map(
      (command) =>
        `complete -c auth-cli -n ${quote(`not __fish_seen_subcommand_from ${names}`)} -f -a ${command.path[0]} -d ${quote(command.summary)}`,
    ),
  ];
  for (const command of commands) {
    const seen = command.path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    for (const option of command.options) {
      const names = option.flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
      const value = option.takesFile
        ? ' -r -F'
        : option.takesValue
          ? ` -x${option.choices.length > 0 ? ` -a ${quote(option.choices.join(' '))}` : ''}`
          : '';
      lines.push(`complete -c auth-cli -n ${quote(seen)} ${names.join(' ')}${value}`);
    }
    const words = [...command.subcommands, ...command.operands];
    if (words.length > 0) lines.push(`complete -c auth-cli -n ${quote(seen)} -a ${quote(words.join(' '))}`);
  }
  return `${lines.join('\n')}\n`;
}
