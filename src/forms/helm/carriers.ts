/** Resources that carry the values of a chart: HelmRelease of Flux, Application of Argo CD. Source: forms, "Detection". */
import { parseYaml } from '../../document/yaml.js';
import type { FormBuilder } from '../builder.js';
import type { KubernetesObject } from '../kubernetes/objects.js';
import { insideScalar, MapValue, textAt, toValue, type Value, valueAt, wholeFile } from '../values.js';
import { overlay, readPath, type Setting, setValue } from './set.js';
import { chartNamed, type Release } from './values-file.js';

/** The installs of charts an object asks for. */
export function releasesOf(builder: FormBuilder, { apiVersion, kind, name, value }: KubernetesObject): Release[] {
  if (kind === 'HelmRelease' && apiVersion.includes('fluxcd.io')) return helmRelease(name, value);
  if (kind === 'Application' && apiVersion.startsWith('argoproj.io/'))
    return application(builder, name, valueAt(value, 'spec'));
  if (kind === 'ApplicationSet' && apiVersion.startsWith('argoproj.io/'))
    return application(builder, name, valueAt(value, 'spec', 'template', 'spec'));
  return [];
}

function helmRelease(name: string, value: MapValue): Release[] {
  const values = valueAt(value, 'spec', 'values');
  if (!(values instanceof MapValue)) return [];
  const chart = valueAt(value, 'spec', 'chart', 'spec');
  return [
    release(
      values,
      textAt(chart, 'chart'),
      textAt(chart, 'version'),
      textAt(chart, 'sourceRef', 'name'),
      textAt(value, 'spec', 'releaseName') ?? name,
    ),
  ];
}

function release(
  values: MapValue,
  chart: string | undefined,
  version: string | undefined,
  repository: string | undefined,
  name: string | undefined,
): Release {
  const known = chartNamed(chart, repository);
  return {
    values,
    ...(known === undefined ? {} : { chart: known }),
    // The version of a chart around it says nothing about the chart of Grafana.
    ...(known === 'grafana' && version !== undefined ? { chartVersion: version } : {}),
    ...(name === undefined || name === '' ? {} : { release: name }),
  };
}

function application(builder: FormBuilder, name: string, spec: Value | undefined): Release[] {
  const sources = valueAt(spec, 'sources');
  const all = [...(sources?.kind === 'list' ? sources.items : []), valueAt(spec, 'source')];
  return all.flatMap((source) => {
    const helm = valueAt(source, 'helm');
    if (helm?.kind !== 'map') return [];
    const settings = parameters(helm);
    const values = valuesOf(builder, helm) ?? (settings.length > 0 ? new MapValue(helm.span, () => []) : undefined);
    if (!values) return [];
    const one = release(
      settings.reduce((map, { path, value, span }) => overlay(map, path, value, span ?? value.span), values),
      textAt(source, 'chart'),
      textAt(source, 'targetRevision'),
      textAt(source, 'repoURL'),
      textAt(helm, 'releaseName') ?? name,
    );
    return [one];
  });
}

/** `valuesObject` wins over the text of `values`. */
function valuesOf(builder: FormBuilder, helm: MapValue): MapValue | undefined {
  const object = helm.get('valuesObject');
  if (object instanceof MapValue) return object;
  const text = helm.get('values');
  if (text?.kind !== 'scalar' || !text.node || text.text.trim() === '') return undefined;
  const placing = insideScalar(text.node, wholeFile(builder.file.text));
  const inner = parseYaml({ ...builder.file, text: text.text }, { uniqueKeys: false });
  const problem = inner.problems.find(({ fatal }) => fatal);
  if (problem) {
    builder.note({
      kind: 'form-refused',
      span: placing.outer(problem.span),
      severity: 'error',
      stops: 'values',
      message: `the values are no YAML: ${problem.message.split('\n')[0]}`,
      consequence: 'helm cannot read them',
      help: 'texts that begin with [ { & * ! | > % @ or a quote, or hold ": " or " #", need quotes around all of them',
    });
    return undefined;
  }
  const [root] = inner.roots;
  const value = root && toValue(root, placing, 'go-yaml-v2');
  return value instanceof MapValue ? value : undefined;
}

function parameters(helm: MapValue): Setting[] {
  const list = helm.get('parameters');
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item) => {
    const name = textAt(item, 'name');
    const value = valueAt(item, 'value');
    if (name === undefined || value?.kind !== 'scalar') return [];
    const force = valueAt(item, 'forceString');
    const isText = force?.kind === 'scalar' && force.value.type === 'boolean' && force.value.value;
    return [{ path: readPath(name), value: setValue(value.text, value.span, isText), span: value.span }];
  });
}
