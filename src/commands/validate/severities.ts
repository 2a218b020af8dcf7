/** Severities of rules, as the call gives them. */
import { UsageError } from '../../errors.js';
import type { Severity } from '../../rules/rule.js';
import { closest } from '../../text/suggest.js';
import { unknownValue } from '../flags.js';
import { SEVERITIES } from './report.js';

export const RULE_SEVERITIES = [...SEVERITIES, 'off'] as const;

export type SeverityTable = Readonly<Record<string, Severity | 'off'>>;

/** `--rule ID=severity` as a table. @throws UsageError for unknown rules and severities. */
export async function severities(given: readonly string[]): Promise<SeverityTable | undefined> {
  if (given.length === 0) return undefined;
  const { allRules } = await import('../reference.js');
  const ids = (await allRules()).map((rule) => rule.id);
  const table: Record<string, Severity | 'off'> = {};
  for (const entry of given) {
    const [, id = entry, severity] = /^([^=]*)=(.*)$/.exec(entry) ?? [];
    if (!ids.includes(id))
      throw new UsageError(`no rule is named "${id}"`, {
        suggestions: closest(id, ids),
        hint: 'auth-cli explain rules lists them',
      });
    if (severity === undefined) throw new UsageError(`--rule needs a severity: --rule ${id}=off`);
    const known = RULE_SEVERITIES.find((choice) => choice === severity);
    if (known === undefined) throw unknownValue('--rule', severity, RULE_SEVERITIES);
    table[id] = known;
  }
  return table;
}
