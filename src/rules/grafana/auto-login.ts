/**
 * Which login methods ask to be started without the login page, for the rules about auto_login.
 */
import type { GrafanaSubject, Place } from './subject.js';

export interface AutoLogin {
  readonly section: string;
  readonly place: Place;
}

/** Enabled OAuth providers and SAML with `auto_login = true`. */
export function autoLogins(subject: GrafanaSubject): AutoLogin[] {
  const found: AutoLogin[] = subject
    .enabledProviders()
    .filter((provider) => provider.flag('auto_login'))
    .map((provider) => ({ section: provider.section, place: provider.at('auto_login') }));
  if (subject.flag('auth.saml', 'enabled') === true && subject.flag('auth.saml', 'auto_login') === true)
    found.push({ section: 'auth.saml', place: subject.atSetting('auth.saml', 'auto_login') });
  return found;
}
