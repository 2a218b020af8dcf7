/** Terraform in JSON (`.tf.json`): the same blocks, with texts that are templates all the same. */
import type { HclAttribute, HclBlock, HclDocument, HclPart, HclValue } from '../document/hcl.js';
import { nodeAt, parseYaml, type YamlMapping, type YamlNode, type YamlScalar } from '../document/yaml.js';
import type { SourceFile } from '../text/source.js';
import { scalarText } from './scalar-text.js';
import { sliceTraced, spanWithin, type Traced } from './traced.js';

/** Never throws. Only resources are looked at. */
export function readTerraformJson(file: SourceFile): HclDocument {
  const parsed = parseYaml(file, { uniqueKeys: false });
  const reader = new JsonReader(file.text);
  const blocks: HclBlock[] = [];
  for (const root of parsed.roots)
    for (const resources of each(nodeAt(root, 'resource')))
      for (const { key: type, value: named } of resources.entries)
        for (const group of each(named))
          for (const { key: name, keySpan, value } of group.entries)
            for (const body of each(value)) blocks.push(reader.block('resource', [type, name], keySpan, body));
  return {
    attributes: [],
    blocks,
    problems: parsed.problems.filter((problem) => problem.fatal).map((problem) => problem.span),
  };
}

/** A block may be given once, or several times in an array. */
function each(node: YamlNode | undefined): readonly YamlMapping[] {
  if (node?.kind === 'mapping') return [node];
  return node?.kind === 'sequence' ? node.items.filter((item) => item.kind === 'mapping') : [];
}

class JsonReader {
  constructor(private readonly text: string) {}

  block(type: string, labels: readonly string[], typeSpan: HclBlock['typeSpan'], body: YamlMapping): HclBlock {
    const attributes: HclAttribute[] = [];
    const blocks: HclBlock[] = [];
    for (const { key, keySpan, value } of body.entries)
      if (key === 'oauth2_settings') for (const inner of each(value)) blocks.push(this.block(key, [], keySpan, inner));
      else attributes.push({ name: key, nameSpan: keySpan, value: this.#value(value) });
    return { type, typeSpan, labels, span: body.span, attributes, blocks };
  }

  #value(node: YamlNode): HclValue {
    const { span } = node;
    if (node.kind === 'sequence') return { kind: 'list', items: node.items.map((item) => this.#value(item)), span };
    if (node.kind === 'mapping')
      return {
        kind: 'object',
        entries: node.entries.map(({ key, keySpan, value }) => ({
          name: key,
          nameSpan: keySpan,
          value: this.#value(value),
        })),
        span,
      };
    if (node.style !== 'plain') return { kind: 'text', parts: this.#parts(node), span };
    if (node.plain === null) return { kind: 'null', span };
    return { kind: typeof node.plain === 'boolean' ? 'boolean' : 'number', text: node.text, span };
  }

  #parts(node: YamlScalar): HclPart[] {
    const { text } = scalarText(node, this.text);
    const parts: HclPart[] = [];
    const literal = (from: number, to: number, one: Traced = sliceTraced(text, from, to)) => {
      parts.push({ text: one.text, places: one.places.map((place) => place ?? node.span) });
    };
    const template = /([$%])\1\{|[$%]\{/g;
    let at = 0;
    for (let found = template.exec(text.text); found; found = template.exec(text.text)) {
      if (found[1] !== undefined) {
        // The doubled sign stands for one.
        literal(at, found.index);
        literal(found.index + 1, found.index + 3);
        at = found.index + 3;
        continue;
      }
      const close = closing(text.text, found.index + 1);
      if (close === -1) break;
      literal(at, found.index);
      const expression = text.text.slice(found.index, close + 1);
      parts.push({ expression, span: spanWithin(text, found.index, expression.length) ?? node.span });
      at = close + 1;
      template.lastIndex = at;
    }
    literal(at, text.text.length);
    return parts.filter((part) => !('text' in part) || part.text !== '');
  }
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}
