/**
 * Bodies of the SSO settings API: one provider with its settings, a list of them, or the settings alone.
 * Source: forms §8, golden cases of the decoder.
 */
import type { IniDocument } from '../document/types.js';
import { unknownValue } from '../document/variable.js';
import {
  nodeAt,
  parseYaml,
  type YamlEntry,
  type YamlMapping,
  type YamlNode,
  type YamlScalar,
} from '../document/yaml.js';
import { findOption } from '../settings/catalog.js';
import { LineMap, type SourceFile, type Span } from '../text/source.js';
import { scalarText } from './scalar-text.js';
import { snakeCase } from './sso-names.js';
import { isMask, StoredSection } from './stored.js';
import { type Traced, tracedFrom } from './traced.js';
import type { FormNote, FormReader } from './types.js';

/** `sso-api-json`. */
export const readSsoApi: FormReader = (file) => {
  const lines = new LineMap(file.text);
  const parsed = parseYaml(file, { uniqueKeys: false });
  const notes: FormNote[] = [];
  const documents: IniDocument[] = [];
  const broken = parsed.problems.find((problem) => problem.fatal);
  if (broken)
    notes.push({
      kind: 'form-refused',
      span: broken.span,
      severity: 'error',
      message: 'the text is no JSON',
      consequence: 'Grafana refuses the request, and nothing is stored',
      stops: 'grafana-sso-api',
    });
  const [root] = parsed.roots;
  for (const body of root?.kind === 'sequence' ? root.items : root ? [root] : []) {
    if (body.kind !== 'mapping') continue;
    const read = new SsoBody(file, body).read();
    documents.push(read.document(file, lines));
    notes.push(...read.notes);
  }
  return { form: 'sso-api-json', file, lines, documents, variables: [], notes };
};

/** Decoded as lists: an array or a text. Everything else but booleans wants a text. */
const LISTS: ReadonlySet<string> = new Set(['scopes', 'allowed_domains', 'allowed_groups', 'org_mapping']);

/** Keys whose values the API masks. */
const REDACTED = /secret|private|certificate|password|client_key/;

const BOOLEAN_TEXTS = new Set(['1', 't', 'T', 'true', 'TRUE', 'True', '0', 'f', 'F', 'false', 'FALSE', 'False', '']);

class SsoBody {
  readonly #section: StoredSection;
  readonly #settings: YamlMapping;

  constructor(
    private readonly file: SourceFile,
    body: YamlMapping,
  ) {
    const settings = nodeAt(body, 'settings');
    const provider = nodeAt(body, 'provider');
    const named = provider?.kind === 'scalar' && provider.text !== '' ? provider.text : providerOfPath(file.path);
    const span = provider?.span ?? { start: body.span.start, end: body.span.start + 1 };
    this.#section = new StoredSection(`auth.${named}`, span);
    this.#settings = settings?.kind === 'mapping' ? settings : body;
  }

  read(): StoredSection {
    for (const entry of this.#settings.entries) this.#entry(entry);
    return this.#section;
  }

  #entry({ key, keySpan, value }: YamlEntry): void {
    const { section } = this.#section;
    const name = snakeCase(key);
    const option = findOption(section, name);
    const folded = name.replaceAll('_', '');
    const meant = option ? undefined : MANGLED.find((one) => one.replaceAll('_', '') === folded);
    if (meant !== undefined)
      this.#note('form-unknown-name', keySpan, meant, {
        severity: 'error',
        message: `${key} is stored as ${name}, which nothing reads`,
        consequence: `${meant} keeps the value of grafana.ini, or its default`,
        help: `write it as ${camelCase(meant)}`,
        root: true,
        fix: {
          description: `write ${camelCase(meant)}`,
          edits: [{ span: keySpan, newText: camelCase(meant) }],
        },
      });
    const text = value.kind === 'scalar' ? this.#scalar(name, value) : this.#composite(name, value);
    if (text === undefined) return;
    const span = value.span.end > value.span.start ? value.span : keySpan;
    this.#section.add(name, keySpan, text, span);
  }

  #scalar(name: string, node: YamlScalar): Traced | undefined {
    const quoted = node.style !== 'plain';
    if (findOption(this.#section.section, name)?.type === 'bool') return this.#boolean(name, node, quoted);
    if (node.plain === null) return tracedFrom('', undefined);
    const { text } = scalarText(node, this.file.text);
    if (isMask(node.text) && REDACTED.test(name)) {
      this.#note('form-mask', node.span, name, {
        severity: 'info',
        message: `the asterisks are the mask the API shows in place of ${name}`,
        consequence: 'sent back to the same Grafana they keep the secret that is stored; anywhere else there is none',
        help: 'for another Grafana give the secret itself',
      });
      return tracedFrom(unknownValue('stored secret'), node.span);
    }
    if (quoted) return text;
    if (typeof node.plain === 'boolean') return tracedFrom(node.plain ? '1' : '0', node.span);
    const written = decimal(node.text);
    return written === node.text ? text : tracedFrom(written, node.span);
  }

  #boolean(name: string, node: YamlScalar, quoted: boolean): Traced | undefined {
    if (node.plain === null) return tracedFrom('false', undefined);
    const { text } = scalarText(node, this.file.text);
    if (!quoted && typeof node.plain === 'number')
      return node.plain === 0 || node.plain === 1 ? text : tracedFrom('true', node.span);
    if (BOOLEAN_TEXTS.has(node.text)) return text;
    this.#refuse(name, node.span, `${name} is no boolean the API knows: ${JSON.stringify(node.text.slice(0, 40))}`);
    return undefined;
  }

  #composite(name: string, node: YamlNode): Traced | undefined {
    if (node.kind === 'sequence' && LISTS.has(name) && node.items.every((item) => item.kind === 'scalar')) {
      const items = node.items.map((item) => (item as YamlScalar).text);
      return tracedFrom(JSON.stringify(items), node.span);
    }
    this.#refuse(
      name,
      node.span,
      `${name} must be a text, and is ${node.kind === 'sequence' ? 'an array' : 'an object'} here`,
      node.kind === 'sequence' ? 'write the items as one text, separated by commas' : 'write it as one text',
    );
    return undefined;
  }

  #refuse(name: string, span: Span, message: string, help = 'write true or false'): void {
    this.#note('form-type', span, name, {
      severity: 'error',
      message,
      consequence: 'Grafana refuses the whole body with status 400, and nothing is stored',
      help,
      stops: 'grafana-sso-api',
    });
  }

  #note(
    kind: FormNote['kind'],
    span: Span,
    option: string,
    rest: Omit<FormNote, 'kind' | 'span' | 'section' | 'option'>,
  ): void {
    this.#section.notes.push({ kind, span, section: this.#section.section, option, ...rest });
  }
}

/** Options whose usual acronyms are taken apart. */
const MANGLED = ['team_ids'] as const;

function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

/** A number of JSON as Grafana writes it out: all its digits, no exponent. */
function decimal(text: string): string {
  if (/^-?\d+$/.test(text)) return text;
  const value = Number(text);
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  return Number.isFinite(value) ? String(value) : text;
}

const PROVIDERS = ['generic_oauth', 'github', 'gitlab', 'google', 'azuread', 'okta', 'grafana_com'];

/** The provider is part of the address; of a file it may be part of the name. */
function providerOfPath(path: string): string {
  const name = path.toLowerCase().replaceAll('-', '_');
  return PROVIDERS.find((provider) => name.includes(provider)) ?? 'generic_oauth';
}
