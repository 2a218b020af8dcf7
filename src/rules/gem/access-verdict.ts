/**
 * Who gets in with a configuration of Grafana Enterprise Metrics: with tokens of the identity provider, or with none.
 */
import type { AccessReason, AccessVerdict } from '../access.js';
import type { Finding } from '../rule.js';
import { CLAIM, DEFAULT_POLICY, type GemSubject, ISSUER, type Place, REGEX, valuePlace } from './subject.js';

/** Undefined where the configuration says nothing about tokens of an identity provider. */
export function gemAccessVerdict(subject: GemSubject, findings: readonly Finding[]): AccessVerdict | undefined {
  const { config } = subject;
  if (config.entries.length === 0) return undefined;
  const trusts = findings.find(({ rule, failOpen }) => rule === 'gem-trusts-header' && failOpen);
  if (trusts)
    return {
      verdict: 'anybody',
      sentence: `anybody who reaches GEM gets in as any tenant: ${trusts.message}`,
      because: [reasonOf(trusts)],
    };
  const issuer = subject.issuer?.value ?? '';
  if (issuer === '') return undefined;
  const broken = findings.find(({ rule }) => ISSUER_RULES.has(rule));
  const nobody = (because: AccessReason): AccessVerdict => ({
    verdict: 'nobody',
    sentence: `nobody gets in with a token of ${issuer}: ${because.message}`,
    because: [because],
  });
  if (broken) return nobody(reasonOf(broken));
  const fallback = config.value(DEFAULT_POLICY);
  if (fallback !== '')
    return {
      verdict: 'some',
      sentence: `everybody with a token of ${issuer} gets in, at least with the access policy ${JSON.stringify(fallback)}`,
      because: [reason(subject, DEFAULT_POLICY, 'gem-default-policy', 'tokens without a policy get it')],
    };
  const claim = config.value(CLAIM);
  if (claim === '')
    return nobody(reason(subject, CLAIM, 'gem-claim-missing', 'no claim is named for the access policy'));
  const { expression } = subject;
  if (expression === undefined)
    return {
      verdict: 'unknown',
      sentence: `who gets in with a token of ${issuer} is not documented without access_policy_regex`,
      because: [reason(subject, REGEX, 'gem-regex-missing', 'access_policy_regex is not set')],
    };
  if (expression.facts === undefined)
    return nobody(reason(subject, REGEX, 'gem-regex-not-re2', 'access_policy_regex does not compile'));
  if (expression.facts.groupCount === 0)
    return nobody(
      reason(subject, REGEX, 'gem-no-capture-group', 'access_policy_regex has no group, so no token gives a policy'),
    );
  const any = findings.find(({ rule }) => rule === 'gem-audience-missing');
  return {
    verdict: 'some',
    sentence: `people with a token of ${issuer} get in whose claim ${claim} gives an access policy${any ? '; the token may be made for another application (audience is not set)' : ''}`,
    because: [reason(subject, ISSUER, undefined, 'tokens of this issuer are taken'), ...(any ? [reasonOf(any)] : [])],
  };
}

/** GEM cannot read the provider's document. */
const ISSUER_RULES: ReadonlySet<string> = new Set(['gem-issuer-is-discovery', 'gem-issuer-no-url']);

function reason(subject: GemSubject, option: string, rule: string | undefined, message: string): AccessReason {
  const entry = subject.config.get(option);
  const place: Place = entry === undefined || entry.value === '' ? subject.oidcPlace : valuePlace(entry);
  return { ...(rule === undefined ? {} : { rule }), message, ...place, option };
}

function reasonOf({ rule, message, path, range, option, source }: Finding): AccessReason {
  return {
    rule,
    message,
    ...(option === undefined ? {} : { option }),
    ...(path === undefined ? {} : { path }),
    ...(range === undefined ? {} : { range }),
    ...(source === undefined ? {} : { source }),
  };
}
