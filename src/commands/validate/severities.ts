/** Severities of rules, as the call gives them. */
import { UsageError } from '../../errors.js';
import type { Severity } from '../../rules/rule.js';
import { unknownValue } from '../flags.js';
import { SEVERITIES } from './report.js';

export const RULE_SEVERITIES = [...SEVERITIES, 'off'] as const;

export type SeverityTable = Readonly<Record<string, Severity | 'off'>>;

/** `--rule ID=severity` as a table. @throws UsageError for unknown rules and severities. */
export async function severities(given: readonly string[]): Promise<SeverityTable | undefined> {
  if (given.length === 0) return undefined;
  const { requireRules } = await import('../../rules/catalogue.js');
  const table: Record<string, Severity | 'off'> = {};
  for (const entry of given) {
    const [, id = entry, severity] = /^([^=]*)=(.*)$/.exec(entry) ?? [];
    await requireRules([id]);
    if (severity === undefined) throw new UsageError(`--rule needs a severity: --rule ${id}=off`);
    const known = RULE_SEVERITIES.find((choice) => choice === severity);
    if (known === undefined) throw unknownValue('--rule', severity, RULE_SEVERITIES);
    table[id] = known;
  }
  return table;
}
