/** The rules of all products, loaded when they are asked for. */
import { UsageError } from '../errors.js';
import { closest } from '../text/suggest.js';
import type { Rule } from './rule.js';

export type AnyRule = Omit<Rule<never>, 'check'>;

/** Rules with the product they are about; `auth-cli` for those about what is written for this tool itself. */
export async function ruleCatalogue(): Promise<readonly (readonly [product: string, rules: readonly AnyRule[]])[]> {
  const [{ grafanaRules }, { gemRules }, { dashboardRules }, { ignoreRules }, { projectRules }] = await Promise.all([
    import('./grafana/index.js'),
    import('./gem/index.js'),
    import('./dashboard/index.js'),
    import('./ignores/rules.js'),
    import('./project/rules.js'),
  ]);
  return [
    ['grafana', grafanaRules],
    ['gem', gemRules],
    ['dashboard', dashboardRules],
    ['auth-cli', [...ignoreRules, ...projectRules]],
  ];
}

export async function ruleIds(): Promise<readonly string[]> {
  return (await ruleCatalogue()).flatMap(([, rules]) => rules.map(({ id }) => id));
}

/** @throws UsageError for a name that is no rule's, with the nearest ones. */
export async function requireRules(names: Iterable<string>): Promise<void> {
  const ids = await ruleIds();
  for (const name of names)
    if (!ids.includes(name))
      throw new UsageError(`no rule is named "${name}"`, {
        suggestions: closest(name, ids),
        hint: 'auth-cli explain rules lists them',
      });
}
