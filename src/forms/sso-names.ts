/**
 * Names of options as the SSO settings API takes them: whatever their spelling, they become snake case.
 * Source: forms §8, golden cases of the conversion.
 */

/** `clientId` → `client_id`, `authURL` → `auth_url`, and, alas, `teamIDs` → `team_i_ds`. */
export function snakeCase(name: string): string {
  let made = '';
  for (let at = 0; at < name.length; at++) {
    const char = name[at]!;
    if (/[ _\-.]/.test(char)) {
      made += '_';
      continue;
    }
    const [before, after] = [kindOf(name[at - 1]), kindOf(name[at + 1])];
    const kind = kindOf(char);
    const begins =
      (kind === 'upper' && (before === 'lower' || before === 'digit' || (before === 'upper' && after === 'lower'))) ||
      (kind === 'digit' && (before === 'lower' || before === 'upper')) ||
      (kind === 'lower' && before === 'digit');
    made += (begins ? '_' : '') + char.toLowerCase();
  }
  return made;
}

function kindOf(char: string | undefined): 'upper' | 'lower' | 'digit' | undefined {
  if (char === undefined) return undefined;
  if (/[A-Z]/.test(char)) return 'upper';
  if (/[a-z]/.test(char)) return 'lower';
  return /[0-9]/.test(char) ? 'digit' : undefined;
}
