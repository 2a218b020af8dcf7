import { replaceSpan } from './edit.js';
import { protect } from './protect.js';
import { show } from './show.js';
import type { GrafanaRule } from './subject.js';

export const leadingBacktick: GrafanaRule = {
  id: 'leading-backtick',
  code: 'S06',
  severity: 'error',
  summary: 'a value that starts with a backtick loses its first and last backtick',
  when: ['`'],
  docs: {
    why: 'A backtick at the start of a value opens a quote that ends at the last backtick of the line; both are removed and what follows is dropped. An expression that begins with a JMESPath literal such as `true` is broken that way.',
    bad: `[auth.generic_oauth]\nrole_attribute_path = \`true\` && 'Admin'\n`,
    good: `[auth.generic_oauth]\nrole_attribute_path = """\`true\` && 'Admin'"""\n`,
    references: ['go-ini 1.67: backtick quotes', 'JMESPath specification: literal expressions'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      const { entry, document } = written;
      if (entry.quote !== 'backtick') continue;
      const { start } = entry.valueSpan;
      const tail = entry.dropped?.text.trim() ?? '';
      const isLiteral = written.option?.type === 'jmespath' && isJson(written.value);
      if (tail === '' && !written.value.includes('`') && !isLiteral) continue;
      const end = tail === '' ? entry.valueSpan.end : entry.dropped!.span.end;
      const meant = document.source.text.slice(start, end);
      const replacement = protect(meant);
      const place = subject.at(document, { start, end });
      report({
        ...place,
        section: written.section,
        option: written.key,
        message: `the backtick at the start of ${written.key} is taken as a quote: Grafana reads ${show(written.key, written.value)}`,
        consequence:
          tail === ''
            ? 'the expression is not the one written'
            : 'what stands behind the last backtick of the line is dropped',
        help: 'put the whole value in triple quotes: """…"""',
        root: true,
        ...(replacement === undefined || meant.includes('\n')
          ? {}
          : { fix: replaceSpan(document, { start, end }, replacement, 'put the value in triple quotes') }),
      });
    }
  },
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
