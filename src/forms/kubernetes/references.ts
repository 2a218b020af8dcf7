/** `$(NAME)` and `$$` in the environment of a container. Source: forms, "Kubernetes objects, $(VAR)". */

export interface Referred {
  readonly text: string;
  readonly unknown: boolean;
}

export interface Replaced {
  readonly text: string;
  /** For each character its index in what was written, -1 where a reference made it; absent where nothing changed. */
  readonly sources?: readonly number[];
  /** A reference to something only the running system knows. */
  readonly unknown: boolean;
  /** A `$$` that became one `$`, or a `$(` that is never closed. */
  readonly dollars: boolean;
}

/** Fills in references to what was defined before; others stay as they are. */
export function replaceReferences(written: string, find: (name: string) => Referred | undefined): Replaced {
  if (!/\$[$(]/.test(written)) return { text: written, unknown: false, dollars: false };
  let text = '';
  const sources: number[] = [];
  let unknown = false;
  let dollars = false;
  const copy = (from: number, to: number) => {
    for (let at = from; at < to; at++) {
      text += written[at];
      sources.push(at);
    }
  };
  for (let at = 0; at < written.length; ) {
    const next = written[at + 1];
    if (written[at] !== '$' || (next !== '$' && next !== '(')) {
      // A dollar in front of another sign belongs to that sign.
      const end = written[at] === '$' && next !== undefined ? at + 2 : at + 1;
      copy(at, end);
      at = end;
      continue;
    }
    if (next === '$') {
      dollars = true;
      copy(at + 1, at + 2);
      at += 2;
      continue;
    }
    const close = written.indexOf(')', at + 2);
    if (close === -1) {
      dollars = true;
      text += '$';
      sources.push(-1);
      copy(at, at + 2);
      at += 2;
      continue;
    }
    const referred = find(written.slice(at + 2, close));
    if (referred) {
      text += referred.text;
      for (let index = 0; index < referred.text.length; index++) sources.push(-1);
      unknown ||= referred.unknown;
    } else copy(at, close + 1);
    at = close + 1;
  }
  return { text, sources, unknown, dollars };
}
