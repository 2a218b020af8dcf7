/** Just enough XML to know that a text is well-formed, and what is in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** Characters of XML 1.0. */
const ALLOWED = /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

function plainText(text: string): string {
  if (/[<]/.test(text)) throw new Error(`a "<" in ${text}`);
  const result = text.replace(/&(?:#(\d+);|(\w*;?))/g, (all, code) => {
    if (code === undefined) throw new Error(`a bare ${all} in ${text}`);
    return String.fromCodePoint(Number(code));
  });
  if (!ALLOWED.test(text) || !ALLOWED.test(result))
    throw new Error(`a character XML cannot hold in ${JSON.stringify(text)}`);
  return result;
}

/** @throws Error for what is not well-formed, or uses more of XML than reports do. */
export function parseXml(text: string): XmlElement {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(head)) throw new Error('no XML declaration');
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token = /<(\/?)([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  token.lastIndex = head.length;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new Error(`not XML: ${text.slice(at, at + 60)}`);
    const [, end, name = '', attributes = '', empty, content] = match;
    const current = open.at(-1)!;
    if (content !== undefined) current.text += plainText(content);
    else if (end) {
      if (open.pop()!.name !== name) throw new Error(`</${name}> does not end what is open`);
    } else {
      const pairs = [...attributes.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key,
        plainText(value),
      ]);
      const element: XmlElement = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      if (Object.keys(element.attributes).length !== pairs.length) throw new Error(`an attribute twice in <${name}>`);
      current.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim() !== '')
    throw new Error('not one root element');
  return root.children[0]!;
}
