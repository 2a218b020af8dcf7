/**
 * Names by their common beginnings (a radix tree), for finding all names that a long one begins with in one walk along it.
 */

interface Node {
  /** The stretch of text that leads here from the node above. */
  label: string;
  name: string | undefined;
  /** By the first character of their label. */
  readonly next: Map<string, Node>;
}

export class NameTree {
  readonly #root: Node = { label: '', name: undefined, next: new Map() };

  add(name: string): void {
    let node = this.#root;
    let at = 0;
    while (at < name.length) {
      const child = node.next.get(name[at]!);
      if (!child) {
        node.next.set(name[at]!, { label: name.slice(at), name, next: new Map() });
        return;
      }
      const common = commonLength(child.label, name, at);
      if (common < child.label.length) {
        const between: Node = { label: child.label.slice(0, common), name: undefined, next: new Map() };
        child.label = child.label.slice(common);
        between.next.set(child.label[0]!, child);
        node.next.set(name[at]!, between);
        node = between;
      } else node = child;
      at += common;
    }
    node.name = name;
  }

  /** The names `text` begins with and goes on behind with a dot, shortest first. */
  parentsOf(text: string): string[] {
    const found: string[] = [];
    let node = this.#root;
    let at = 0;
    while (at < text.length) {
      const child = node.next.get(text[at]!);
      if (!child || !text.startsWith(child.label, at)) break;
      at += child.label.length;
      if (child.name !== undefined && text[at] === '.') found.push(child.name);
      node = child;
    }
    return found;
  }
}

function commonLength(label: string, text: string, from: number): number {
  const most = Math.min(label.length, text.length - from);
  let length = 0;
  while (length < most && label.charCodeAt(length) === text.charCodeAt(from + length)) length++;
  return length;
}
