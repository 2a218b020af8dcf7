/**
 * Small readers of what the writers write, made for tests only and independent of the readers in src: each undoes the layers of
 * one form, with the yaml package for YAML (as 1.1 and as 1.2, which must agree) and our INI reader for INI text.
 */
import { parse } from 'yaml';
import { parseEnvFile } from '../../../src/document/env-file.js';
import { parseIni } from '../../../src/document/ini.js';
import type { WriteTarget } from '../../../src/forms/write/types.js';

export type Table = Record<string, Record<string, string>>;

/** Variables by name, INI settings by section and key, settings of the database by section and key. */
export interface Read {
  readonly ini?: Table;
  readonly env?: Record<string, string>;
  readonly stored?: Table;
}

export const READERS: Readonly<Record<WriteTarget, (text: string) => Read>> = {
  ini: (text) => ({ ini: ini(text) }),
  'env-file': (text) => ({ env: dotenv(text) }),
  'docker-env-file': (text) => ({ env: { ...parseEnvFile({ path: '', text }).variables } }),
  systemd: (text) => ({ env: systemd(text) }),
  compose: (text) => {
    const { environment } = yaml(text).services.grafana;
    return { env: mapValues(environment, undollar) };
  },
  'compose-list': (text) => {
    const items = yaml(text).services.grafana.environment as string[];
    const pairs = (Array.isArray(items) ? items : []).map((item) => undollar(item));
    return { env: Object.fromEntries(pairs.map((item) => [item.slice(0, item.indexOf('=')), after(item, '=')])) };
  },
  helm: (text) => helm(yaml(text)),
  'helm-env': (text) => helm({ 'grafana.ini': {}, ...yaml(text) }),
  kps: (text) => helm(yaml(text).grafana),
  operator: (text) => {
    const { global, ...sections } = yaml(text).spec.config;
    return { ini: ini(iniText({ ...global, ...sections })) };
  },
  configmap: (text) => ({ ini: ini(yaml(text).data['grafana.ini']) }),
  secret: (text) => ({ ini: ini(yaml(text).stringData['grafana.ini']) }),
  'pod-env': (text) => {
    const { env } = yaml(text).spec.template.spec.containers[0];
    return {
      env: Object.fromEntries(
        (env as { name: string; value: string }[]).map(({ name, value }) => [name, kubernetes(value)]),
      ),
    };
  },
  ansible: (text) => ({ ini: ini(iniText(yaml(text.replaceAll('!unsafe ', '')).grafana_ini)) }),
  nix: (text) => ({ ini: ini(nix(text)) }),
  terraform: (text) => ({ stored: terraform(text) }),
  'sso-api': (text) => {
    const body = JSON.parse(text);
    const bodies: { provider: string; settings: Record<string, unknown> }[] = Array.isArray(body) ? body : [body];
    return {
      stored: Object.fromEntries(
        bodies.map(({ provider, settings }) => [
          `auth.${provider}`,
          Object.fromEntries(
            Object.entries(settings).map(([key, value]) => [
              key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
              String(value),
            ]),
          ),
        ]),
      ),
    };
  },
};

// biome-ignore lint/suspicious/noExplicitAny: a tree of any shape
function yaml(text: string): any {
  const old = parse(text, { version: '1.1' });
  const core = parse(text, { version: '1.2' });
  if (JSON.stringify(old) !== JSON.stringify(core)) throw new Error('the dialects of YAML disagree');
  return core;
}

function ini(text: string): Table {
  const { sections, problems } = parseIni({ path: '', text });
  if (problems.length > 0) throw new Error(problems[0]!.productMessage);
  const table: Table = {};
  for (const { name, entries } of sections)
    for (const { key, value } of entries) {
      table[name] ??= {};
      table[name][key] = value;
    }
  return table;
}

function iniText(values: Record<string, unknown>): string {
  const lines: string[] = [];
  for (const [key, value] of Object.entries(values)) if (typeof value === 'string') lines.push(`${key} = ${value}`);
  for (const [name, entries] of Object.entries(values)) {
    if (typeof entries === 'string') continue;
    lines.push(`[${name}]`);
    for (const [key, value] of Object.entries(entries as object)) {
      if (typeof value !== 'string') throw new Error(`${key} is no text`);
      if (/[\r\n]/.test(value)) throw new Error(`${key} has several lines`);
      lines.push(`${key} = ${value}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

// biome-ignore lint/suspicious/noExplicitAny: a tree of any shape
function helm(values: any): Read {
  const render = (value: unknown): unknown =>
    typeof value === 'string' ? template(value) : mapValues(value as object, render);
  const rendered = render(values['grafana.ini']) as Record<string, unknown>;
  return {
    ini: ini(iniText(rendered)),
    env: {
      ...mapValues(values.envRenderSecret ?? {}, template),
      ...mapValues(values.env ?? {}, (value: string) => kubernetes(template(value))),
    },
  };
}

/** Go templates with nothing but raw texts in them. */
function template(text: string): string {
  const result = text.replace(/\{\{ `([^`]*)` \}\}/g, (_all, raw: string) => raw.replaceAll('{', '\0'));
  if (result.includes('{{')) throw new Error('an action');
  return result.replaceAll('\0', '{');
}

function mapValues<In, Out>(table: Record<string, In> | object, change: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, change(value)]));
}

