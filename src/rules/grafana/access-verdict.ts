/**
 * The judgement on a whole Grafana configuration: who could log in with it as it stands, by any provider and by the login form.
 */

import { readBoolean } from '../../settings/read.js';
import type { AccessJudgement, AccessReason, AccessVerdict } from '../access.js';
import type { Finding } from '../rule.js';
import { autoLogins } from './auto-login.js';
import { type ProviderAccess, providerAccess } from './provider-access.js';
import type { GrafanaSubject, Place, ProviderView } from './subject.js';
import { cite, enumerate, unknownPart } from './support.js';

/** Undefined where the configuration says nothing about logging in. */
export function accessVerdict(subject: GrafanaSubject, findings: readonly Finding[] = []): AccessVerdict | undefined {
  const stopped = notStarted(subject);
  if (stopped) return stopped;
  const form = subject.flag('auth', 'disable_login_form') !== true;
  const configured = subject.providers();
  const other = otherWays(subject);
  if (configured.length === 0 && form) return undefined;
  const undecided = configured.filter((one) => !one.enabled && unknownPart(subject, one, 'enabled') !== undefined);
  const ways = loginWays(subject).map((provider) => withFindings(providerAccess(subject, provider), findings));
  const judgement = together(ways, undecided.length > 0, form, other);
  return { verdict: judgement, ...told(subject, { judgement, ways, undecided, form, other, configured }) };
}

interface Situation {
  readonly judgement: AccessJudgement;
  readonly ways: readonly ProviderAccess[];
  readonly undecided: readonly ProviderView[];
  readonly form: boolean;
  readonly other: readonly string[];
  readonly configured: readonly ProviderView[];
}

/** A file that is missing on this machine may be there on Grafana's; a text that is too easily found opens no door of its own. */
const NOT_DECISIVE: ReadonlySet<string> = new Set(['expander-file-missing', 'substring-match']);

/** What rules found that shuts a provider, or opens one that was meant to have a gate. */
function withFindings(access: ProviderAccess, findings: readonly Finding[]): ProviderAccess {
  if (access.judgement === 'nobody') return access;
  const { provider } = access;
  const own = findings.filter(
    ({ section, severity, rule }) => section === provider.section && severity === 'error' && !NOT_DECISIVE.has(rule),
  );
  const shut = own.filter(({ failShut }) => failShut);
  if (shut.length > 0)
    return { ...access, judgement: 'nobody', who: '', why: messagesOf(shut), because: shut.map(reasonOf) };
  const open = own.filter(({ failOpen }) => failOpen);
  if (!access.ungated || open.length === 0) return access;
  const who = access.who.replace(/^everybody/, 'anybody');
  return { ...access, judgement: 'anybody', who, why: messagesOf(open), because: open.map(reasonOf) };
}

function messagesOf(findings: readonly Finding[]): string {
  return enumerate(findings.map(({ message }) => message));
}

function reasonOf(finding: Finding): AccessReason {
  return { rule: finding.rule, ...reasonAt(finding, finding.message) };
}

/** Enabled providers; of the two names of the cloud login the old one counts where it stands alone. */
function loginWays(subject: GrafanaSubject): readonly ProviderView[] {
  const enabled = subject.enabledProviders();
  const cloud = enabled.some(({ section }) => section === 'auth.grafana_com');
  return cloud ? enabled.filter(({ section }) => section !== 'auth.grafananet') : enabled;
}

function together(
  ways: readonly ProviderAccess[],
  undecided: boolean,
  form: boolean,
  other: readonly string[],
): AccessJudgement {
  const has = (judgement: AccessJudgement) => ways.some((way) => way.judgement === judgement);
  if (has('anybody')) return 'anybody';
  if (has('unknown') || undecided) return 'unknown';
  if (has('some')) return 'some';
  if (other.length > 0) return 'unknown';
  return ways.length > 0 || !form ? 'nobody' : 'some';
}

