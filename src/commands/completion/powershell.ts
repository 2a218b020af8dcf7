import { type CompletedCommand, flagsOf, valueGroups } from './model.js';

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
const list = (values: readonly string[]) => `@(${values.map(text).join(', ')})`;

/** Windows PowerShell 5.1 and PowerShell 7. */
export function powershell(commands: readonly CompletedCommand[]): string {
  const table = commands.map((command) => {
    const values = valueGroups(command).flatMap(({ flags, words, files }) =>
      flags.map((flag) => `      ${text(flag)} = @{ Words = ${list(words)}; Files = ${files ? '$true' : '$false'} }\n`),
    );
    return `  ${text(command.name)} = @{
    Below = ${list(command.subcommands.map(({ name }) => name))}
    Operands = ${list(command.operands)}
    Files = ${command.files ? '$true' : '$false'}
    Options = ${list(flagsOf(command))}
    Values = @{
${values.join('')}    }
  }
`;
  });
  const about = commands.flatMap(({ name: parent, subcommands }) =>
    subcommands.map(
      (one) => `  ${text([parent, one.name].filter((part) => part !== '').join(' '))} = ${text(one.about)}\n`,
    ),
  );
  return `# PowerShell completion for auth-cli
$script:AuthCliCommands = @{
${table.join('')}}
$script:AuthCliAbout = @{
${about.join('')}}
Register-ArgumentCompleter -Native -CommandName @('auth-cli', 'auth-cli.cmd', 'auth-cli.ps1') -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition -or ($_.Extent.EndOffset -eq $cursorPosition -and $wordToComplete -eq '') } | Select-Object -Skip 1 | ForEach-Object { $_.Extent.Text })
  $name = ''
  foreach ($word in $before) {
    $entry = $script:AuthCliCommands[$name]
    if ($entry -and $entry.Below -contains $word) { $name = ("$name $word").Trim() }
  }
  $entry = $script:AuthCliCommands[$name]
  $previous = ''
  if ($before.Count -gt 0) { $previous = $before[-1] }
  $prefix = ''
  $typed = "$wordToComplete"
  if ($typed -match '^(--[a-z-]+)=(.*)$') {
    $previous = $Matches[1]
    $prefix = "$previous="
    $typed = $Matches[2]
  }
  $value = $entry.Values[$previous]
  if ($value) {
    $words = $value.Words
    $files = $value.Files
  } elseif ($typed -like '-*') {
    $words = $entry.Options
    $files = $false
  } else {
    $words = @($entry.Below) + @($entry.Operands)
    $files = $entry.Files
  }
  foreach ($word in $words) {
    if ($word -and $word.StartsWith($typed, [StringComparison]::OrdinalIgnoreCase)) {
      $tip = $script:AuthCliAbout[("$name $word").Trim()]
      if (-not $tip) { $tip = $word }
      [System.Management.Automation.CompletionResult]::new("$prefix$word", $word, 'ParameterValue', $tip)
    }
  }
  if ($files) { [System.Management.Automation.CompletionCompleters]::CompleteFilename($typed) }
}
`;
}
