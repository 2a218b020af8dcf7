/** Settings of Grafana Enterprise Metrics for tokens of an OpenID provider, as YAML. */
import { yamlText } from '../forms/write/yaml-text.js';

export interface GemAnswers {
  /** Byte for byte as the provider's document names it. */
  readonly issuer: string;
  readonly claim: string;
  /** One capture group: what it catches is the name of an access policy. */
  readonly regex: string;
  readonly audience: string;
}

export function gemConfiguration({ issuer, claim, regex, audience }: GemAnswers, comments: readonly string[]): string {
  const body = [
    'auth:',
    '  type: enterprise',
    '  admin:',
    '    oidc:',
    `      issuer_url: ${yamlText(issuer)}`,
    `      access_policy_claim: ${yamlText(claim)}`,
    `      access_policy_regex: ${yamlText(regex)}`,
    `      audience: ${yamlText(audience)}`,
    '',
  ].join('\n');
  return comments.map((line) => `# ${line}\n`).join('') + body;
}
