/** Texts for the examples of rules, so that each shows only what matters to it. */

const USUAL: Readonly<Record<string, string>> = {
  issuer_url: 'https://accounts.example.com/realms/acme',
  access_policy_claim: 'gem_policy',
  access_policy_regex: '^pref-([0-9]+)-[a-z]+$',
  audience: 'gem',
};

export interface BlockOptions {
  /** `auth.type`; null leaves it out. */
  readonly type?: string | null;
  /** Lines below `auth.admin`, beside `oidc`. */
  readonly admin?: readonly string[];
  /** Lines below `auth`. */
  readonly auth?: readonly string[];
}

/** A configuration with the usual OIDC settings; null leaves a setting out, a new name adds one. */
export function block(oidc: Readonly<Record<string, string | null>> = {}, options: BlockOptions = {}): string {
  const lines = Object.entries({ ...USUAL, ...oidc })
    .filter((pair): pair is [string, string] => pair[1] !== null)
    .map(([key, value]) => `      ${key}: ${scalar(value)}`);
  const { type = 'enterprise' } = options;
  return [
    'auth:',
    ...(type === null ? [] : [`  type: ${type}`]),
    ...(options.auth ?? []).map((line) => `  ${line}`),
    '  admin:',
    ...(options.admin ?? []).map((line) => `    ${line}`),
    ...(lines.length === 0 ? [] : ['    oidc:', ...lines]),
    '',
  ].join('\n');
}

/** A payload as `eval-role` reads it: such a configuration under `settings`, and further lines. */
export function payload(lines: readonly string[], oidc: Readonly<Record<string, string | null>> = {}): string {
  const settings = block(oidc)
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`);
  return ['settings:', ...settings, ...lines, ''].join('\n');
}

/** A token with this header and these claims, its signature a stand-in. */
export function token(header: unknown, claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.c2lnbmF0dXJl`;
}

function scalar(value: string): string {
  return /^[A-Za-z0-9][\w.:/@-]*$/.test(value) ? value : `'${value.split("'").join("''")}'`;
}
