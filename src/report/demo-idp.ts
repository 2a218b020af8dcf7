/** What `demo-idp` prints: a grafana.ini to use as it stands, and the lists of what it can do. */
import type { DemoIdp, DemoPreset, DemoUser } from '../demo-idp/index.js';
import type { SourceFile } from '../text/source.js';
import type { Style } from './style.js';

/** A configuration that is ready to use; everything else stands in comments, so that the whole text is a grafana.ini. */
export function demoIni(idp: DemoIdp, ini: string): string {
  const facts = [
    `auth-cli demo provider, imitating ${idp.preset.title}: ${idp.preset.summary}`,
    `issuer ${idp.issuer}`,
    '',
    'who can sign in:',
    ...users(idp.users),
  ];
  return `${facts.map((line) => `; ${line}`.trimEnd()).join('\n')}\n\n${ini}`;
}

export interface ProductDemoText {
  readonly note: string;
  readonly files: readonly SourceFile[];
  readonly users: readonly Pick<DemoUser, 'id' | 'summary'>[];
}

/** The same for another product: env files and YAML have comments with `#`, ini files with `;`. */
export function productDemoText({ note, files, users: people }: ProductDemoText): string {
  return files
    .map(({ path, text }) => {
      const sign = path.endsWith('.ini') ? ';' : '#';
      const facts = [`auth-cli, ${note}`, '', 'who can sign in:', ...users(people)];
      return `${facts.map((line) => `${sign} ${line}`.trimEnd()).join('\n')}\n\n${text}`;
    })
    .join('\n');
}

export function productDemoJson({ note, files, users: people }: ProductDemoText, product: string): string {
  const value = {
    formatVersion: 1,
    product,
    note,
    users: people.map(({ id, summary }) => ({ id, summary })),
    config: files.map(({ text }) => text).join('\n'),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function users(list: readonly Pick<DemoUser, 'id' | 'summary'>[]): string[] {
  const width = Math.max(...list.map((user) => user.id.length));
  return list.map((user) => `  ${user.id.padEnd(width)}  ${user.summary}`);
}

export interface DemoJsonOptions {
  readonly ini: string;
}

export function demoJson(idp: DemoIdp, { ini }: DemoJsonOptions): string {
  const value = {
    formatVersion: 1,
    issuer: idp.issuer,
    port: idp.port,
    as: idp.preset.id,
    endpoints: idp.endpoints,
    clientId: idp.clientId,
    clientSecret: idp.clientSecret,
    ca: idp.ca,
    users: idp.users,
    config: ini,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

export interface DemoCatalog {
  readonly presets: readonly DemoPreset[];
  readonly users: readonly DemoUser[];
  readonly faults: Readonly<
    Record<string, { readonly summary: string; readonly movable?: boolean; readonly at: string }>
  >;
}

export function catalogText({ presets, users: people, faults }: DemoCatalog, style: Style): string {
  const names = presets.flatMap((preset) => [
    [preset.id, preset.summary] as const,
    ...Object.entries(preset.variants ?? {}).map(
      ([variant, change]) => [`${preset.id}:${variant}`, change.summary] as const,
    ),
  ]);
  const movable = (fault: DemoCatalog['faults'][string]) =>
    fault.movable ? ` (there, or at an endpoint: NAME:token)` : '';
  return [
    style.bold('whom it can imitate (--as)'),
    ...table(names),
    '',
    style.bold('who can sign in (--user)'),
    ...table(people.map((user) => [user.id, user.summary] as const)),
    '',
    style.bold('what can go wrong on purpose (--misbehave)'),
    ...table(Object.entries(faults).map(([name, fault]) => [name, `${fault.at}: ${fault.summary}${movable(fault)}`])),
    '',
  ].join('\n');
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}

export function catalogJson({ presets, users: people, faults }: DemoCatalog): string {
  const value = {
    formatVersion: 1,
    presets: presets.map((preset) => ({
      id: preset.id,
      title: preset.title,
      kind: preset.kind,
      summary: preset.summary,
      variants: Object.entries(preset.variants ?? {}).map(([name, variant]) => ({
        id: `${preset.id}:${name}`,
        summary: variant.summary,
      })),
    })),
    users: people.map(({ id, summary }) => ({ id, summary })),
    misbehaviours: Object.entries(faults).map(([id, { at, summary, movable }]) => ({
      id,
      at,
      summary,
      movable: movable ?? false,
    })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
