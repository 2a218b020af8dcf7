import { type CompletedCommand, quoted } from './model.js';

export function fish(commands: readonly CompletedCommand[]): string {
  return `# fish completion for auth-cli
function __auth_cli_command
    set -l command ''
    for word in (commandline -opc)[2..-1]
        switch "$command"
${commands
  .filter(({ subcommands }) => subcommands.length > 0)
  .map(
    ({ name, subcommands }) => `            case ${quoted(name)}
                if contains -- $word ${subcommands.map((one) => one.name).join(' ')}
                    set command (string trim "$command $word")
                end
`,
  )
  .join('')}        end
    end
    echo $command
end
function __auth_cli_is
    test (__auth_cli_command) = "$argv[1]"
end
${commands.flatMap(fishLines).join('\n')}
`;
}

function fishLines(command: CompletedCommand): string[] {
  const here = `complete -c auth-cli -n ${quoted(`__auth_cli_is "${command.name}"`)}`;
  const lines = command.files ? [] : [`${here} -f`];
  for (const { name, about } of command.subcommands) lines.push(`${here} -f -a ${quoted(name)} -d ${quoted(about)}`);
  if (command.operands.length > 0) lines.push(`${here} -a ${quoted(command.operands.join(' '))}`);
  for (const { flags, about, takesValue, files, words } of command.options) {
    const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
    const value = takesValue
      ? `${files ? ' -r -F' : ' -x'}${words.length > 0 ? ` -a ${quoted(words.join(' '))}` : ''}`
      : '';
    lines.push(`${here} ${names.join(' ')}${value} -d ${quoted(about)}`);
  }
  return lines;
}
