/**
 * Lines at which Grafana's reader gives up, told apart by what their author most likely did.
 */
import type { WrittenProblem } from './subject.js';

/** Text of the line a problem stands on. */
export function problemLine({ problem, document }: WrittenProblem): string {
  return document.lines.line(document.lines.position(problem.span.start).line);
}

/** Code fences, ellipses and prompts that come along when a block is copied from a page. */
export function isMarkdownLeftover(line: string): boolean {
  return /^\s*(`{2,}[\w-]*|~{3,}[\w-]*|`|\.{2,}|…|(#+\s+)?<\/?(pre|code|br)>|\$\s.*)\s*$/.test(line);
}

/** What Grafana does with any of them. */
export const NO_START = 'Grafana does not start';
