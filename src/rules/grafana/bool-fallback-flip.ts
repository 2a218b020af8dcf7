import { meantBoolean, wrongBooleans } from './bool-typo.js';
import { show } from './show.js';
import type { GrafanaRule } from './subject.js';
import { strictBooleans } from './support.js';

export const boolFallbackFlip: GrafanaRule = {
  id: 'bool-fallback-flip',
  code: 'V02',
  severity: 'error',
  summary: 'a misspelt allow_sign_up switches sign-up off although its default is on',
  docs: {
    why: 'defaults.ini has allow_sign_up = true for every provider, but the value in the code, used where the text is no boolean, is false. So a typo turns sign-up off: everybody Grafana does not know yet is refused.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallow_sign_up = enabled\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallow_sign_up = true\n',
    references: ['go-ini 1.67: Key.MustBool', 'Grafana manual: configure generic OAuth, allow_sign_up'],
  },
  check(subject, report) {
    const strict = strictBooleans(subject);
    for (const { section, key, value, provider } of wrongBooleans(subject)) {
      if (key !== 'allow_sign_up' || !provider) continue;
      const suggestion = meantBoolean(value);
      report({
        ...subject.atSetting(section, key),
        message: `allow_sign_up of [${section}] is ${show(key, value)}, which is neither true nor false${strict ? '' : ', and so it is false'}`,
        consequence: strict
          ? 'Grafana cannot decode the section and does not create the provider: its button is missing from the login page'
          : 'the default is true, but what is no boolean counts as false: whoever has no Grafana user yet is refused with "Sign up is disabled"',
        help: suggestion ? `write allow_sign_up = ${suggestion}` : 'write true or false',
        ...(suggestion ? { suggestions: [suggestion] } : {}),
      });
    }
  },
};
