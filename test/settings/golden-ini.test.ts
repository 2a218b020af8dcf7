import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseIni } from '../../src/document/ini.js';
import { loadFilesSync } from '../../src/settings/load.js';
import { readBoolean } from '../../src/settings/read.js';
import type { LoadOptions, TextTable } from '../../src/settings/types.js';

interface IniCase {
  readonly name: string;
  readonly input: {
    readonly ini?: string;
    readonly ini_b64?: string;
    readonly env?: Record<string, string>;
    readonly files?: Record<string, string>;
    readonly defaults?: boolean;
    readonly defaults_ini?: string;
    readonly only?: readonly string[];
  };
  readonly expected: {
    readonly error?: string;
    readonly stage?: 'parse' | 'expand';
    readonly file?: TextTable;
    readonly sections?: TextTable;
    readonly interpolated?: TextTable;
  };
}

const golden = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/golden/${name}`, import.meta.url), 'utf8'));

/** Without empty sections, which mean nothing, and with plain prototypes. */
const filled = (table: TextTable | undefined) =>
  new Map(
    Object.entries(table ?? {})
      .filter(([, keys]) => Object.keys(keys).length > 0)
      .map(([section, keys]) => [section, new Map(Object.entries(keys).sort())]),
  );

const differing = (from: TextTable, table: TextTable): TextTable =>
  Object.fromEntries(
    Object.entries(table).map(([section, keys]) => [
      section,
      Object.fromEntries(Object.entries(keys).filter(([key, value]) => from[section]?.[key] !== value)),
    ]),
  );

describe('what Grafana made of a configuration', () => {
  it.each((golden('ini.json') as IniCase[]).map((one) => [one.name, one] as const))(
    '%s',
    (_name, { input, expected }) => {
      const text = input.ini_b64 === undefined ? input.ini! : Buffer.from(input.ini_b64, 'base64').toString('utf8');
      const options: LoadOptions = {
        env: input.env ?? {},
        grafanaVersion: '9.4',
        defaults:
          input.defaults_ini === undefined
            ? (input.defaults ?? false)
            : { path: 'defaults.ini', text: input.defaults_ini },
        readFile: (path) => {
          const content = input.files?.[path];
          if (content === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' });
          return content;
        },
      };
      const config = loadFilesSync([{ path: 'custom.ini', text }], options);
      if (expected.error !== undefined) {
        expect(config.problems[0]).toMatchObject({ severity: 'error', stage: expected.stage, path: 'custom.ini' });
        expect(config.problems[0]?.range?.start.column).toBeGreaterThanOrEqual(1);
        if (expected.stage === 'expand') expect(filled(config.fileView)).toEqual(filled(expected.file));
        return;
      }
      expect(config.problems).toEqual([]);
      expect(filled(config.fileView)).toEqual(filled(expected.file));
      if (input.defaults) {
        const defaults = loadFilesSync([], { grafanaVersion: '9.4' }).sections;
        expect(filled(differing(defaults, config.sections))).toEqual(filled(differing(defaults, expected.sections!)));
      } else {
        expect(filled(config.sections)).toEqual(filled(expected.sections));
        expect(filled(config.interpolated)).toEqual(filled(expected.interpolated));
      }
    },
  );
});

describe('what go-ini made of a text', () => {
  interface Vector {
    readonly input: string;
    readonly keys?: readonly {
      readonly Section: string;
      readonly Key: string;
      readonly Value: string;
      readonly String: string;
    }[];
    readonly error?: string;
  }
  it.each((golden('vectors.json').ini as Vector[]).map((one) => [JSON.stringify(one.input), one] as const))(
    '%s',
    (_name, { input, keys, error }) => {
      const document = parseIni({ path: 'a.ini', text: input });
      expect(document.problems.length > 0).toBe(error !== undefined);
      if (error !== undefined) return;
      const config = loadFilesSync([{ path: 'a.ini', text: input }], { defaults: false });
      const read = Object.entries(config.fileView).flatMap(([section, row]) =>
        Object.entries(row).map(([key, value]) => ({
          Section: section,
          Key: key,
          Value: value,
          String: config.interpolated[section]?.[key] ?? value,
        })),
      );
      expect(read).toEqual(keys ?? []);
    },
  );
});

describe('what go-ini takes for a boolean', () => {
  it.each(
    (golden('vectors.json').bool as { text: string; valid: boolean; value: boolean }[]).map(
      (one) => [one.text, one] as const,
    ),
  )('%s', (_name, { text, valid, value }) => {
    const config = loadFilesSync([{ path: 'a.ini', text: `[s]\nk = ${text}\n` }], { defaults: false });
    expect(readBoolean(config.fileView['s']!['k']!)).toBe(valid ? value : undefined);
  });
});
