/** `kind: Grafana` of the operator, of both its APIs. Source: forms, "grafana-operator". */
import { PlacedText } from '../../document/placed-ini.js';
import { findOption } from '../../settings/catalog.js';
import type { FormBuilder } from '../builder.js';
import { byBytes, scalarText } from '../go-values.js';
import { noteUnmounted } from '../helm/mounts.js';
import { noteOverridden } from '../overridden.js';
import { noteScalar } from '../value-notes.js';
import { type Field, fieldAt, keyPiece, MapValue, type ScalarValue, textAt, type Value, valueAt } from '../values.js';
import { Environment, kindOf, quotedFix, readEnvList } from './environment.js';
import type { KubernetesObject } from './objects.js';
import { applyStartScript } from './start-script.js';
import { type ConfigObjects, containerMounts, readContainer } from './workloads.js';

/** Keys the operator writes itself, whatever the resource says. */
const OWN_PATHS = new Set(['data', 'logs', 'plugins', 'provisioning']);

export function readGrafanaV1beta1(builder: FormBuilder, { value }: KubernetesObject, objects: ConfigObjects): void {
  const config = fieldAt(value, 'spec', 'config');
  const external = fieldAt(value, 'spec', 'external');
  if (external?.value.kind === 'map' && config)
    builder.note({
      kind: 'form-wrong-place',
      span: config.keySpan,
      severity: 'warning',
      message: 'spec.config stands beside spec.external, which says that this Grafana runs elsewhere',
      consequence: 'the operator writes no configuration for it, so these settings have no effect',
      help: 'configure that Grafana where it runs',
    });
  else if (config) builder.document(iniOf(builder, config));
  const containers = valueAt(value, 'spec', 'deployment', 'spec', 'template', 'spec', 'containers');
  const items = containers?.kind === 'list' ? containers.items : [];
  const own = items.find((item) => textAt(item, 'name') === 'grafana');
  for (const item of items) if (item !== own) noteOtherContainer(builder, item);
  if (own instanceof MapValue) readContainer(builder, own, objects);
  noteOverridden(builder);
  if (own || builder.documents.length > 0)
    noteUnmounted(builder, own ? containerMounts(own) : containerMounts(value), 'volumes and volumeMounts');
}

function noteOtherContainer(builder: FormBuilder, container: Value): void {
  const list = valueAt(container, 'env');
  const name = valueAt(container, 'name');
  if (list?.kind !== 'list' || !name) return;
  if (!list.items.some((item) => textAt(item, 'name')?.startsWith('GF_'))) return;
  builder.note({
    kind: 'form-wrong-place',
    span: name.span,
    severity: 'error',
    message: 'the container with the GF_ variables is not named grafana',
    consequence: 'the operator adds it beside its own container, and Grafana never sees the variables',
    help: 'name it grafana',
  });
}

function iniOf(builder: FormBuilder, config: Field): PlacedText {
  const made = new PlacedText();
  const { value } = config;
  if (value.kind !== 'map') {
    refuse(builder, value, config, 'spec.config is no map of sections', {});
    return made;
  }
  noteRepeated(builder, value);
  const sections = value.fields.flatMap((field) => {
    if (field.value.kind === 'map') return [{ field, map: field.value }];
    if (field.value.kind !== 'scalar' || field.value.value.type !== 'null')
      refuse(builder, field.value, field, `the section ${field.key} is no map`, { section: field.key });
    return [];
  });
  sections.sort(
    (a, b) => Number(b.field.key === 'global') - Number(a.field.key === 'global') || byBytes(a.field.key, b.field.key),
  );
  for (const { field, map } of sections) {
    noteRepeated(builder, map);
    const fields = [...map.fields].sort((a, b) => byBytes(a.key, b.key));
    const kept = fields.filter((one) => !noteOwnPath(builder, field.key, one));
    if (kept.length === 0) continue;
    if (field.key !== 'global') made.add('[').add(field.key, keyPiece(field)).add(']\n');
    for (const one of kept) addLine(builder, made, field.key, one);
  }
  return made;
}

function addLine(builder: FormBuilder, made: PlacedText, section: string, field: Field): void {
  const { key, value } = field;
  if (value.kind !== 'scalar' || value.value.type !== 'string') {
    const nested = value.kind === 'map';
    if (nested)
      builder.note({
        kind: 'form-nested-section',
        span: field.keySpan,
        section,
        option: key,
        severity: 'error',
        stops: 'kubernetes-api',
        message: `${key} is a map inside the section ${section}`,
        consequence: 'Kubernetes refuses the resource: every setting must be a text',
        help: `write the section's whole name as one key: "${section}.${key}:", beside ${section}`,
      });
    else
      refuse(builder, value, field, `${key} of [${section}] is no text: it is ${kindOf(value)}`, {
        section,
        option: key,
      });
    if (value.kind !== 'scalar' || value.value.type === 'null') return;
    made
      .add(key, keyPiece(field))
      .add(' = ')
      .add(scalarText(value) ?? '', { span: value.span })
      .add('\n');
    return;
  }
  const { text } = value.value;
  noteScalar(builder, { section, key, name: key }, value, text);
  if (text.replace(/\n+$/, '').includes('\n')) noteLines(builder, section, field);
  made.add(key, keyPiece(field)).add(' = ').add(text, value.piece).add('\n');
}

function noteLines(builder: FormBuilder, section: string, { key, value }: Field): void {
  builder.note({
    kind: 'form-multi-line',
    span: value.span,
    section,
    option: key,
    severity: 'error',
    message: `${key} of [${section}] has several lines, and the operator writes them into the INI text as they are`,
    consequence:
      'a later line without = stops Grafana ("key-value delimiter not found"), and one with = becomes a setting of its own',
    help: 'write it with >-, which makes one line of it',
  });
}