const after = (text: string, mark: string) => text.slice(text.indexOf(mark) + 1);

function undollar(text: string): string {
  if (/\$/.test(text.replaceAll('$$', ''))) throw new Error('a variable');
  return text.replaceAll('$$', '$');
}

/** As `expansion.Expand` of Kubernetes, no variable being defined. */
function kubernetes(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const pair = text.slice(at, at + 2);
    if (pair === '$(') throw new Error('a variable');
    result += text[at];
    if (pair === '$$') at++;
  }
  return result;
}

function dotenv(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name = '', value = ''] = /^(\w+)=([^\n]*)$/.exec(line) ?? [];
    const single = /^'([^']*(?<!\\))'$/.exec(value);
    const double = /^"((?:[^"\\]|\\[^\n])*)"$/.exec(value);
    if (single) found[name] = single[1]!;
    else if (double)
      found[name] = undollar(double[1]!.replace(/\\(.)/g, (_all, char: string) => (char === 'n' ? '\n' : char)));
    else if (/^['"]|[\\$]|\s#|^#/.test(value) || value !== value.trim()) throw new Error(`not bare: ${value}`);
    else found[name] = value;
  }
  return found;
}

function systemd(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = '', quoted, bare] of text.matchAll(
    /(?<=^|\n)(\w+)=(?:"((?:[^"\\]|\\[\s\S])*)"|([^"'\n][^\n]*)?)(?:\n|$)/g,
  )) {
    if (quoted === undefined && /\\/.test(bare ?? '')) throw new Error('a backslash');
    found[name] = quoted === undefined ? (bare ?? '') : quoted.replace(/\\(["\\$`])/g, '$1');
  }
  return found;
}

function nix(text: string): string {
  const lines: string[] = [];
  for (const line of text
    .slice(text.indexOf('settings = {\n') + 13)
    .split('\n')
    .slice(0, -3)) {
    const header = /^ {4}("?)(.*)\1 = \{$/.exec(line);
    const entry = /^ {6}("?)([\w.-]+)\1 = ([^\n]*);$/.exec(line);
    if (header) lines.push(`[${header[2]}]`);
    else if (entry) lines.push(`${entry[2]}=${nixText(entry[3]!)}`);
    else if (line !== '    };') throw new Error(`not read: ${line}`);
  }
  return `${lines.join('\n')}\n`;
}

function nixText(text: string): string {
  const quoted = /^"((?:[^"\\]|\\[^\n])*)"$/.exec(text)?.[1];
  if (quoted === undefined) return text;
  if (/(?<!\\)\$\{/.test(quoted.replaceAll('\\\\', ''))) throw new Error('an antiquotation');
  return quoted.replace(/\\(.)/g, (_all, char: string) => (char === 't' ? '\t' : char === 'r' ? '\r' : char));
}

function terraform(text: string): Table {
  const table: Table = {};
  let section = '';
  for (const line of text.split('\n')) {
    const name = /^ {2}provider_name = "(\w+)"$/.exec(line)?.[1];
    if (name !== undefined) section = `auth.${name}`;
    const entry = /^ {4,6}"?([\w.-]+)"? += ("[^\n]*"|true|false)$/.exec(line);
    if (!entry) continue;
    table[section] ??= {};
    table[section]![entry[1]!] = entry[2]!.startsWith('"') ? hcl(entry[2]!.slice(1, -1)) : entry[2]!;
  }
  return table;
}

function hcl(text: string): string {
  return text.replace(/([$%])\1\{|\\u([0-9a-f]{4})|\\(.)|[$%]\{/g, (all, sign, code, short) => {
    if (sign) return `${sign}{`;
    if (code) return String.fromCharCode(Number.parseInt(code, 16));
    if (!short) throw new Error(`a template: ${all}`);
    const known: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
    if (known[short] === undefined) throw new Error(`no escape of HCL: ${all}`);
    return known[short];
  });
}
