/** Files of YAML that hold Kubernetes objects, Helm values, or both: one reader for all their forms. */
import { parseYaml, type YamlDocument } from '../../document/yaml.js';
import type { SourceFile } from '../../text/source.js';
import { FormBuilder } from '../builder.js';
import { releasesOf } from '../helm/carriers.js';
import { noteUnmounted } from '../helm/mounts.js';
import { readRelease, rootsOf } from '../helm/values-file.js';
import { noteOverridden } from '../overridden.js';
import type { FormFacts, FormId, FormReading } from '../types.js';
import { MapValue, type Placing, textAt, toValue, wholeFile } from '../values.js';
import { addInis, ConfigObject, variablesOf } from './config-objects.js';
import { type KubernetesObject, objectsOf } from './objects.js';
import { readGrafanaV1alpha1, readGrafanaV1beta1 } from './operator.js';
import { containerMounts, mountedObjects, readContainer, type Workload, workloadsOf } from './workloads.js';

/** One Grafana of the file. */
interface Instance {
  readonly name: string;
  read(): void;
}

/** Never throws. */
export function readYamlForm(file: SourceFile, facts: FormFacts): FormReading {
  const form = file.form as FormId;
  const builder = new FormBuilder(file, form);
  const yaml = parseYaml(file, { uniqueKeys: false });
  if (noteProblems(builder, yaml)) return builder.reading();
  builder.container = true;
  const placing = wholeFile(file.text);
  const instances = named([
    ...objectInstances(builder, facts, form, objectsOf(yaml.roots, placing)),
    ...valuesInstances(builder, facts, form, yaml, placing),
  ]);
  const chosen = instances.find(({ name }) => name === facts.instance) ?? instances[0];
  if (!chosen) return builder.reading();
  chosen.read();
  builder.instances = [chosen, ...instances.filter((one) => one !== chosen)].map(({ name }) => name);
  return builder.reading();
}

/** Names tell instances apart. */
function named(instances: readonly Instance[]): Instance[] {
  const seen = new Map<string, number>();
  return instances.map((instance) => {
    const name = instance.name === '' ? 'grafana' : instance.name;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { name: count === 1 ? name : `${name} (${count})`, read: () => instance.read() };
  });
}

function valuesInstances(
  builder: FormBuilder,
  facts: FormFacts,
  form: FormId,
  yaml: YamlDocument,
  placing: Placing,
): Instance[] {
  return yaml.roots.flatMap((root): Instance[] => {
    const values = toValue(root, placing, 'go-yaml-v2');
    if (!(values instanceof MapValue)) return [];
    if (textAt(values, 'apiVersion') !== undefined && textAt(values, 'kind') !== undefined) return [];
    const release = { values };
    return rootsOf(builder, form, facts, release).map(({ name, root: one }) => ({
      name,
      read: () => readRelease(builder, form, facts, release, one),
    }));
  });
}

function objectInstances(
  builder: FormBuilder,
  facts: FormFacts,
  form: FormId,
  objects: readonly KubernetesObject[],
): Instance[] {
  if (objects.length === 0) return [];
  const configs = objects
    .filter(({ apiVersion, kind }) => apiVersion === 'v1' && (kind === 'ConfigMap' || kind === 'Secret'))
    .map((object) => new ConfigObject(builder, object));
  const instances: Instance[] = [];
  for (const object of objects) {
    if (object.kind === 'Grafana' && object.apiVersion.startsWith('grafana.integreatly.org/'))
      instances.push({ name: object.name, read: () => readGrafanaV1beta1(builder, object, configs) });
    else if (object.kind === 'Grafana' && object.apiVersion.startsWith('integreatly.org/'))
      instances.push({ name: object.name, read: () => readGrafanaV1alpha1(builder, object) });
    for (const release of releasesOf(builder, object))
      for (const { name, root } of rootsOf(builder, form, facts, release))
        instances.push({
          name: [object.name, ...(name === '' ? [] : [name])].join('/'),
          read: () => readRelease(builder, form, facts, release, root),
        });
  }
  const workloads = workloadsOf(objects);
  if (workloads.length > 0) return [...instances, ...workloadInstances(builder, workloads, configs)];
  return instances.length > 0 ? instances : configInstances(builder, configs);
}

/** Each pod with the INI texts it mounts; texts that no pod of the file mounts belong to the first. */
function workloadInstances(
  builder: FormBuilder,
  workloads: readonly Workload[],
  configs: readonly ConfigObject[],
): Instance[] {
  const key = ({ object, name }: ConfigObject) => `${object.kind}/${name}`;
  const mounted = workloads.map(({ pod }) => mountedObjects(pod));
  return workloads.map(({ name, container }, index) => ({
    name,
    read: () => {
      for (const config of configs) {
        const isMounted = mounted[index]!.has(key(config));
        const isOrphan = index === 0 && !mounted.some((names) => names.has(key(config)));
        if (isMounted || isOrphan) addInis(builder, config);
      }
      readContainer(builder, container, configs);
      noteOverridden(builder);
      noteUnmounted(builder, containerMounts(container), 'volumes and volumeMounts');
    },
  }));
}

/** Without a pod: each INI text is one Grafana, and variables are for all of them. */
function configInstances(builder: FormBuilder, configs: readonly ConfigObject[]): Instance[] {
  const withIni = configs.filter((config) => config.inis.length > 0);
  const rest = configs.filter((config) => config.variables.length > 0);
  const addVariables = () => {
    for (const config of rest) for (const variable of variablesOf(config)) builder.variable(variable);
    noteOverridden(builder);
  };
  if (withIni.length === 0) return rest.length === 0 ? [] : [{ name: rest[0]!.name, read: addVariables }];
  return withIni.map((config) => ({
    name: config.name,
    read: () => {
      addInis(builder, config);
      addVariables();
    },
  }));
}

const CHART_TEMPLATE = /^\s*\{\{-?\s*(?:if|range|with|include|define|end|toYaml|template|\$|\/\*)/m;

/** Whether the text is no YAML at all. */
function noteProblems(builder: FormBuilder, yaml: YamlDocument): boolean {
  const problem = yaml.problems.find(({ fatal }) => fatal);
  if (!problem) return false;
  const isHelm = builder.form.startsWith('helm');
  if (CHART_TEMPLATE.test(builder.file.text)) {
    const at = builder.file.text.indexOf('{{');
    builder.note({
      kind: 'form-template',
      span: { start: at, end: at + 2 },
      severity: 'info',
      message: 'this is a template of a chart, not a values file',
      consequence: 'what it becomes depends on the values, so nothing in it is checked',
      help: 'check the values file, or what "helm template" prints',
    });
    return true;
  }
  builder.note({
    kind: 'form-refused',
    span: problem.span,
    severity: 'error',
    stops: isHelm ? 'values' : 'kubernetes-api',
    message: `this is no YAML: ${firstLine(problem.message)}`,
    consequence: isHelm ? 'helm cannot read the values file' : 'kubectl cannot read the file',
    help: 'texts that begin with [ { & * ! | > % @ or a quote, or hold ": " or " #", need quotes around all of them',
  });
  return true;
}

function firstLine(message: string): string {
  const line = message.split('\n')[0]!.replace(/\.$/, '');
  return /^[A-Z][a-z]/.test(line) ? line[0]!.toLowerCase() + line.slice(1) : line;
}
