import type { ExpressionError } from '../../expression/compile.js';
import { hintFor, tokenLength } from '../../expression/hints.js';
import { invalidBackticks } from './backtick-literal-invalid.js';
import { type ExpressionSetting, expressionsOf, lossOf, skipsRoleSync } from './expressions.js';
import type { GrafanaReport, GrafanaRule } from './subject.js';

export const jmespathSyntax: GrafanaRule = {
  id: 'jmespath-syntax',
  code: 'M01',
  severity: 'error',
  summary: 'an expression that Grafana cannot read, or that fails for everybody',
  when: ['_path'],
  docs: {
    why: 'Grafana reads expressions only when somebody logs in and swallows their errors: the login goes on as if the expression had found nothing, so everybody gets the default role, or nobody gets in. For org_attribute_path the login itself fails. Functions such as lower() exist from Grafana 11.3 on.',
    bad: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = contains(groups[*], 'admins') and 'Admin'\n",
    good: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = contains(groups[*], 'admins') && 'Admin'\n",
    references: [
      'JMESPath specification: grammar',
      'Grafana 11.3: community JMESPath library',
      'Grafana manual: configure generic OAuth, role mapping',
    ],
  },
  check(subject, report) {
    for (const expression of expressionsOf(subject)) {
      if (expression.error !== undefined) reportSyntax(expression, report);
      // A hyphen that subtracts is reported as that.
      else if (expression.reading!.alwaysFails && !expression.reading!.suspicions.some(({ kind }) => kind === 'hyphen'))
        reportFailure(expression, report);
    }
  },
};

function reportSyntax(expression: ExpressionSetting, report: GrafanaReport): void {
  const { error, text, subject, key } = expression;
  // A word in backticks has a rule of its own.
  if (invalidBackticks(text, subject.profile.dialect).some(({ span }) => span.start === error!.offset)) return;
  reportError(expression, error!, `${key} is no JMESPath expression: ${error!.message}`, report);
}

/** It parses, and every evaluation fails: what goes wrong on an empty document goes wrong on all of them. */
function reportFailure(expression: ExpressionSetting, report: GrafanaReport): void {
  const { error } = expression.compiled!.evaluate({});
  if (error !== undefined)
    reportError(expression, error, `${expression.key} fails for everybody: ${error.message}`, report);
}

function reportError(
  expression: ExpressionSetting,
  error: ExpressionError,
  message: string,
  report: GrafanaReport,
): void {
  const { text, subject } = expression;
  const start = error.offset ?? 0;
  const hint = hintFor(text, error, subject.profile.dialect);
  const meant = hint?.edit && expression.written(hint.edit.span, hint.edit.newText);
  const told = error.productMessage === undefined ? '' : `; the library says “${error.productMessage}”`;
  const unread = isUnread(expression);
  report({
    ...(unread ? { severity: 'info' } : {}),
    ...expression.at({ start, end: start + tokenLength(text, start) }),
    message,
    consequence: unread
      ? `nothing as long as skip_org_role_sync is on: Grafana does not evaluate it${told}`
      : `${error.panic ? 'every login ends with HTTP 500' : lossAfterError(expression)}${told}`,
    ...(!unread && (error.panic || expression.key === 'org_attribute_path' || expression.shutsOut)
      ? { failShut: true }
      : {}),
    ...(hint === undefined ? {} : { help: hint.help }),
    ...(meant === undefined ? {} : { suggestions: [meant] }),
  });
}

/** Roles and organizations are left alone, so what would give them is not asked. */
function isUnread({ subject, provider, key }: ExpressionSetting): boolean {
  return (key === 'role_attribute_path' || key === 'org_attribute_path') && skipsRoleSync(subject, provider);
}

function lossAfterError({ subject, provider, key }: ExpressionSetting): string {
  if (key === 'org_attribute_path') return 'every login fails';
  return `Grafana swallows the error: ${lossOf(subject, provider, key)}`;
}
