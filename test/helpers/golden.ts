/**
 * Golden findings: a configuration `name.ini` beside `name.out`, one finding a line. `name.9.4.out` holds those for another
 * version. A first line `; test: env NAME=value …` gives variables. `UPDATE=1` rewrites the files.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ValidateOptions, validate } from '../../src/library/validate.js';
import type { Finding } from '../../src/rules/rule.js';

export interface GoldenCase {
  /** `cloud`, or `cloud (9.4)`. */
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly grafanaVersion?: string;
}

/** The cases of a folder: one for each `.ini`, and one more for each `.out` with a version in its name. */
export function goldenCases(folder: string): GoldenCase[] {
  const files = readdirSync(folder).sort();
  return files
    .filter((file) => file.endsWith('.ini'))
    .flatMap((file) => {
      const name = file.slice(0, -'.ini'.length);
      const input = join(folder, file);
      const versions = files.flatMap((other) => {
        const version = other.startsWith(`${name}.`)
          ? /^(\d+\.\d+)\.out$/.exec(other.slice(name.length + 1))?.[1]
          : undefined;
        return version === undefined
          ? []
          : [{ name: `${name} (${version})`, input, output: join(folder, other), grafanaVersion: version }];
      });
      return [{ name, input, output: join(folder, `${name}.out`) }, ...versions];
    });
}

/** Variables of the first line. */
export function optionsOf(text: string): ValidateOptions {
  const match = /^; test: env (.*)/.exec(text);
  if (!match) return {};
  const env: Record<string, string> = {};
  for (const [, name, quoted, plain] of match[1]!.matchAll(/(\w+)=(?:<([^>]*)>|(\S*))/g)) env[name!] = quoted ?? plain!;
  return { env };
}

/** `line:column: severity: message [rule]`, with `fails open` where a gate stays open; who could log in comes last. */
export function compactLine(finding: Omit<Finding, 'path'>): string {
  const { range, source, severity, message, rule, failOpen, failShut } = finding;
  const place = range ? `${range.start.line}:${range.start.column}` : (source ?? '1:1');
  return `${place}: ${severity}: ${message} [${rule}]${failOpen ? ' fails open' : ''}${failShut ? ' fails shut' : ''}`;
}

export async function findingsOf(test: GoldenCase): Promise<string> {
  const text = readFileSync(test.input, 'utf8');
  const file = { path: basename(test.input), text };
  const report = await validate([file], { ...optionsOf(text), grafanaVersion: test.grafanaVersion });
  const lines = report.files[0]!.findings.map((finding) =>
    [
      compactLine(finding),
      ...(finding.related ?? []).map(
        (one) => `  ${one.range ? `${one.range.start.line}:${one.range.start.column}: ` : ''}${one.message}`,
      ),
    ].join('\n'),
  );
  const { verdict } = report.files[0]!;
  if (verdict) lines.push(`=> ${verdict.verdict}: ${verdict.sentence}`);
  return lines.map((line) => `${line}\n`).join('');
}

/** The golden text of a case; with `UPDATE=1` the findings of now become it. Undefined where there is none. */
export function golden(test: GoldenCase, found: string): string | undefined {
  if (process.env['UPDATE'] === '1') writeFileSync(test.output, found);
  return existsSync(test.output) ? readFileSync(test.output, 'utf8') : undefined;
}
