import { type CompletedCommand, flagsOf, quoted, valueGroups } from './model.js';

/** As a file of `fpath` it completes the first time it is called; sourced, it registers itself. */
export function zsh(commands: readonly CompletedCommand[]): string {
  const find = commands
    .filter(({ subcommands }) => subcommands.length > 0)
    .map(
      ({ name, subcommands }) =>
        `      ${quoted(name)}) [[ ${quoted(` ${subcommands.map((one) => one.name).join(' ')} `)} == *" $word "* ]] && command="\${command:+$command }$word" ;;\n`,
    )
    .join('');
  return `#compdef auth-cli
# zsh completion for auth-cli
_auth_cli_words() {
  local -a done more
  local word
  for word in "$@"; do
    if [[ "$word" == *[=:] ]]; then more+=("$word"); else done+=("$word"); fi
  done
  (( $#done )) && compadd -- "\${done[@]}"
  (( $#more )) && compadd -S '' -- "\${more[@]}"
  return 0
}
_auth_cli() {
  local previous="\${words[CURRENT-1]}" command='' word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$command" in
${find}    esac
  done
  if [[ "$PREFIX" == --*=* ]]; then
    previous="\${PREFIX%%=*}"
    compset -P 1 '*='
  fi
  case "$command" in
${commands.map(zshCase).join('')}  esac
}
if [[ "\${funcstack[1]}" == '_auth-cli' ]]; then _auth_cli "$@"; else compdef _auth_cli auth-cli; fi
`;
}

function zshCase(command: CompletedCommand): string {
  const values = valueGroups(command)
    .map(({ flags, words, files }) => {
      const parts = [
        ...(words.length > 0 ? [`_auth_cli_words ${words.map(quoted).join(' ')}`] : []),
        ...(files ? ['_files'] : []),
      ];
      return `        ${flags.join('|')}) ${parts.map((part) => `${part}; `).join('')}return ;;\n`;
    })
    .join('');
  const described = command.subcommands.map(({ name, about }) => quoted(`${name}:${about.replaceAll(':', '\\:')}`));
  const operands = [
    ...(described.length > 0
      ? [`        local -a commands=(${described.join(' ')})\n        _describe command commands\n`]
      : []),
    ...(command.operands.length > 0 ? [`        _auth_cli_words ${command.operands.map(quoted).join(' ')}\n`] : []),
    ...(command.files ? ['        _files\n'] : []),
  ];
  return `    ${quoted(command.name)})
      case "$previous" in
${values}        '') ;;
      esac
      if [[ "$PREFIX" == -* ]]; then
        compadd -- ${flagsOf(command).map(quoted).join(' ')}
      else
${operands.length > 0 ? operands.join('') : '        :\n'}      fi
      ;;
`;
}
