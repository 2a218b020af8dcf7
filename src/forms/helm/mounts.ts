/** Files that settings name with `$__file{…}` or `__FILE`, and what is mounted where. Source: forms, "Helm, Environment". */

import { PlacedDocument } from '../../document/placed-ini.js';
import type { Span } from '../../text/source.js';
import type { FormBuilder } from '../builder.js';
import { isTruthy, textAt, type Value, valueAt } from '../values.js';

/** Folders the image and the chart have by themselves. */
const OWN = [
  '/var/lib/grafana',
  '/etc/grafana',
  '/usr/share/grafana',
  '/tmp',
  '/etc/ssl',
  '/dev',
  '/proc',
  '/etc/hostname',
];
/** What Kubernetes mounts into every container with a service account. */
const SERVICE_ACCOUNT = ['/var/run/secrets/kubernetes.io', '/run/secrets/kubernetes.io'];

const FILE = /\$__file\{([^}]*)\}/g;

/** Folders that need no mount of one's own. */
export function ownMounts(): readonly string[] {
  return [...OWN, ...SERVICE_ACCOUNT];
}

/** Mount paths of the chart's lists; undefined where one of them cannot be told. */
export function chartMounts(values: Value): readonly string[] | undefined {
  const found = [...ownMounts()];
  for (const name of [
    'extraSecretMounts',
    'extraConfigmapMounts',
    'extraVolumeMounts',
    'extraEmptyDirMounts',
    'extraContainerVolumes',
  ]) {
    const list = valueAt(values, name);
    if (!list || (list.kind === 'scalar' && list.value.type === 'null')) continue;
    if (list.kind !== 'list') return undefined;
    for (const item of list.items) {
      const path = textAt(item, 'mountPath');
      if (path === undefined) continue;
      if (path.includes('{{')) return undefined;
      found.push(path);
    }
  }
  const annotations = valueAt(values, 'podAnnotations');
  // An agent that is injected by annotations mounts what no list of the values names.
  if (annotations?.kind === 'map' && annotations.fields.some(({ key }) => /inject/.test(key))) return undefined;
  if (annotations && annotations.kind !== 'map' && isTruthy(annotations)) return undefined;
  return found;
}

/** Notes files that lie below nothing that is mounted. */
export function noteUnmounted(builder: FormBuilder, mounts: readonly string[] | undefined, where: string): void {
  if (!mounts) return;
  for (const document of builder.documents) {
    if (!(document instanceof PlacedDocument)) continue;
    for (const { name, entries } of document.sections)
      for (const { key, value, valueSpan } of entries)
        for (const path of filesOf(value))
          if (!isMounted(path, mounts))
            note(builder, path, document.place(valueSpan), where, { section: name, option: key });
  }
  for (const variable of builder.variables) {
    const named = filesOf(variable.value);
    for (const path of named) {
      if (path === '' || isMounted(path, mounts) || variable.unknown) continue;
      note(builder, path, builder.spanOf(variable), where, {});
    }
  }
}

function filesOf(value: string): string[] {
  // The start script's `__FILE` has become the content of a file by now.
  const named = /^\$__from\{file (.*)\}$/.exec(value);
  if (named) return [named[1]!];
  return value.includes('$__file{') ? [...value.matchAll(FILE)].map((match) => match[1]!) : [];
}

function isMounted(path: string, mounts: readonly string[]): boolean {
  if (!path.startsWith('/') || /[{$]/.test(path)) return true;
  return mounts.some((mount) => path === mount || path.startsWith(mount.endsWith('/') ? mount : `${mount}/`));
}

function note(
  builder: FormBuilder,
  path: string,
  span: Span,
  where: string,
  setting: { readonly section?: string; readonly option?: string },
): void {
  builder.note({
    kind: 'form-unmounted-file',
    span,
    ...setting,
    severity: 'warning',
    message: `nothing in this file mounts ${path}`,
    consequence: 'unless another file does, Grafana does not start: it cannot read the file',
    help: `mount the Secret with ${where}, so that its mountPath is a folder above the file`,
  });
}
