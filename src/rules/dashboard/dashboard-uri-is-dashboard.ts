import { envFile } from './example.js';
import type { DashboardRule } from './subject.js';
import { address, valuePlace } from './subject.js';

export const dashboardUriIsDashboard: DashboardRule = {
  id: 'dashboard-uri-is-dashboard',
  code: 'J05',
  severity: 'error',
  summary: 'The identity provider URI points at Dashboard itself',
  docs: {
    why: 'Dashboard sends people to this address to log in. Where it leads back to Dashboard, above all to /auth/sso, they go round in circles.',
    bad: envFile({ MB_JWT_IDENTITY_PROVIDER_URI: 'https://dashboard.example.com/auth/sso' }),
    good: envFile(),
    references: ['Dashboard manual: Typical flow for a JWT-based SSO interaction, steps 2 and 3'],
  },
  check(subject, report) {
    const entry = subject.known('MB_JWT_IDENTITY_PROVIDER_URI');
    const url = entry === undefined ? undefined : address(entry.value);
    if (entry === undefined || url === undefined) return;
    const site = address(subject.view.siteUrl);
    const base = site?.pathname.replace(/\/+$/, '');
    const inside =
      site !== undefined &&
      site.origin === url.origin &&
      (base === '' || url.pathname === base || url.pathname.startsWith(`${base}/`));
    const isSso = /\/auth\/sso\/?$/.test(url.pathname);
    if (!inside && !isSso) return;
    report({
      ...valuePlace(entry),
      message: isSso
        ? 'the identity provider URI ends in /auth/sso, the address of Dashboard itself'
        : 'the identity provider URI lies inside the Dashboard site',
      consequence: 'Dashboard sends people to itself: a redirect loop',
      help: 'give the address of the authentication app that signs the tokens',
    });
  },
};
