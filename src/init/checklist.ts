/** What is left to do at the identity provider, and what to know about it. */
import { redirectUri } from '../login/authorize.js';
import { fill } from '../providers/templates.js';
import { isVerified, type ProviderTroubles } from '../providers/types.js';
import { type InitAnswers, PROVIDER_SECTION, templateValues } from './configuration.js';

export interface ToDo {
  readonly what: string;
  readonly value?: string;
}

export interface Warning {
  readonly title: string;
  readonly detail?: string;
  /** False: remembered or concluded, not read anywhere. */
  readonly verified: boolean;
}

export interface Advice {
  readonly toDo: readonly ToDo[];
  readonly watchOut: readonly Warning[];
}

/** Traps of settings: the configuration at hand avoids them. */
const ABOUT_SETTINGS =
  /\b(?:scopes|auth_url|token_url|api_url|auth_style|teams_url|team_ids|use_\w+|\w+_attribute_\w+|signout_redirect_url|role path|URL)\b/;

export function adviceFor(
  answers: InitAnswers,
  settings: Readonly<Record<string, string>>,
  troubles: ProviderTroubles,
): Advice {
  const { details, rootUrl } = answers;
  const values = templateValues(answers);
  const signOut = settings['signout_redirect_url'] ?? '';
  const toDo: ToDo[] = [
    { what: 'redirect URI', value: redirectUri(rootUrl, PROVIDER_SECTION.replace('auth.', '')) },
    ...(/post_logout_redirect_uri|logout_uri|redirect_uri=/.test(signOut)
      ? [{ what: 'redirect URI after logout', value: `${values['grafana']}/login` }]
      : []),
    ...(settings['scopes'] ? [{ what: 'scopes to allow', value: settings['scopes'] }] : []),
    ...details.checklist.map((text) => ({ what: fill(text, values) })),
  ];
  const watchOut = troubles.traps
    .filter((trap) => trap.severity === 'error' && !ABOUT_SETTINGS.test(trap.check ?? ''))
    .map(({ title, detail, basis, tried }) => ({
      title,
      ...(detail === undefined ? {} : { detail }),
      verified: tried === true || isVerified(basis),
    }));
  return { toDo, watchOut };
}
