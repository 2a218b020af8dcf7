/** The chart's own refusal of secrets as plain text. Source: forms, "assertNoLeakedSecrets". */
import { fieldAt, isTruthy, type MapValue, type Value } from '../values.js';
import type { HelmContext } from './context.js';

/** Section and key of each setting the chart looks at; nothing else is checked. */
const CHECKED: readonly (readonly [section: string, key: string])[] = [
  ['database', 'password'],
  ['smtp', 'password'],
  ['security', 'secret_key'],
  ['security', 'admin_password'],
  ['auth.basic', 'password'],
  ['auth.ldap', 'bind_password'],
  ...['google', 'github', 'gitlab', 'generic_oauth', 'okta', 'azuread', 'grafana_com', 'grafananet'].map(
    (provider) => [`auth.${provider}`, 'client_secret'] as const,
  ),
  ['azure', 'user_identity_client_secret'],
  ['unified_alerting', 'ha_redis_password'],
  ['metrics', 'basic_auth_password'],
  ['external_image_storage.s3', 'secret_key'],
  ['external_image_storage.webdav', 'password'],
  ['external_image_storage.azure_blob', 'account_key'],
];

const REFERENCE = /\$(?:__(?:env|file|vault))?\{[^}]+\}/;

export function checkSecrets(context: HelmContext, ini: MapValue): void {
  const { chart, values, builder } = context;
  if (chart.secrets === 'none' || !isOn(values)) {
    noteReadable(context, ini);
    return;
  }
  for (const [section, key] of CHECKED) {
    const header = ini.field(section);
    if (header && header.value.kind !== 'map' && !isNothing(header.value)) {
      refuse(context, header.value, section, undefined, `${section} is no map, and the chart looks for ${key} in it`);
      continue;
    }
    const field = fieldAt(ini, section, key);
    if (!field) continue;
    const { value } = field;
    if (value.kind !== 'scalar' || value.value.type !== 'string') {
      builder.note({
        kind: value.kind === 'scalar' && value.value.type === 'null' ? 'form-null' : 'form-type',
        span: value.span.end > value.span.start ? value.span : field.keySpan,
        section,
        option: key,
        severity: 'error',
        stops: 'render',
        message: `${key} of [${section}] is no text, and the chart's check for secrets takes texts only`,
        consequence: 'helm gives up with an error of types',
        help: 'name a variable: $__env{NAME}, or remove the line',
      });
      continue;
    }
    const isReference = REFERENCE.test(value.text);
    if (chart.secrets === 'no-reference' && isReference) continue;
    refuse(
      context,
      value,
      section,
      key,
      isReference
        ? `the chart refuses every value of ${key} in [${section}], also a reference`
        : `${key} of [${section}] stands in the values as plain text`,
      isReference,
    );
  }
}

function isNothing(value: Value): boolean {
  return value.kind === 'scalar' && value.value.type === 'null';
}

/** `assertNoLeakedSecrets`, which is on where nobody says otherwise. */
function isOn(values: MapValue): boolean {
  const field = values.field('assertNoLeakedSecrets');
  return field === undefined || isTruthy(field.value);
}

function refuse(
  { builder }: HelmContext,
  value: Value,
  section: string,
  option: string | undefined,
  message: string,
  isReference = false,
): void {
  builder.note({
    kind: 'form-readable-secret',
    span: value.span,
    section,
    ...(option === undefined ? {} : { option }),
    severity: 'error',
    stops: 'render',
    message,
    consequence: isReference
      ? 'helm gives up: references are known to the chart from 7.2.2 on'
      : 'helm gives up: "Sensitive key … should not be defined explicitly in values"',
    help: isReference
      ? 'upgrade the chart to 7.2.2 or newer'
      : 'name a variable or file that a Secret fills: $__env{NAME} with envValueFrom, or $__file{/path} with extraSecretMounts',
  });
}

/** The rendered text is a ConfigMap, which more people may read than a Secret. */
function noteReadable({ builder, chart }: HelmContext, ini: MapValue): void {
  for (const [section, key] of CHECKED) {
    const value = fieldAt(ini, section, key)?.value;
    if (value?.kind !== 'scalar' || value.value.type !== 'string' || value.text === '') continue;
    if (REFERENCE.test(value.text) || value.text.includes('{{')) continue;
    builder.note({
      kind: 'form-readable-secret',
      span: value.span,
      section,
      option: key,
      severity: 'warning',
      message: `${key} of [${section}] is written into a ConfigMap as plain text`,
      consequence: 'whoever may read ConfigMaps of the namespace, or the values of the release, can read it',
      help: `name a variable or file that a Secret fills: $__env{NAME} or $__file{/path}${
        chart.secrets === 'none' ? '' : ', and leave assertNoLeakedSecrets on'
      }`,
    });
  }
}
