/** What a Compose service finds in its file system: configuration files, secrets. */
import { parseIni } from '../document/ini.js';
import { PlacedText } from '../document/placed-ini.js';
import type { IniDocument } from '../document/types.js';
import { nodeAt, type YamlNode } from '../document/yaml.js';
import type { ComposeProject, ComposeService } from './compose-project.js';
import { besideFile, readTextFile } from './files.js';
import { interpolate, type Lookup } from './interpolate.js';
import { scalarText } from './scalar-text.js';
import type { FormFacts } from './types.js';
import { rewriteScalar } from './yaml-piece.js';

interface Mount {
  /** Path in the container. */
  readonly target: string;
  /** Path on the machine, of a bind mount. */
  readonly source?: string;
  /** Name under the top-level `configs:`. */
  readonly config?: string;
}

/**
 * INI texts Grafana reads in the container: a config with its content in the file, or a file of the folder that is mounted there.
 * @param path where Grafana looks for its configuration
 */
export async function iniCarriers(
  project: ComposeProject,
  service: ComposeService,
  lookup: Lookup,
  facts: FormFacts,
  path: string,
): Promise<readonly IniDocument[]> {
  const found: IniDocument[] = [];
  for (const { mount, from } of mountsOf(service, lookup)) {
    const { file, lines, root } = from.origin;
    if (mount.config !== undefined && mount.target === path) {
      const content = nodeAt(root, 'configs', mount.config, 'content');
      if (content?.kind === 'scalar') {
        const written = scalarText(content, file.text).text;
        const { value, taken } = interpolate(written, lookup);
        const rewrite = (text: string) => rewriteScalar(content, file.text, text.replaceAll('$', '$$$$'));
        const piece = { span: content.span, characters: value.places, ...(taken.length === 0 ? { rewrite } : {}) };
        found.push(new PlacedText().add(value.text, piece).document(file, lines));
        continue;
      }
      const named = nodeAt(root, 'configs', mount.config, 'file');
      if (named?.kind === 'scalar') await open(besideFile(file.path, fill(named.text, lookup)));
    } else if (mount.source !== undefined && path.startsWith(mount.target)) {
      const rest = path.slice(mount.target.length);
      if (rest === '' || rest.startsWith('/') || mount.target.endsWith('/'))
        await open(besideFile(file.path, mount.source.replace(/\/$/, '') + (rest && `/${rest.replace(/^\//, '')}`)));
    }
  }
  return found;

  async function open(where: string): Promise<void> {
    if (where.includes('$__from{') || where.startsWith('~')) return;
    const text = await readTextFile(facts, where);
    if (typeof text === 'string') found.push(parseIni(project.keep({ path: where, text, form: 'ini' })));
  }
}

/** Paths that exist in the container because of mounts; undefined where one of them is not known. */
export function mountedFiles(
  project: ComposeProject,
  service: ComposeService,
  lookup: Lookup,
): ReadonlySet<string> | undefined {
  const paths = new Set<string>();
  for (const { mount } of mountsOf(service, lookup)) paths.add(mount.target.replace(/(.)\/$/, '$1'));
  for (let from: ComposeService | undefined = service; from; from = from.base)
    for (const item of itemsOf(nodeAt(from.node, 'secrets'))) {
      const name = fill(textOf(item) ?? textOf(nodeAt(item, 'target')) ?? textOf(nodeAt(item, 'source')) ?? '', lookup);
      paths.add(name.startsWith('/') ? name : `/run/secrets/${name}`);
    }
  const known = [...paths].every((path) => !path.includes('$__from{')) && project.origin.root !== undefined;
  return known ? paths : undefined;
}

function* mountsOf(
  service: ComposeService,
  lookup: Lookup,
): Generator<{ readonly mount: Mount; readonly from: ComposeService }> {
  for (let from: ComposeService | undefined = service; from; from = from.base) {
    for (const item of itemsOf(nodeAt(from.node, 'configs'))) {
      const config = fill(textOf(item) ?? textOf(nodeAt(item, 'source')) ?? '', lookup);
      const target = fill(textOf(nodeAt(item, 'target')) ?? `/${config}`, lookup);
      yield { mount: { target, config }, from };
    }
    for (const item of itemsOf(nodeAt(from.node, 'volumes'))) {
      const mount = volume(item, lookup);
      if (mount) yield { mount, from };
    }
  }
}

/** `./source:/target:ro`, or a map. A source that is no path is a volume of Docker's own. */
function volume(item: YamlNode, lookup: Lookup): Mount | undefined {
  if (item.kind !== 'scalar') {
    const target = textOf(nodeAt(item, 'target'));
    const source = textOf(nodeAt(item, 'source'));
    if (target === undefined) return undefined;
    const isBind = textOf(nodeAt(item, 'type')) === 'bind' && source !== undefined;
    return { target: fill(target, lookup), ...(isBind ? { source: fill(source, lookup) } : {}) };
  }
  const parts = fill(item.text, lookup).split(/:(?![\\/]{1}[^/])|:(?=\/)/);
  const [source = '', target] = parts;
  if (target === undefined) return { target: source };
  return { target, ...(/^[./~]/.test(source) ? { source } : {}) };
}

function fill(text: string, lookup: Lookup): string {
  return interpolate({ text, places: [] }, lookup).value.text;
}

function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'sequence' ? node.items : [];
}

function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.text : undefined;
}
