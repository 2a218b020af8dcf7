/** The services of a Compose file, with what they take over from others (`extends`). */
import { entryOf, nodeAt, parseYaml, type YamlMapping, type YamlNode } from '../document/yaml.js';
import type { SourceFile, Span } from '../text/source.js';
import { LineMap } from '../text/source.js';
import { besideFile, readTextFile } from './files.js';
import type { FormFacts, FormNote } from './types.js';

export interface ComposeService {
  readonly name: string;
  readonly node: YamlMapping;
  /** The file it stands in, with the whole tree. */
  readonly origin: ComposeOrigin;
  /** What it extends. */
  readonly base?: ComposeService;
}

export interface ComposeOrigin {
  readonly file: SourceFile;
  readonly lines: LineMap;
  readonly root: YamlNode | undefined;
}

const MAX_EXTENDS = 20;

export class ComposeProject {
  readonly origin: ComposeOrigin;
  readonly notes: FormNote[] = [];
  /** Files read besides the one asked about. */
  readonly alongside: SourceFile[] = [];
  readonly #origins = new Map<string, ComposeOrigin | null>();

  constructor(
    file: SourceFile,
    root: YamlNode | undefined,
    private readonly facts: FormFacts,
  ) {
    this.origin = { file, lines: new LineMap(file.text), root };
    this.#origins.set(file.path, this.origin);
  }

  /** The services of the file itself. */
  async services(): Promise<readonly ComposeService[]> {
    const services = nodeAt(this.origin.root, 'services');
    if (services?.kind !== 'mapping') return [];
    const found: ComposeService[] = [];
    for (const { key, value } of services.entries)
      if (value.kind === 'mapping') found.push(await this.#service(key, value, this.origin, 0));
    return found;
  }

  /** Keeps a file for code frames. */
  keep(file: SourceFile): SourceFile {
    const known = this.alongside.find((one) => one.path === file.path);
    if (known) return known;
    this.alongside.push(file);
    return file;
  }

  async #service(name: string, node: YamlMapping, origin: ComposeOrigin, depth: number): Promise<ComposeService> {
    const extended = entryOf(node, 'extends');
    if (!extended || depth > MAX_EXTENDS) return { name, node, origin };
    const { value } = extended;
    const service = value.kind === 'scalar' ? value.text : text(nodeAt(value, 'service'));
    const other = text(nodeAt(value, 'file'));
    const from = other === undefined ? origin : await this.#open(besideFile(origin.file.path, other));
    const found = from && nodeAt(from.root, 'services', service ?? '');
    if (from === undefined) return { name, node, origin };
    if (found?.kind !== 'mapping') {
      if (origin === this.origin) this.#missing(value.span, service ?? '', other);
      return { name, node, origin };
    }
    return { name, node, origin, base: await this.#service(service!, found, from!, depth + 1) };
  }

  /** Another Compose file; `null` where there is none, undefined where files cannot be asked for. */
  async #open(path: string): Promise<ComposeOrigin | null | undefined> {
    const known = this.#origins.get(path);
    if (known !== undefined) return known;
    const content = await readTextFile(this.facts, path);
    if (content === undefined) return undefined;
    const file = content === null ? undefined : this.keep({ path, text: content, form: 'compose' });
    const origin = file ? { file, lines: new LineMap(file.text), root: parseYaml(file).roots[0] } : null;
    this.#origins.set(path, origin);
    return origin;
  }

  #missing(span: Span, service: string, file: string | undefined): void {
    this.notes.push({
      kind: 'form-refused',
      span,
      severity: 'error',
      message: `there is no service ${JSON.stringify(service)} to extend${file === undefined ? '' : ` in ${file}`}`,
      consequence: 'Compose refuses the file and starts nothing',
      stops: 'compose',
    });
  }
}

function text(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.text : undefined;
}
