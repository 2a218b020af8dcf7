/** Options of a provider that hold expressions, and the claims these start from. */
import { claimsOf } from '../claims/presence.js';
import { compile } from '../expression/compile.js';
import type { ProviderSettings } from '../settings/provider.js';
import type { AttributeOption } from '../token/reads.js';

/** Expressions that do not compile are left out: they read nothing. Those about teams read other documents than tokens. */
export function attributeClaims(provider: ProviderSettings): AttributeOption[] {
  return [...provider.options].flatMap(([option, text]) => {
    if (!option.endsWith('_attribute_path') || option.startsWith('team_ids') || text === '') return [];
    const compiled = compile(text, provider.profile.dialect);
    if ('error' in compiled) return [];
    const claims = claimsOf(compiled.tree);
    return claims.length === 0 ? [] : [{ option, claims }];
  });
}

export const pathText = (path: readonly string[]) => path.join('.');
