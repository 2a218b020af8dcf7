/** Writes dry runs in the form asked for, one payload or many; as a stream, so that memory does not grow with their number. */
import { printable } from '../../text/width.js';
import type { Style } from '../style.js';
import type { BulkRow } from './bulk.js';

export interface TracePrinter {
  /** False: the steps would not be shown, so they need not be kept. */
  readonly wantsTrace: boolean;
  begin(): Promise<void>;
  /** Written at the next `flush`. */
  row(row: BulkRow): void;
  unreadable(place: string, message: string): void;
  flush(): Promise<void>;
  end(): Promise<void>;
}

export interface TracePrinterOptions {
  /** `pretty`, `json`, `jsonl`, `markdown`, `html` or `junit`. */
  readonly format: string;
  readonly style: Style;
  readonly quiet: boolean;
  readonly verbose: boolean;
  print(text: string): Promise<void>;
}

/** `many`: with where each comes from, and totals at the end. */
export async function makePrinter(options: TracePrinterOptions, many: boolean): Promise<TracePrinter> {
  const { style, quiet, verbose } = options;
  const bulk = await import('./bulk.js');
  const counter = new bulk.BulkCounter();
  let buffer = '';
  const flush = async () => {
    if (buffer === '') return;
    const text = buffer;
    buffer = '';
    await options.print(text);
  };
  const put = (text: string) => {
    buffer += text;
  };
  const common = { flush, unreadable: () => void counter.unreadable++, begin: async () => {}, end: flush };
  switch (options.format) {
    case 'json': {
      if (!many)
        return {
          ...common,
          wantsTrace: true,
          row: (row) => put(`${JSON.stringify(shown(row), undefined, 2)}\n`),
        };
      let first = true;
      return {
        ...common,
        wantsTrace: true,
        begin: async () => put('{"formatVersion":1,"results":['),
        row: (row) => {
          counter.add(row);
          put(`${first ? '\n' : ',\n'}${json(row, many)}`);
          first = false;
        },
        end: async () => {
          put(`\n],"summary":${JSON.stringify(counter.summary())}}\n`);
          await flush();
        },
      };
    }
    case 'jsonl':
      return { ...common, wantsTrace: true, row: (row) => put(`${json(row, many)}\n`) };
    case 'markdown': {
      const markdown = await import('./markdown.js');
      let first = true;
      const part = (text: string) => {
        put(first ? text : `\n${text}`);
        first = false;
      };
      return {
        ...common,
        wantsTrace: true,
        row: (row) => {
          counter.add(row);
          part(markdown.formatTraceMarkdown(row, many));
        },
        unreadable: (place, message) => {
          counter.unreadable++;
          part(markdown.unreadableMarkdown(place, message));
        },
        end: async () => {
          if (many) part(markdown.summaryMarkdown(counter.summary()));
          await flush();
        },
      };
    }
    case 'html': {
      const html = await import('./html.js');
      return {
        ...common,
        wantsTrace: true,
        begin: async () => put(html.htmlHead()),
        row: (row) => {
          counter.add(row);
          put(html.htmlRow(row, many));
        },
        unreadable: (place, message) => {
          counter.unreadable++;
          put(html.htmlUnreadable(place, message));
        },
        end: async () => {
          put(html.htmlTail(many ? counter.summary() : undefined));
          await flush();
        },
      };
    }
    case 'junit':
      return {
        ...common,
        wantsTrace: false,
        begin: async () => put(bulk.junitHead()),
        row: (row) => put(bulk.junitCase(row)),
        unreadable: (place, message) => put(bulk.junitUnreadable(place, message)),
        end: async () => {
          put(bulk.junitTail());
          await flush();
        },
      };
    default: {
      if (many) {
        return {
          ...common,
          wantsTrace: false,
          row: (row) => {
            counter.add(row);
            put(`${bulk.formatBulkRow(row, style)}\n`);
          },
          end: async () => {
            if (!quiet) put(`\n${bulk.formatBulkSummary(counter.summary(), style)}\n`);
            await flush();
          },
        };
      }
      const { formatTrace } = await import('./pretty.js');
      return {
        ...common,
        wantsTrace: true,
        row: (row) => {
          put(
            formatTrace(row.resolution, style, {
              ...(quiet ? { quiet } : {}),
              ...(verbose ? { verbose } : {}),
              who: printable(row.who),
            }),
          );
          for (const result of row.expectations) {
            const mark = result.met ? style.green(style.symbols.ok) : style.red(style.symbols.fail);
            const text = result.met ? `${result.path} is as expected` : bulk.expectationText(result);
            put(`\n${mark} ${text}\n`);
          }
        },
      };
    }
  }
}

/** What was expected stands beside the result. */
function shown(row: BulkRow): unknown {
  return row.expectations.length === 0 ? row.resolution : { ...row.resolution, expectations: row.expectations };
}

/** On one line, and of many with where each comes from. Put together as text: copying the result would cost more than writing it. */
function json(row: BulkRow, many: boolean): string {
  const text = JSON.stringify(shown(row));
  return many ? `{"input":${JSON.stringify(row.place)},${text.slice(1)}` : text;
}
