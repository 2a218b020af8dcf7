/** Which finding a finding follows from. */
import type { Range } from '../text/source.js';
import type { Finding, Related, RuleReport, Severity } from './rule.js';

/** A finding while it may still gather the consequences of its mistake. */
export interface Draft {
  readonly finding: Finding;
  /** Given by the person who asked, so nothing changes it. */
  readonly isFixed: boolean;
  severity: Severity;
  failOpen: boolean;
  failShut: boolean;
  readonly consequences: Related[];
}

export const GRAVITY: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** Longer roots are looked up one by one. */
const MAX_INDEXED_LINES = 100;

/** The findings that explain others, found by what they explain: a file may have a hundred thousand of each. */
export class Causes {
  readonly #byCause = new Map<string, Draft>();
  readonly #byOption = new Map<string, Draft>();
  readonly #byVariable = new Map<string, Draft>();
  readonly #byLine = new Map<string, { draft: Draft; place: Range }[]>();
  readonly #long: { draft: Draft; place: Range }[] = [];

  add(draft: Draft, { root, meant }: RuleReport): void {
    const { cause, section, source, range, path } = draft.finding;
    if (cause !== undefined && !this.#byCause.has(cause)) this.#byCause.set(cause, draft);
    if (meant !== undefined) this.#byOption.set(`${section}\n${meant}`, draft);
    if (!root) return;
    if (source !== undefined) this.#byVariable.set(source, draft);
    const place = root === true ? range : root;
    if (!place) return;
    if (place.end.line - place.start.line > MAX_INDEXED_LINES) {
      this.#long.push({ draft, place });
      return;
    }
    for (let line = place.start.line; line <= place.end.line; line++) {
      const key = `${line}\n${path}`;
      const list = this.#byLine.get(key);
      if (list) list.push({ draft, place });
      else this.#byLine.set(key, [{ draft, place }]);
    }
  }

  of(finding: Finding): Draft | undefined {
    const { cause, section, option, source, path, range } = finding;
    const named = cause === undefined ? undefined : this.#byCause.get(cause);
    if (named && named.finding.rule !== finding.rule) return named;
    const found =
      (option === undefined ? undefined : this.#byOption.get(`${section}\n${option}`)) ??
      (source === undefined ? undefined : this.#byVariable.get(source)) ??
      (range && this.#byLine.get(`${range.start.line}\n${path}`)?.find(({ place }) => isWithin(range, place))?.draft) ??
      (range && this.#long.find(({ draft, place }) => draft.finding.path === path && isWithin(range, place))?.draft);
    return found && mayExplain(found, finding) ? found : undefined;
  }
}

function mayExplain(draft: Draft, finding: Finding): boolean {
  if (draft.finding.rule === finding.rule) return false;
  // Hygiene is no consequence of anything, and a finding of a chosen severity hides nothing graver.
  if (finding.severity === 'info' && draft.finding.severity !== 'info') return false;
  return !draft.isFixed || GRAVITY[finding.severity] <= GRAVITY[draft.severity];
}

function isWithin(range: Range, place: Range): boolean {
  return comparePositions(place.start, range.start) <= 0 && comparePositions(range.start, place.end) < 0;
}

export function comparePositions(a: Range['start'], b: Range['start']): number {
  return a.line - b.line || a.column - b.column;
}
