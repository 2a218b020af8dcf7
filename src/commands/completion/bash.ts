import { type CompletedCommand, flagsOf, quoted, valueGroups } from './model.js';

/** Works with bash 3.2 and later. To bash `=` and `:` are words of their own, so words are put together first. */
export function bash(commands: readonly CompletedCommand[]): string {
  const find = commands
    .filter(({ subcommands }) => subcommands.length > 0)
    .map(
      ({ name, subcommands }) =>
        `      ${quoted(name)}) case ${quoted(` ${subcommands.map((one) => one.name).join(' ')} `)} in *" $word "*) command="\${command:+$command }$word" ;; esac ;;\n`,
    )
    .join('');
  return `# bash completion for auth-cli
_auth_cli_words() {
  local IFS=$' \\t\\n' word
  for word in $(compgen -W "$1" -- "$current"); do COMPREPLY+=("$word"); done
}
_auth_cli_files() {
  local word
  compopt -o filenames 2>/dev/null
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "\${current#*=}")
}
_auth_cli() {
  local current='' previous='' command='' word cword=0 at=0
  local words=()
  COMPREPLY=()
  for (( at = 0; at <= COMP_CWORD; at++ )); do
    word="\${COMP_WORDS[at]}"
    if (( at > 1 )) && [[ "$word" == [=:]* || "\${words[cword]}" == *[=:] ]]; then
      words[cword]="\${words[cword]}$word"
    else
      (( at > 0 )) && cword=$((cword + 1))
      words[cword]="$word"
    fi
  done
  current="\${words[cword]}"
  (( cword > 0 )) && previous="\${words[cword-1]}"
  for (( at = 1; at < cword; at++ )); do
    word="\${words[at]}"
    case "$command" in
${find}    esac
  done
  if [[ "$current" == --*=* ]]; then
    previous="\${current%%=*}"
    current="\${current#*=}"
  fi
  _auth_cli_complete
  # Only what stands behind the last = or : is replaced.
  local full="\${COMP_WORDS[COMP_CWORD]}" cut="$current"
  if [[ "$full" == [=:] ]]; then full=''; fi
  if [[ "$cut" != "$full" && "$cut" == *"$full" ]]; then
    cut="\${cut%"$full"}"
    for (( at = 0; at < \${#COMPREPLY[@]}; at++ )); do COMPREPLY[at]="\${COMPREPLY[at]#"$cut"}"; done
  fi
  if (( \${#COMPREPLY[@]} == 1 )) && [[ "\${COMPREPLY[0]}" == *[=:] ]]; then compopt -o nospace 2>/dev/null; fi
}
_auth_cli_complete() {
  case "$command" in
${commands.map(bashCase).join('')}  esac
}
complete -F _auth_cli auth-cli
`;
}

function bashCase(command: CompletedCommand): string {
  const values = valueGroups(command)
    .map(({ flags, words, files }) => {
      const parts = [
        ...(words.length > 0 ? [`_auth_cli_words ${quoted(words.join(' '))}`] : []),
        ...(files ? ['_auth_cli_files'] : []),
      ];
      return `      ${flags.join('|')}) ${parts.map((part) => `${part}; `).join('')}return ;;\n`;
    })
    .join('');
  const words = [...command.subcommands.map(({ name }) => name), ...command.operands];
  const operands = [
    ...(words.length > 0 ? [`      _auth_cli_words ${quoted(words.join(' '))}\n`] : []),
    ...(command.files ? ['      _auth_cli_files\n'] : []),
  ];
  return `  ${quoted(command.name)})
    case "$previous" in
${values}      '') ;;
    esac
    if [[ "$current" == -* ]]; then
      _auth_cli_words ${quoted(flagsOf(command).join(' '))}
    else
${operands.length > 0 ? operands.join('') : '      :\n'}    fi
    ;;
`;
}
