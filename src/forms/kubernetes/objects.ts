/** Kubernetes objects of a file: one after the other, or in a list. */
import type { YamlNode } from '../../document/yaml.js';
import { MapValue, type Placing, textAt, toValue } from '../values.js';

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly value: MapValue;
}

/** The objects among the documents of a file, with those that lists hold. */
export function objectsOf(roots: readonly YamlNode[], placing: Placing): KubernetesObject[] {
  return roots.flatMap((root) => objectOf(toValue(root, placing, 'go-yaml-v2')));
}

function objectOf(value: unknown, depth = 0): KubernetesObject[] {
  if (!(value instanceof MapValue) || depth > 3) return [];
  const apiVersion = textAt(value, 'apiVersion');
  const kind = textAt(value, 'kind');
  if (apiVersion === undefined || kind === undefined) return [];
  const items = value.get('items');
  if (kind.endsWith('List') && items?.kind === 'list') return items.items.flatMap((item) => objectOf(item, depth + 1));
  return [{ apiVersion, kind, name: textAt(value, 'metadata', 'name') ?? '', value }];
}
