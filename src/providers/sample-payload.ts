/** A sample login as the payload of a dry run. */
import type { SampleLogin } from './types.js';

/** Keys as `eval-role` takes them. */
export interface SamplePayload {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly id_token_claims?: unknown;
  readonly access_token?: string;
  readonly userinfo?: unknown;
  readonly http?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** `settings` are those of the provider section; options the sample is about win. */
export function samplePayload(sample: SampleLogin, settings: Readonly<Record<string, string>>): SamplePayload {
  const all = { ...settings, ...sample.settings };
  const status = sample.userinfoStatus ?? 200;
  const api = all['api_url'];
  const answers =
    sample.userinfo !== undefined && status !== 200 && api !== undefined
      ? { ...sample.http, [api]: { status, body: sample.userinfo } }
      : sample.http;
  return {
    name: sample.name,
    settings: all,
    ...(sample.idToken ? { id_token_claims: sample.idToken } : {}),
    ...(sample.accessToken ? { access_token: unsigned(sample.accessToken) } : {}),
    ...(sample.userinfo !== undefined && status === 200 ? { userinfo: sample.userinfo } : {}),
    ...(answers ? { http: answers } : {}),
  };
}

/** Grafana wants three parts that are not empty, and looks at no signature of an access token. */
function unsigned(claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.c2FtcGxl`;
}
