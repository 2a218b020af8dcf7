/** What stands in a form in place of a secret: a reference to where the running system finds it. */
import type { WriteReport, WriteSetting } from './types.js';

/** A name for a secret in all forms: `generic_oauth_client_secret`. */
export function secretId({ section, key }: WriteSetting): string {
  const place = section === 'DEFAULT' ? '' : `${section.replace(/^auth\./, '')}_`;
  return `${place}${key}`.replace(/[^A-Za-z0-9]+/g, '_').toLowerCase();
}

/** `$__file{…}`, which Grafana reads at its start in files and variables. */
export function fileReference(setting: WriteSetting, report: WriteReport): string {
  const path = `/run/secrets/${secretId(setting)}`;
  report.refer(setting, `the file ${path}, which Grafana reads at its start`);
  return `$__file{${path}}`;
}

/** The Kubernetes Secret, and the key in it, that hold the value. */
export function secretKey(setting: WriteSetting, report: WriteReport): { readonly name: string; readonly key: string } {
  const { secret, key } = setting.from ?? { secret: `${report.name}-sso`, key: secretId(setting) };
  report.refer(setting, `key ${key} of the Secret ${secret}`);
  return { name: secret, key };
}
