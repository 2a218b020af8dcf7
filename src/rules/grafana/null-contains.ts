import { compile } from '../../expression/compile.js';
import type { StaticReading } from '../../expression/reading.js';
import { isTrue } from '../../expression/values.js';
import type { Span } from '../../text/source.js';
import { type ExpressionSetting, expressionsOf, hasTwoSources } from './expressions.js';
import type { GrafanaRule } from './subject.js';
import { unreachedTail } from './tail-never-reached.js';

export const nullContains: GrafanaRule = {
  id: 'null-contains',
  code: 'M07',
  severity: 'warning',
  summary: 'contains() on a claim that may be missing is an error, not false',
  when: ['contains'],
  docs: {
    why: 'contains() needs a list or a text. For a person without the claim it fails, and with it the whole expression: also a || further on is not reached, so he gets no role instead of the last one. No message says so. Only for generic OAuth and the claim groups Grafana tries again with an empty list.',
    bad: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = contains(info.roles[*], 'admin') && 'Admin' || 'Viewer'\n",
    good: "[auth.generic_oauth]\nenabled = true\nrole_attribute_path = contains(not_null(info.roles, `[]`), 'admin') && 'Admin' || 'Viewer'\n",
    references: ['go-jmespath: types of arguments', 'Grafana issues 25037, 33735, 41405'],
  },
  check(subject, report) {
    for (const expression of expressionsOf(subject)) {
      const { reading, provider } = expression;
      if (reading === undefined || reading.alwaysFails) continue;
      const [first] = reading.contains.filter(({ failsOnMissing }) => failsOnMissing);
      if (first === undefined) continue;
      // At a provider that is known to leave claims out, the tail has a rule of its own.
      if (unreachedTail(expression) || !matters(expression, reading)) continue;
      const claim = reading.claims.find(
        ({ span }) => first.subject.span.start <= span.start && span.end <= first.subject.span.end,
      );
      const guarded = `not_null(${first.subject.text}, \`[]\`)`;
      const meant = expression.written(first.subject.span, guarded);
      const shadows = reading.tail !== undefined && hasTwoSources(subject, provider);
      report({
        ...expression.at(first.span),
        message: `contains() fails for everybody without ${claim?.text ?? first.subject.text}, and with it the whole expression`,
        consequence: `the rest of the expression${reading.tail === undefined ? '' : `, also || ${reading.tail.text},`} is not reached for them: Grafana takes it as nothing found, without a message`,
        help: shadows
          ? `as it is, Grafana goes on to the next source, which helps where only UserInfo has the claim; guarded with not_null(…, \`[]\`) the ID token would always decide, so drop || ${reading.tail!.text} then`
          : `guard it: ${guarded}`,
        ...(shadows || meant === undefined ? {} : { suggestions: [meant] }),
      });
    }
  },
};

/** Whether the error makes a difference: without it, people without the claim would get something, or other claims would be looked at. */
function matters({ compiled, text, key, provider, subject }: ExpressionSetting, reading: StaticReading): boolean {
  // Nothing fails where the error is turned into null further out, or where Grafana's second try supplies the groups.
  if (compiled!.evaluate({}).error === undefined) return false;
  const retried = key === 'role_attribute_path' && provider.isGeneric;
  if (retried && compiled!.evaluate({ groups: [] }).error === undefined) return false;
  const failing = reading.contains.filter(({ failsOnMissing }) => failsOnMissing);
  const within = ({ span }: { readonly span: Span }) =>
    failing.some((use) => use.subject.span.start <= span.start && span.end <= use.subject.span.end);
  if (reading.claims.some((claim) => !within(claim))) return true;
  let guarded = text;
  for (const { span, text: written } of failing.map((use) => use.subject).reverse())
    guarded = `${guarded.slice(0, span.start)}not_null(${written}, \`[]\`)${guarded.slice(span.end)}`;
  const other = compile(guarded, subject.profile.dialect);
  return other.error === undefined && isTrue(other.evaluate({}).value);
}
