/** Writes a comparison in the form asked for, as a stream: memory does not grow with the number of people. */
import type { Style } from '../style.js';
import type { ImpactCounter, ImpactRow, ShownDifference } from './impact.js';
import type { ComparedTarget } from './json.js';

export type ImpactVerdict = 'ok' | 'changes' | 'fail';

export interface ImpactPrinter {
  begin(): Promise<void>;
  /** Written at the next `flush`. */
  row(row: ImpactRow): void;
  unreadable(place: string, message: string): void;
  flush(): Promise<void>;
  end(verdict: ImpactVerdict): Promise<void>;
}

export interface ImpactPrinterOptions {
  /** `pretty`, `json`, `jsonl`, `markdown` or `html`. */
  readonly format: string;
  readonly style: Style;
  readonly quiet: boolean;
  readonly target: ComparedTarget;
  readonly differences: readonly ShownDifference[];
  readonly counter: ImpactCounter;
  print(text: string): Promise<void>;
}

export async function makeImpactPrinter(options: ImpactPrinterOptions): Promise<ImpactPrinter> {
  const { differences, counter, style, target } = options;
  let buffer = '';
  const put = (text: string) => {
    buffer += text;
  };
  const flush = async () => {
    if (buffer === '') return;
    const text = buffer;
    buffer = '';
    await options.print(text);
  };
  const common = { begin: async () => {}, unreadable: () => {}, flush, end: flush };
  switch (options.format) {
    case 'json': {
      const { differencesJson, impactJson, summaryJson } = await import('./json.js');
      let first = true;
      return {
        ...common,
        begin: async () => put(`{"formatVersion":1,"target":${JSON.stringify(target)},"results":[`),
        row: (row) => {
          put(`${first ? '\n' : ',\n'}${impactJson(row, differences)}`);
          first = false;
        },
        end: async () => {
          const summary = counter.summary();
          put(`\n],"differences":${differencesJson(summary, differences)},"summary":${summaryJson(summary)}}\n`);
          await flush();
        },
      };
    }
    case 'jsonl': {
      const { impactJson } = await import('./json.js');
      return { ...common, row: (row) => put(`${impactJson(row, differences)}\n`) };
    }
    case 'markdown': {
      const markdown = await import('./markdown.js');
      let first = true;
      return {
        ...common,
        row: (row) => {
          put(`${first ? markdown.markdownHead : ''}${markdown.markdownRow(row, differences)}`);
          first = false;
        },
        end: async (verdict) => {
          put(`${first ? '' : '\n'}${markdown.markdownTail(counter.summary(), differences, verdict)}`);
          await flush();
        },
      };
    }
    case 'html': {
      const html = await import('./html.js');
      return {
        ...common,
        begin: async () => put(html.impactHtmlHead()),
        row: (row) => put(html.impactHtmlRow(row, differences)),
        unreadable: (place, message) => put(html.impactHtmlUnreadable(place, message)),
        end: async (verdict) => {
          put(html.impactHtmlTail(counter.summary(), differences, verdict));
          await flush();
        },
      };
    }
    default: {
      const pretty = await import('./pretty.js');
      const table = new pretty.ImpactTable(style);
      let rows: ImpactRow[] = [];
      let any = false;
      const lay = () => {
        if (rows.length === 0) return;
        put(table.rows(rows, differences));
        rows = [];
        any = true;
      };
      return {
        ...common,
        row: (row) => {
          rows.push(row);
          if (rows.length >= pretty.TABLE_ROWS) lay();
        },
        end: async (verdict) => {
          lay();
          if (!options.quiet)
            put(`${any ? '\n' : ''}${pretty.impactTail(counter.summary(), differences, verdict, style)}`);
          await flush();
        },
      };
    }
  }
}