/** Whether the operator overwrites a key. */
function noteOwnPath(builder: FormBuilder, section: string, { key, value }: Field): boolean {
  if (section !== 'paths' || !OWN_PATHS.has(key)) return false;
  builder.note({
    kind: 'form-overridden',
    span: value.span,
    section,
    option: key,
    severity: 'warning',
    message: `${key} of [paths] is overridden by the operator, which sets its own`,
    consequence: 'what stands here has no effect',
    help: 'remove it',
  });
  return true;
}

function noteRepeated(builder: FormBuilder, map: MapValue): void {
  for (const { key, keySpan, shadowed } of map.fields)
    for (const lost of shadowed)
      builder.note({
        kind: 'form-duplicate',
        span: lost.keySpan,
        severity: 'warning',
        message: `${key} is given again on line ${builder.lines.position(keySpan.start).line}`,
        consequence: 'the last one counts',
        help: 'delete one of them',
      });
}

function refuse(
  builder: FormBuilder,
  value: Value,
  field: Field,
  message: string,
  setting: { readonly section?: string; readonly option?: string },
): void {
  builder.note({
    kind: 'form-type',
    span: value.span.end > value.span.start ? value.span : field.keySpan,
    ...setting,
    severity: 'error',
    stops: 'kubernetes-api',
    message,
    consequence: 'Kubernetes refuses the resource: "… in body must be of type string"',
    help: 'put it in quotes',
    ...quotedFix(value),
  });
}

// ── Up to operator 4 ────────────────────────────────────────────────────────────────────────────────────────────────

/** What the typed resource knows of generic OAuth; everything else is dropped without a word. */
const GENERIC_OAUTH: ReadonlySet<string> = new Set(
  `enabled name allow_sign_up client_id client_secret scopes auth_url token_url use_pkce api_url teams_url team_ids
  team_ids_attribute_path allowed_domains role_attribute_path role_attribute_strict email_attribute_path
  tls_skip_verify_insecure tls_client_cert tls_client_key tls_client_ca`.split(/\s+/),
);
const AUTH: ReadonlySet<string> = new Set(
  `login_cookie_name login_maximum_inactive_lifetime_days login_maximum_inactive_lifetime_duration
  login_maximum_lifetime_days login_maximum_lifetime_duration token_rotation_interval_minutes disable_login_form
  disable_signout_menu sigv4_auth_enabled signout_redirect_url oauth_auto_login`.split(/\s+/),
);
const TYPED: Readonly<Record<string, ReadonlySet<string>>> = { auth: AUTH, 'auth.generic_oauth': GENERIC_OAUTH };

export function readGrafanaV1alpha1(builder: FormBuilder, { value }: KubernetesObject): void {
  const config = valueAt(value, 'spec', 'config');
  const made = new PlacedText();
  if (config?.kind === 'map')
    for (const field of [...config.fields].sort((a, b) => byBytes(a.key, b.key))) {
      if (field.value.kind !== 'map') continue;
      const fields = [...field.value.fields].sort((a, b) => byBytes(a.key, b.key));
      const lines = fields.filter((one) => isWritten(builder, field.key, one));
      if (lines.length === 0) continue;
      made.add('[').add(field.key, keyPiece(field)).add(']\n');
      for (const one of lines) {
        const scalar = one.value as ScalarValue;
        made.add(one.key, keyPiece(one)).add(' = ').add(typedText(scalar), scalar.piece).add('\n');
      }
    }
  builder.document(made);
  const deployment = valueAt(value, 'spec', 'deployment');
  readEnvList(builder, new Environment(builder), fieldAt(deployment, 'env'));
  applyStartScript(builder, true);
  noteOverridden(builder);
}

/** A field of whole numbers keeps its digits. */
function typedText(value: ScalarValue): string {
  return value.value.type === 'integer' ? String(value.value.value) : (scalarText(value) ?? '');
}

function isWritten(builder: FormBuilder, section: string, { key, keySpan, value }: Field): boolean {
  const known = TYPED[section];
  if (known && !known.has(key)) {
    builder.note({
      kind: 'form-unknown-name',
      span: keySpan,
      section,
      option: key,
      severity: 'error',
      message: `the resource of operator 4 has no field ${key} in ${section}`,
      consequence: 'Kubernetes drops it without a word, and Grafana keeps its default',
      help: 'set it by a variable in spec.deployment.env, or upgrade the operator to 5',
    });
    return false;
  }
  if (value.kind !== 'scalar' || value.value.type === 'null') return false;
  const option = known ? findOption(section, key) : undefined;
  const isBoolean = value.value.type === 'boolean';
  const wantsBoolean = option?.type === 'bool';
  if (section === 'auth.generic_oauth' && option && isBoolean !== wantsBoolean) {
    builder.note({
      kind: 'form-type',
      span: value.span,
      section,
      option: key,
      severity: 'error',
      stops: 'kubernetes-api',
      message: `${key} of [${section}] must be ${wantsBoolean ? 'a boolean' : `a text: it is ${kindOf(value)}`}`,
      consequence: 'Kubernetes refuses the resource',
      help: wantsBoolean ? 'write true or false without quotes' : 'put it in quotes',
    });
    return value.text !== '';
  }
  if (section === 'auth.generic_oauth' && value.value.type !== 'string' && !isBoolean)
    refuse(
      builder,
      value,
      { key, keySpan, value, shadowed: [] },
      `${key} of [${section}] is no text: it is ${kindOf(value)}`,
      {
        section,
        option: key,
      },
    );
  return value.text !== '';
}