function told(subject: GrafanaSubject, situation: Situation): Pick<AccessVerdict, 'sentence' | 'because'> {
  const { judgement, ways, undecided, form, other } = situation;
  const more = [
    ...(other.length > 0 ? [`${enumerate(other)} ${other.length === 1 ? 'is' : 'are'} on too and not looked at`] : []),
    ...(isOn(subject, 'auth.anonymous') ? ['dashboards can be seen without a login'] : []),
  ];
  const sentence = (first: string, because: readonly AccessReason[], ...rest: string[]) => ({
    sentence: [first, ...rest, ...more].join('; '),
    because,
  });
  const byForm = 'people with a Grafana password';
  const of = (wanted: AccessJudgement) => ways.filter((way) => way.judgement === wanted);
  if (judgement === 'anybody') {
    const open = of('anybody');
    const first = open
      .map(({ who, why, provider }) => `${who} can log in through [${provider.section}]: ${why}`)
      .join('; ');
    return sentence(
      first,
      open.flatMap(({ because }) => because),
    );
  }
  if (judgement === 'unknown' && (of('unknown').length > 0 || undecided.length > 0)) {
    const open = of('unknown').map(
      ({ why, provider }) => `who can log in through [${provider.section}] depends on ${why}`,
    );
    const off = undecided.map(
      (one) => `whether [${one.section}] is on depends on ${unknownPart(subject, one, 'enabled')}`,
    );
    const because = [
      ...of('unknown').flatMap((way) => way.because),
      ...undecided.map((one) => reasonAt(one.at('enabled'), 'the value is not known here')),
    ];
    return sentence(`${[...open, ...off].join('; ')}, which is not known here`, because);
  }
  const shut = of('nobody');
  const closed = shut.map(({ provider, why }) => `[${provider.section}] lets nobody in: ${why}`);
  const shutReasons = shut.flatMap(({ because }) => because);
  if (judgement === 'some' && ways.length > 0) {
    const open = of('some').map(({ who, provider }) => `${who} can log in through [${provider.section}]`);
    const because = [...of('some').flatMap((way) => way.because), ...shutReasons];
    return sentence(open.join('; '), because, ...(form ? [`so can ${byForm}`] : []), ...closed);
  }
  const whyOff = offReasons(situation);
  const because = [...shutReasons, ...whyOff, ...(form ? [] : [formOff(subject)])];
  const off = whyOff.length === 0 ? '' : `: ${enumerate(whyOff.map(({ message }) => message))}`;
  if (ways.length === 0)
    return form || other.length > 0
      ? sentence(`no login provider is on${off}`, because, ...(form ? [`only ${byForm} can log in`] : []))
      : sentence(
          `nobody can log in, administrators neither: the login form is off and no login provider is on${off}`,
          because,
        );
  if (!form)
    return sentence(
      other.length > 0
        ? closed.join('; ')
        : `nobody can log in, administrators neither: the login form is off, and ${closed.join('; ')}`,
      because,
    );
  const first = `nobody can log in through ${shut.map(({ provider, why }) => `[${provider.section}]: ${why}`).join('; nor through ')}`;
  const [auto, second] = autoLogins(subject);
  const page = auto && !second ? ', at /login?disableAutoLogin' : '';
  return sentence(first, because, `${byForm} still can${page}`);
}

/** Written sections that are off, where that looks like a mistake. */
function offReasons({ configured, ways }: Situation): AccessReason[] {
  if (ways.length > 0) return [];
  return configured.flatMap((provider) => {
    const text = provider.text('enabled');
    const place = provider.at('enabled');
    if (!provider.isSet('enabled')) return [reasonAt(place, `enabled of [${provider.section}] is not set`)];
    if (readBoolean(text) !== undefined) return [reasonAt(place, `[${provider.section}] is switched off`)];
    return [
      {
        ...reasonAt(place, `enabled of [${provider.section}] is ${cite(text, 20)}, which counts as false`),
        rule: 'bool-typo',
      },
    ];
  });
}

function formOff(subject: GrafanaSubject): AccessReason {
  return { ...reasonAt(subject.atSetting('auth', 'disable_login_form'), 'the login form is off'), rule: 'lock-out' };
}

/** Ways in that are no OAuth provider; what they ask of people is not looked at. */
const OTHERS: readonly (readonly [section: string, name: string])[] = [
  ['auth.saml', 'SAML'],
  ['auth.ldap', 'LDAP'],
  ['auth.proxy', '[auth.proxy]'],
  ['auth.jwt', '[auth.jwt]'],
];

function otherWays(subject: GrafanaSubject): string[] {
  return OTHERS.filter(([section]) => isOn(subject, section)).map(([, name]) => name);
}

/** All of these are off unless somebody switches them on, so most configurations need no look. */
function isOn(subject: GrafanaSubject, section: string): boolean {
  const named = subject.documents.some((document) => document.sections.some(({ name }) => name === section));
  return (named || subject.fromEnvironment().length > 0) && subject.flag(section, 'enabled') === true;
}

/** Files and variables that stop Grafana; a file that is missing here may be there. */
function notStarted(subject: GrafanaSubject): AccessVerdict | undefined {
  const [problem] = subject.configProblems.filter(({ kind }) => kind !== 'file-expander');
  if (!problem) return undefined;
  const { path, range, source, section, option, kind } = problem;
  const line = range === undefined ? '' : ` (line ${range.start.line})`;
  return {
    verdict: 'nobody',
    sentence:
      kind === 'form-refused'
        ? `nobody can log in by this configuration: it is refused and never reaches Grafana${line}`
        : `nobody can log in: Grafana does not start with this configuration${line}`,
    because: [reasonAt({ path, range, source, section, option } as Place, problem.message)],
  };
}

function reasonAt({ path, range, source, section, option }: Place, message: string): AccessReason {
  return {
    message,
    ...(section === undefined ? {} : { section }),
    ...(option === undefined ? {} : { option }),
    ...(path === undefined ? {} : { path }),
    ...(range === undefined ? {} : { range }),
    ...(source === undefined ? {} : { source }),
  };
}
