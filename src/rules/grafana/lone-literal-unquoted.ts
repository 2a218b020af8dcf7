import { closest } from '../../text/suggest.js';
import { replaceValue } from './edit.js';
import type { GrafanaRule } from './subject.js';

/** What a text in role_attribute_path can have been meant for. */
const NAMES = ['Viewer', 'Editor', 'Admin', 'GrafanaAdmin'];

const ROLE = /^(viewer|editor|admin|grafanaadmin|none)$/i;
const EXPRESSION = /[()[\]|&'`*?=<>!,{}]/;

export const loneLiteralUnquoted: GrafanaRule = {
  id: 'lone-literal-unquoted',
  code: 'S04',
  severity: 'error',
  summary: 'a literal that is the whole expression loses its quotes',
  when: ["'"],
  docs: {
    why: "Grafana's reader removes one pair of quotes around a whole value. An expression that is nothing but 'Viewer' arrives as the field name Viewer: no user has such a field, so everybody gets the default role, or is refused where role_attribute_strict is on.",
    bad: "[auth.generic_oauth]\nrole_attribute_path = 'Viewer'\n",
    good: `[auth.generic_oauth]\nrole_attribute_path = "'Viewer'"\n`,
    references: ['go-ini 1.67: quotes around a value', 'JMESPath specification: raw string literals'],
  },
  check(subject, report) {
    for (const written of subject.entries()) {
      if (written.option?.type !== 'jmespath' || written.entry.quote !== 'single' || EXPRESSION.test(written.value))
        continue;
      const near = written.key === 'role_attribute_path' ? closest(written.value, NAMES)[0] : undefined;
      if (near !== undefined || ROLE.test(written.value) || /\s/.test(written.value))
        report({
          ...subject.atValue(written),
          message: `the quotes of '${written.value}' are removed: Grafana looks for a field named ${written.value}`,
          consequence:
            written.key === 'role_attribute_path'
              ? 'no user has such a field: everybody gets the default role, or is refused where role_attribute_strict is on'
              : `${written.key} finds nothing`,
          help: `put double quotes around the literal: ${written.key} = "'${near ?? written.value}'"`,
          ...(near === undefined || ROLE.test(written.value)
            ? { fix: replaceValue(written, `"'${written.value}'"`, 'put double quotes around the literal') }
            : { suggestions: [`${written.key} = "'${near}'"`] }),
          root: true,
        });
      else
        report({
          ...subject.atValue(written),
          severity: 'info',
          message: `the quotes of '${written.value}' are removed: it is the field ${written.value}, not a text`,
          help: `write ${written.key} = ${written.value} for the field, "'${written.value}'" for the text`,
        });
    }
  },
};
