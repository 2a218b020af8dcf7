/**
 * Grafana and Grafana Cloud login: what is known of them without loading them. Both live in one INI file, so either of the two
 * checks all of it; which one it is counts for the name in the report and for dry runs.
 */
import { PlainBody } from '../claims/body.js';
import { detectForm } from '../forms/detect.js';
import type { SourceFile } from '../text/source.js';
import type { PayloadEnvelope, ProductEntry } from './product.js';

const CLOUD_HEADER = /^[ \t]*\[(auth\.(grafana_com|grafananet|metrics-dashboard_com))\]/m;
const OTHER_PROVIDER = /^[ \t]*\[auth\.(generic_oauth|github|gitlab|google|azuread|okta|saml|jwt|ldap|proxy)\]/m;
/** Forms that hold nothing but settings of Grafana. */
const SPECIFIC_FORMS: ReadonlySet<string> = new Set([
  'grafana-operator-v1beta1',
  'grafana-operator-v1alpha1',
  'sso-api-json',
]);

const ANY_HEADER = /^[ \t]*\[[^\]\n]+\]/m;
const VARIABLE = /^[ \t]*(export[ \t]+)?["']?GF_[A-Z]/m;
const CLOUD_VARIABLE = /^[ \t]*(export[ \t]+)?["']?GF_AUTH_(GRAFANA_COM|GRAFANANET|METRICS_DASHBOARD_COM)_/m;

/** How sure a text is a Grafana configuration. */
function grafanaLikelihood(file: SourceFile): number {
  const { path, text } = file;
  const start = text.slice(0, 200_000);
  const form = detectForm(file);
  if (form !== 'ini') {
    if (file.form === form || SPECIFIC_FORMS.has(form)) return 85;
    return /\bGF_[A-Z]|grafana\.ini|grafana_ini|\bauth\.[a-z_]+\b|grafana\/grafana|grafana_sso_settings|services\.grafana/.test(
      start,
    )
      ? 60
      : 0;
  }
  // Data of another kind, which go-ini would stumble over at once.
  if (/\.(?:ya?ml|json|tf|nix)$/i.test(path) && !ANY_HEADER.test(start)) return 0;
  if (OTHER_PROVIDER.test(start)) return 90;
  if (/^[ \t]*\[(auth|server|security|users|feature_toggles|sso_settings)\]/m.test(start)) return 70;
  if (VARIABLE.test(start)) return 60;
  if (/generic_oauth/.test(start)) return 50;
  if (/(^|[/\\])(grafana|custom|defaults|sample)\.ini$/.test(path)) return 40;
  return /\.ini$/.test(path) || ANY_HEADER.test(start) ? 10 : 0;
}

/** Only the cloud login is configured. */
function cloudLikelihood({ text }: SourceFile): number {
  const start = text.slice(0, 200_000);
  if (!CLOUD_HEADER.test(start) && !CLOUD_VARIABLE.test(start)) return 0;
  return OTHER_PROVIDER.test(start) || /^[ \t]*(export[ \t]+)?GF_AUTH_GENERIC_OAUTH_/m.test(start) ? 30 : 95;
}

/** The user document of grafana.com has the organizations under `orgs` and a `login`, and no OpenID claims. */
function isCloudPayload(envelope: PayloadEnvelope): boolean {
  const section = envelope['section'];
  if (typeof section === 'string') return /^auth\.(grafana_com|grafananet|metrics-dashboard_com)$/.test(section);
  const document = envelope.userinfo instanceof PlainBody ? envelope.userinfo.plain.value : envelope.userinfo;
  if (typeof document !== 'object' || document === null) return false;
  return Array.isArray((document as Record<string, unknown>)['orgs']) && 'login' in document && !('sub' in document);
}

export const grafanaEntry: ProductEntry = {
  id: 'grafana',
  title: 'Grafana',
  versionOption: 'grafana-version',
  sections: ['auth.generic_oauth'],
  detectConfig: grafanaLikelihood,
  detectPayload: (envelope) =>
    ['id_token', 'id_token_claims', 'token', 'userinfo'].some((key) => envelope[key] !== undefined) ? 20 : 5,
  load: async () => (await import('./grafana.js')).grafana,
};

export const grafanaCloudEntry: ProductEntry = {
  id: 'grafana-cloud',
  title: 'Grafana Cloud login',
  versionOption: 'grafana-version',
  sections: ['auth.grafana_com', 'auth.grafananet', 'auth.metrics-dashboard_com'],
  detectConfig: cloudLikelihood,
  detectPayload: (envelope) => (isCloudPayload(envelope) ? 40 : 0),
  load: async () => (await import('./grafana-cloud.js')).grafanaCloud,
};
