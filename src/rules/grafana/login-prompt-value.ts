import type { GrafanaRule } from './subject.js';
import { cite, given, providersInUse } from './support.js';

const PROMPTS = ['login', 'consent', 'select_account'];

export const loginPromptValue: GrafanaRule = {
  id: 'login-prompt-value',
  code: 'V13',
  severity: 'error',
  summary: 'login_prompt is none of login, consent, select_account',
  when: ['login_prompt'],
  docs: {
    why: 'From a file the text is sent to the identity provider as it is, as the parameter prompt. What it does not know it refuses; none makes every login fail where no session is open at the identity provider. The SSO settings page of Grafana refuses such a value.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nlogin_prompt = none\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nlogin_prompt = select_account\n',
    references: ['Grafana manual: configure generic OAuth, login_prompt', 'OpenID Connect Core 1.0, 3.1.2.1: prompt'],
  },
  versions: '>=12.2',
  check(subject, report) {
    for (const provider of providersInUse(subject)) {
      if (!given(subject, provider.section, 'login_prompt')) continue;
      const value = provider.text('login_prompt');
      if (value === '' || PROMPTS.includes(value)) continue;
      const meant = PROMPTS.find((prompt) => prompt === value.trim().toLowerCase().replace(/[- ]/g, '_'));
      report({
        ...provider.at('login_prompt'),
        message: `login_prompt of [${provider.section}] is ${cite(value)}, which is none of consent, login, select_account`,
        consequence:
          value === 'none'
            ? 'the identity provider may show nothing and answers login_required to everybody without an open session there'
            : 'it is sent as it is, and the identity provider answers with an error',
        help: meant
          ? `write login_prompt = ${meant}`
          : 'choose one of consent, login, select_account, or delete the line',
        ...(meant ? { suggestions: [meant] } : {}),
      });
    }
  },
};
