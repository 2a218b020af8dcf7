/** Who could log in to Dashboard with a token, as the configuration stands. */
import { whyDisabled } from '../../dashboard/settings-view.js';
import type { AccessReason, AccessVerdict } from '../access.js';
import type { Finding } from '../rule.js';
import { type DashboardSubject, type Place, valuePlace } from './subject.js';

/** Undefined where the configuration says nothing about logins by token. */
export function dashboardAccessVerdict(
  subject: DashboardSubject,
  findings: readonly Finding[],
): AccessVerdict | undefined {
  const { config, view, profile } = subject;
  if (!config.entries.some(({ setting }) => setting?.name.startsWith('MB_JWT_'))) return undefined;
  const enabled = config.get('MB_JWT_ENABLED');
  const passwords = 'people with a Dashboard password';
  if (enabled?.template)
    return {
      verdict: 'unknown',
      sentence: 'whether anybody can log in with a token depends on MB_JWT_ENABLED, which is not known here',
      because: [reason('the value is not known here', valuePlace(enabled))],
    };
  const off = whyDisabled(view, profile, true);
  if (off !== undefined) {
    const meant = enabled !== undefined && enabled.value.toLowerCase() === 'false';
    return {
      verdict: meant ? 'some' : 'nobody',
      sentence: meant
        ? `login by token is switched off; ${passwords} can log in`
        : `nobody can log in with a token: ${off}; ${passwords} still can`,
      because: [reason(off, subject.place)],
    };
  }
  const guessable = findings.find(
    ({ rule, severity }) => rule === 'dashboard-secret-guessable' && severity === 'error',
  );
  if (guessable)
    return {
      verdict: 'anybody',
      sentence: `anybody can make a token and log in as anybody: ${guessable.message}`,
      because: [{ rule: guessable.rule, ...reason(guessable.message, guessable) }],
    };
  return {
    verdict: 'some',
    sentence: `whoever has a token signed with the shared secret can log in${view.passwordLogin ? `; so can ${passwords}` : ''}`,
    because: [reason('login by token is on', subject.place)],
  };
}

function reason(message: string, { path, range, option, source }: Place): AccessReason {
  return {
    message,
    ...(option === undefined ? {} : { option }),
    ...(path === undefined ? {} : { path }),
    ...(range === undefined ? {} : { range }),
    ...(source === undefined ? {} : { source }),
  };
}
