/** Pods that run Grafana, by themselves or in a Deployment and its kin. Source: forms, "env/envFrom". */
import { unknownValue } from '../../document/variable.js';
import type { FormBuilder, NewVariable } from '../builder.js';
import { ownMounts } from '../helm/mounts.js';
import { type MapValue, textAt, type Value, valueAt } from '../values.js';
import { type ConfigObject, variablesOf } from './config-objects.js';
import { Environment, readEnvList } from './environment.js';
import type { KubernetesObject } from './objects.js';
import { applyStartScript } from './start-script.js';

const POD_AT: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};
const TEMPLATE = ['spec', 'template', 'spec'];
const WORKLOADS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Pod',
];

/** A container that runs Grafana, with the pod it stands in. */
export interface Workload {
  readonly name: string;
  readonly pod: Value;
  readonly container: MapValue;
}

export function workloadsOf(objects: readonly KubernetesObject[]): Workload[] {
  return objects.flatMap(({ kind, name, value }) => {
    if (!WORKLOADS.includes(kind)) return [];
    const pod = valueAt(value, ...(POD_AT[kind] ?? TEMPLATE));
    const container = pod && grafanaContainer(pod);
    return pod && container ? [{ name, pod, container }] : [];
  });
}

function grafanaContainer(pod: Value): MapValue | undefined {
  const containers = valueAt(pod, 'containers');
  if (containers?.kind !== 'list') return undefined;
  const maps = containers.items.flatMap((item) => (item.kind === 'map' ? [item] : []));
  return maps.find(runsGrafana) ?? maps.find(hasGrafanaVariables);
}

function runsGrafana(container: MapValue): boolean {
  const image = textAt(container, 'image') ?? '';
  return /(?:^|\/)grafana(?:-oss|-enterprise|-dev)?(?:[:@]|$)/.test(image);
}

function hasGrafanaVariables(container: MapValue): boolean {
  const list = container.get('env');
  return list?.kind === 'list' && list.items.some((item) => textAt(item, 'name')?.startsWith('GF_'));
}

/** Objects of the same file, by kind and name. */
export type ConfigObjects = readonly ConfigObject[];

/** Adds the environment of a container. */
export function readContainer(builder: FormBuilder, container: MapValue, objects: ConfigObjects): void {
  const environment = new Environment(builder);
  readEnvFrom(builder, container, objects, environment);
  readEnvList(builder, environment, container.field('env'), {
    find: (kind, name, key) => findEntry(objects, kind === 'secretKeyRef' ? 'Secret' : 'ConfigMap', name, key),
  });
  const image = textAt(container, 'image') ?? '';
  if (!/bitnami/.test(image)) applyStartScript(builder, container.get('command') === undefined);
}

function readEnvFrom(
  builder: FormBuilder,
  container: MapValue,
  objects: ConfigObjects,
  environment: Environment,
): void {
  const list = container.get('envFrom');
  if (list?.kind !== 'list') return;
  for (const item of list.items) {
    const prefix = textAt(item, 'prefix') ?? '';
    for (const [ref, kind] of [
      ['configMapRef', 'ConfigMap'],
      ['secretRef', 'Secret'],
    ] as const) {
      const name = textAt(item, ref, 'name');
      const found =
        name === undefined ? undefined : objects.find((one) => one.object.kind === kind && one.name === name);
      if (name !== undefined && !found) builder.unread.push(`${kind} ${name}`);
      for (const variable of found ? variablesOf(found, prefix) : []) environment.add(variable);
    }
  }
}

function findEntry(objects: ConfigObjects, kind: string, name: string, key: string): NewVariable | undefined {
  const object = objects.find((one) => one.object.kind === kind && one.name === name);
  if (!object) return undefined;
  const entry = object.entry(key);
  const source = `${kind} ${name}/${key}`;
  if (!entry) return undefined;
  const { text, field, piece } = entry;
  return { name: source, value: text === '' ? unknownValue(source) : text, nameSpan: field.keySpan, piece };
}

/** Names of the ConfigMaps and Secrets that a pod mounts. */
export function mountedObjects(pod: Value): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (value: Value | undefined, depth: number) => {
    if (!value || depth > 6) return;
    if (value.kind === 'list') for (const item of value.items) visit(item, depth + 1);
    if (value.kind !== 'map') return;
    for (const { key, value: inner } of value.fields) {
      const name =
        key === 'configMap'
          ? textAt(inner, 'name')
          : key === 'secret'
            ? (textAt(inner, 'secretName') ?? textAt(inner, 'name'))
            : undefined;
      if (name !== undefined) names.add(`${key === 'secret' ? 'Secret' : 'ConfigMap'}/${name}`);
      visit(inner, depth + 1);
    }
  };
  visit(valueAt(pod, 'volumes'), 0);
  return names;
}

/** Where something is mounted in a container. */
export function containerMounts(container: Value): readonly string[] {
  const mounts = valueAt(container, 'volumeMounts');
  if (mounts?.kind !== 'list') return ownMounts();
  return [...ownMounts(), ...mounts.items.flatMap((item) => textAt(item, 'mountPath') ?? [])];
}
