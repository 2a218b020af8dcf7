/** The environment the chart gives Grafana. Source: forms, "Helm, Environment". */
import { unknownValue } from '../../document/variable.js';
import { optionOfVariable } from '../../settings/env-option.js';
import { byBytes, printed } from '../go-values.js';
import { Environment, sourceOf } from '../kubernetes/environment.js';
import { noteList, noteScalar, type Target } from '../value-notes.js';
import { type Field, fieldAt, isNull, isTruthy, keyPiece, type MapValue, type Value } from '../values.js';
import { type HelmContext, type TextWithPlace, templated } from './context.js';
import { noteDuplicates } from './ini.js';
import { renderTemplate } from './template.js';

/** Adds the variables, weakest first. */
export function readChartEnvironment(context: HelmContext): void {
  const { builder, values } = context;
  const environment = new Environment(builder);
  for (const field of mapOf(context, 'envRenderSecret')) {
    const name = nameOf(context, field);
    const { text, piece } = readValue(context, field, name);
    environment.add({ name, value: text, nameSpan: field.keySpan, piece });
  }
  for (const field of mapOf(context, 'envValueFrom')) {
    const rendered = (text: string) => renderTemplate(text, context.templates).text;
    environment.add({
      name: nameOf(context, field),
      value: unknownValue(sourceOf(field.value, rendered)),
      nameSpan: field.keySpan,
      piece: { span: field.value.span },
    });
  }
  for (const field of mapOf(context, 'env')) {
    const name = nameOf(context, field);
    const { text, piece } = readValue(context, field, name);
    environment.addExpanded({ name, value: text, nameSpan: field.keySpan, piece });
  }
  for (const key of ['envFromSecret', 'envFromSecrets', 'envFromConfigMaps']) {
    const field = values.field(key);
    if (!field || !isTruthy(field.value)) continue;
    builder.unread.push(key);
    noteUnreadLists(context, field);
  }
}

/** Entries of a map of the values, in the order Go walks through them. */
function mapOf(context: HelmContext, name: string): Field[] {
  const { builder, values } = context;
  const field = values.field(name);
  if (!field || isNull(field.value)) return [];
  const { value } = field;
  if (value.kind !== 'map') {
    if (value.kind === 'scalar' && !isTruthy(value)) return [];
    builder.note({
      kind: 'form-type',
      span: field.keySpan,
      severity: 'error',
      stops: 'render',
      message: `${name} of this chart is a map of names and values, and not ${value.kind === 'list' ? 'a list' : 'a text'}`,
      consequence: 'helm gives up',
      help: `write each variable as GF_…: "…" below ${name}`,
    });
    return [];
  }
  noteDuplicates(context, value, name);
  return [...value.fields].sort((a, b) => byBytes(a.key, b.key));
}

function noteUnreadLists({ builder, chart }: HelmContext, field: Field): void {
  if (field.key === 'envFromSecret' || chart.envFromLists) return;
  builder.note({
    kind: 'form-wrong-place',
    span: field.keySpan,
    severity: 'warning',
    message: `${field.key} is not known to chart ${chart.version}`,
    consequence: 'its variables never reach Grafana',
    help: 'upgrade the chart to 6.16.5 or newer, or use envFromSecret',
  });
}

function nameOf(context: HelmContext, field: Field): string {
  return renderTemplate(field.key, context.templates).text;
}

function readValue(context: HelmContext, field: Field, name: string): TextWithPlace {
  const { builder } = context;
  const { value } = field;
  const option = optionOfVariable(name);
  const target: Target = { section: option?.section ?? '', key: option?.key ?? name, name };
  const setting = option ? { section: option.section, option: option.key } : {};
  if (isNull(value)) {
    builder.note({
      kind: 'form-null',
      span: value.span.end > value.span.start ? value.span : field.keySpan,
      ...setting,
      severity: 'error',
      message: `${name} has no value, and reaches Grafana as the text "<nil>"`,
      consequence: `Grafana takes "<nil>" for ${option ? `${option.key} of [${option.section}]` : 'its value'}`,
      help: 'write "" for an empty value, or remove the line',
    });
    return { text: '<nil>', piece: keyPieceOnly(field) };
  }
  if (value.kind === 'scalar') {
    const text = printed(value);
    noteScalar(builder, target, value, text);
    if (value.value.type !== 'string') return { text, piece: value.piece };
    return templated(context, { text, piece: value.piece, span: value.span }, name, setting);
  }
  if (value.kind === 'list') noteList(builder, target, value, 'go');
  else noteMap(context, target, value);
  return { text: printed(value), piece: { span: value.span } };
}

function keyPieceOnly(field: Field) {
  return { span: keyPiece(field).span };
}

function noteMap({ builder }: HelmContext, target: Target, value: Value): void {
  builder.note({
    kind: 'form-type',
    span: value.span,
    ...(target.section === '' ? {} : { section: target.section, option: target.key }),
    severity: 'error',
    message: `${target.name} is a map, and reaches Grafana as the text "map[…]"`,
    consequence: 'Grafana cannot read it',
    help: 'write a text; what comes from a Secret stands below envValueFrom',
  });
}

/** Settings the chart itself sets by variables, so that those of the file never count. */
export function noteChartOwned({ builder, values }: HelmContext, ini: MapValue): void {
  const own = new Set(builder.variables.map((variable) => variable.name));
  if (own.has('GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION')) return;
  for (const [key, variable, value] of [
    ['admin_user', 'GF_SECURITY_ADMIN_USER', 'adminUser'],
    ['admin_password', 'GF_SECURITY_ADMIN_PASSWORD', 'adminPassword'],
  ] as const) {
    const field = fieldAt(ini, 'security', key);
    if (!field || isNull(field.value) || own.has(variable) || own.has(`${variable}__FILE`)) continue;
    const secret = fieldAt(values, 'admin', 'existingSecret');
    builder.note({
      kind: 'form-overridden',
      span: field.value.span,
      section: 'security',
      option: key,
      severity: 'warning',
      message: `${key} of [security] is overridden by ${variable}, which the chart sets itself from ${
        secret && isTruthy(secret.value) ? 'the Secret of admin.existingSecret' : 'its Secret'
      }`,
      consequence: 'what stands here has no effect',
      help: `set ${value}, or admin.existingSecret`,
    });
  }
}
