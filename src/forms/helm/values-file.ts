/** Values of the Grafana chart, of charts that contain it, and of Bitnami's chart. Sources: forms, sections 1 and 2. */
import type { FormBuilder } from '../builder.js';
import { applyStartScript } from '../kubernetes/start-script.js';
import { noteOverridden } from '../overridden.js';
import type { FormFacts, FormId } from '../types.js';
import { type Field, fieldAt, isTruthy, MapValue, valueAt } from '../values.js';
import { readBitnami } from './bitnami.js';
import { CHART_VALUES, chartProfile } from './chart.js';
import type { HelmContext } from './context.js';
import { noteChartOwned, readChartEnvironment } from './env.js';
import { readGrafanaIni } from './ini.js';
import { chartMounts, noteUnmounted } from './mounts.js';
import { checkSecrets } from './secrets.js';
import { overlay, readSetArgument, setValue } from './set.js';

/** Values as one install of a chart gets them. */
export interface Release {
  readonly values: MapValue;
  /** Which chart they are for, where the file says it. */
  readonly chart?: 'grafana' | 'bitnami' | 'umbrella';
  readonly chartVersion?: string;
  readonly release?: string;
}

const INI = 'grafana.ini';
const ENVIRONMENT = ['env', 'envValueFrom', 'envRenderSecret', 'envFromSecret', 'envFromSecrets', 'envFromConfigMaps'];
/** Keys that only the stack of Prometheus has at its top. */
const STACK_KEYS = [
  'prometheus',
  'alertmanager',
  'prometheusOperator',
  'kube-state-metrics',
  'kubeStateMetrics',
  'defaultRules',
];
const MAX_DEPTH = 12;

/** The values of one Grafana chart, and how its place among the values is called. */
export interface Root {
  readonly name: string;
  readonly root: MapValue;
}

/** Finds the charts of Grafana among values, and notes settings where none of them looks. */
export function rootsOf(builder: FormBuilder, form: FormId, facts: FormFacts, release: Release): Root[] {
  const values = valuesOf(release, facts);
  const chart = release.chart ?? chartOf(form);
  if (chart === 'bitnami') return [{ name: '', root: values }];
  return chart === 'umbrella' ? below(builder, values) : anywhere(builder, values);
}

/** Reads the values of a chart into the builder. */
export function readRelease(
  builder: FormBuilder,
  form: FormId,
  facts: FormFacts,
  release: Release,
  root: MapValue,
): void {
  if ((release.chart ?? chartOf(form)) === 'bitnami') readBitnami(builder, root, facts);
  else readChart(builder, facts, release, root);
}

function valuesOf({ values }: Release, { set = [] }: FormFacts): MapValue {
  const given = set.flatMap((argument) =>
    readSetArgument(argument).map(({ path, text }) => ({ path, value: setValue(text, values.span) })),
  );
  return given.reduce((map, { path, value }) => overlay(map, path, value, placeOf(values, path)), values);
}

function chartOf(form: FormId): Release['chart'] {
  if (form === 'helm-bitnami-values') return 'bitnami';
  return form === 'helm-kps-values' ? 'umbrella' : undefined;
}

/** The nearest key of the file that a value given beside it belongs to. */
function placeOf(values: MapValue, path: readonly string[]): { start: number; end: number } {
  for (let length = path.length; length > 0; length--) {
    const field = fieldAt(values, ...path.slice(0, length));
    if (field) return field.keySpan;
  }
  return { start: values.span.start, end: values.span.start };
}

/** The chart's values at the top, else wherever they stand, else sections of the INI alone. */
function anywhere(builder: FormBuilder, values: MapValue): Root[] {
  const top = values.field(INI);
  const nested = findRoots(values, top ? [''] : []).filter(({ root }) => root !== values);
  if (top && nested.length > 0 && STACK_KEYS.some((key) => values.field(key))) {
    noteTop(builder, top);
    return nested;
  }
  if (top || ENVIRONMENT.some((key) => values.field(key))) return [{ name: '', root: values }];
  if (nested.length > 0) return nested;
  const fragment = fragmentOf(builder, values);
  return fragment ? [{ name: '', root: fragment }] : [];
}

