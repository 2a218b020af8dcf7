/** Where the source of a rule can be read, for services that link to it. */

const MANUAL = 'https://grafana.com/docs/grafana/latest/setup-grafana';

/** How references begin, and the page that is. */
const PAGES: readonly (readonly [pattern: RegExp, address: (match: RegExpMatchArray) => string])[] = [
  [
    /^Grafana manual: configure generic OAuth/,
    () => `${MANUAL}/configure-access/configure-authentication/generic-oauth/`,
  ],
  [
    /^Grafana manual: (?:configuration|configure Grafana|override configuration)\b/,
    () => `${MANUAL}/configure-grafana/`,
  ],
  [/^(?:Grafana|grafana\/grafana) issues? (\d+)/, (match) => `https://github.com/grafana/grafana/issues/${match[1]}`],
  [/^RFC (\d+)/, (match) => `https://www.rfc-editor.org/rfc/rfc${match[1]}`],
  [/^OpenID Connect Core 1\.0/, () => 'https://openid.net/specs/openid-connect-core-1_0.html'],
  [/^OpenID Connect Discovery 1\.0/, () => 'https://openid.net/specs/openid-connect-discovery-1_0.html'],
  [/^JMESPath specification/, () => 'https://jmespath.org/specification.html'],
  [/^(CVE-\d+-\d+)/, (match) => `https://nvd.nist.gov/vuln/detail/${match[1]}`],
];

/** Address of the first reference that is known to have one; undefined where none is. */
export function helpAddress(references: readonly string[]): string | undefined {
  for (const reference of references)
    for (const [pattern, address] of PAGES) {
      const match = pattern.exec(reference);
      if (match) return address(match);
    }
  return undefined;
}