/** The values of a chart that contains this one: one level down or more. */
function below(builder: FormBuilder, values: MapValue): Root[] {
  const top = values.field(INI);
  if (top) noteTop(builder, top);
  for (const key of ENVIRONMENT) {
    const field = values.field(key);
    if (field?.value.kind === 'map' && field.value.fields.some((one) => one.key.startsWith('GF_')))
      noteTop(builder, field);
  }
  const split = fieldAt(values, 'grafana', 'grafana', 'ini');
  if (split)
    builder.note({
      kind: 'form-wrong-place',
      span: split.keySpan,
      severity: 'error',
      message: 'grafana.ini is one key with a dot in it, not ini inside grafana',
      consequence: 'the chart ignores these settings without a word',
      help: 'write grafana: with "grafana.ini:" below it',
    });
  const roots = findRoots(values, ['']).filter(({ root }) => root !== values);
  const grafana = valueAt(values, 'grafana');
  if (grafana?.kind !== 'map' || roots.some(({ root }) => root === grafana)) return roots;
  noteMisplacedSections(builder, grafana);
  return ENVIRONMENT.some((key) => grafana.field(key)) ? [...roots, { name: 'grafana', root: grafana }] : roots;
}

function noteTop(builder: FormBuilder, field: Field): void {
  builder.note({
    kind: 'form-wrong-place',
    span: field.keySpan,
    severity: 'error',
    message: `${field.key} stands at the top of the values of a chart that contains Grafana's`,
    consequence: 'the chart ignores it without a word, and Grafana runs with its defaults',
    help: `move it below "grafana:" (or the name the chart gives it), one indentation deeper`,
  });
}

function noteMisplacedSections(builder: FormBuilder, grafana: MapValue): void {
  for (const field of grafana.fields)
    if (isSection(field))
      builder.note({
        kind: 'form-wrong-place',
        span: field.keySpan,
        section: field.key,
        severity: 'error',
        message: `the section ${field.key} stands beside grafana.ini, not in it`,
        consequence: 'the chart ignores it without a word',
        help: 'put it below "grafana.ini:"',
      });
}

function isSection({ key, value }: Field): boolean {
  return value.kind === 'map' && /^auth\.[\w-]+$/.test(key);
}

/** A part of a values file: sections of the INI without the key above them. */
function fragmentOf(builder: FormBuilder, values: MapValue): MapValue | undefined {
  const first = values.fields.find(isSection);
  if (!first) return undefined;
  builder.note({
    kind: 'form-wrong-place',
    span: first.keySpan,
    section: first.key,
    severity: 'info',
    message: 'these sections are read as if they stood below "grafana.ini:"',
    consequence: 'in a values file of its own the chart would ignore them',
    help: 'put "grafana.ini:" above them where this is a whole values file',
  });
  const field: Field = {
    key: INI,
    keySpan: { start: first.keySpan.start, end: first.keySpan.start },
    value: new MapValue(values.span, () => values.fields.filter((one) => one.value.kind === 'map')),
    shadowed: [],
  };
  return new MapValue(values.span, () => [field, { key: 'assertNoLeakedSecrets', ...off(first) }]);
}

/** Whether the check is on is said elsewhere. */
function off({ keySpan }: Field): Omit<Field, 'key'> {
  return {
    keySpan,
    value: {
      kind: 'scalar',
      span: keySpan,
      text: '',
      style: 'plain',
      value: { type: 'null' },
      piece: { span: keySpan },
    },
    shadowed: [],
  };
}

/**
 * The maps that have a key `grafana.ini`, outermost first.
 * @param skipped names whose maps are looked into although they have the key
 */
function findRoots(values: MapValue, skipped: readonly string[] = [], path: readonly string[] = []): Root[] {
  const name = path.join('.');
  if (values.field(INI) && !skipped.includes(name)) return [{ name, root: values }];
  if (path.length > MAX_DEPTH) return [];
  return values.fields.flatMap(({ key, value }) =>
    value.kind === 'map' && key !== INI ? findRoots(value, skipped, [...path, key]) : [],
  );
}

function readChart(builder: FormBuilder, facts: FormFacts, release: Release, root: MapValue): void {
  const global = release.values.field('global');
  const values = global && !root.field('global') ? new MapValue(root.span, () => [...root.fields, global]) : root;
  const context: HelmContext = {
    builder,
    facts,
    chart: chartProfile(facts.chartVersion ?? release.chartVersion),
    values,
    templates: { values, chartValues: CHART_VALUES, release: facts.release ?? release.release },
  };
  noteMisplacedSections(builder, root);
  const field = values.field(INI);
  if (field) {
    readGrafanaIni(context, field);
    if (field.value.kind === 'map') checkSecrets(context, field.value);
  }
  readChartEnvironment(context);
  if (field?.value.kind === 'map') noteChartOwned(context, field.value);
  applyStartScript(builder, !isTruthy(values.get('command')));
  noteOverridden(builder);
  noteUnmounted(builder, chartMounts(values), 'extraSecretMounts');
}

/** Name and version of the chart of a carrier. */
export function chartNamed(name: string | undefined, repository: string | undefined): Release['chart'] {
  if (name === undefined) return undefined;
  if (name !== 'grafana') return 'umbrella';
  return repository !== undefined && /bitnami/i.test(repository) ? 'bitnami' : 'grafana';
}
