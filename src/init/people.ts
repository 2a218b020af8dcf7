/**
 * The sample logins of a preset, moved to the person's own server, groups and teams: what the configuration is tried with before
 * it is written.
 */
import { samplePayload } from '../providers/sample-payload.js';
import { fill } from '../providers/templates.js';
import type { SampleLogin } from '../providers/types.js';
import { type InitAnswers, templateValues } from './configuration.js';
import { claimPath, type TableClaim } from './role-expression.js';
import type { RoleRow } from './role-table.js';

/** A payload of a dry run, to which the configuration gives the settings. */
export type Payload = Readonly<Record<string, unknown>>;

export interface Person {
  /** Who it is, or what is odd about the login. */
  readonly name: string;
  readonly kind: 'row' | 'user' | 'no-groups' | 'trap';
  /** The row of the table the person is in. */
  readonly row?: RoleRow;
  readonly note?: string;
  readonly payload: Payload;
}

/** One person for each row, then those of the preset. */
export function samplePeople(answers: InitAnswers, samples: readonly SampleLogin[]): readonly Person[] {
  const { rows, details } = answers;
  const { table } = details.grafana;
  const move = mover(answers);
  const admin = samples.find((sample) => sample.persona === 'admin');
  const people: Person[] = [];
  for (const [at, row] of rows.entries()) {
    if (!admin || rows.findIndex((other) => other.value === row.value) !== at) continue;
    const own = new Map(table.rows.map(([value]) => [value, row.value]));
    people.push({ name: personName(table.what, row.value), kind: 'row', row, payload: move(admin, own) });
  }
  const own = new Map(table.rows.map(([value], at) => [value, rows[at]?.value ?? value]));
  const held = new Set(table.rows.map(([value]) => value));
  for (const sample of samples) {
    if (sample.persona === 'admin' || !fits(sample, answers)) continue;
    // Somebody of the table stands there already.
    if (sample.persona === 'user' && rows.length > 0 && mentions(sample, held)) continue;
    people.push({
      name: sample.name,
      kind: sample.persona,
      ...(sample.note === undefined ? {} : { note: sample.note }),
      payload: move(sample, own),
    });
  }
  return people;
}

const personName = (what: string, value: string) => (what === 'group' ? `in ${value}` : `${what} ${value}`);

/** Options a sample may have for itself: the configuration's own stand in their place. */
const REPLACED = new Set(['role_attribute_path', 'teams_url', 'team_ids', 'team_ids_attribute_path']);

/** Whether the sample is about the preset's settings, and about a gate only where there is one. */
function fits({ settings = {}, persona }: SampleLogin, { details, gate }: InitAnswers): boolean {
  if (!Object.keys(settings).every((key) => REPLACED.has(key))) return false;
  if (settings['team_ids'] === undefined) return true;
  if (settings['team_ids_attribute_path'] !== details.grafana.settings['team_ids_attribute_path']) return false;
  return gate.teams.length > 0 || persona === 'user';
}

function mentions(sample: SampleLogin, values: ReadonlySet<string>): boolean {
  let found = false;
  const look = (value: unknown): unknown => {
    if (typeof value === 'string' && values.has(value)) found = true;
    if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value)) {
        if (values.has(key)) found = true;
        look(member);
      }
    return value;
  };
  look([sample.idToken, sample.userinfo]);
  return found;
}

/** Puts the person's own addresses, values, claim, e-mail domain and team in the place of those of the samples. */
function mover(answers: InitAnswers): (sample: SampleLogin, values: ReadonlyMap<string, string>) => Payload {
  const { details, gate, claim } = answers;
  const { table, settings } = details.grafana;
  const examples = Object.fromEntries(details.variables.map(({ name, example }) => [name, example]));
  const own = templateValues(answers);
  const address = (key: string, values: Readonly<Record<string, string>>) => fill(settings[key] ?? '', values);
  const addresses = [
    [address('teams_url', examples), address('teams_url', own)],
    [address('api_url', examples), answers.found?.api ?? address('api_url', own)],
  ] as const;
  const usual = claimPath(fill(table.claim, examples));
  const domain = gate.domains[0];
  const team = gate.teams[0];

  return (sample, values) => {
    const text = (value: string): string => {
      const mapped = values.get(value) ?? (value === table.team ? team : undefined);
      return mapped ?? (domain === undefined ? value : value.replace(/@[a-z.]*example(\.com)?$/, `@${domain}`));
    };
    const moved = (value: unknown): unknown => {
      if (typeof value === 'string') return text(value);
      if (typeof value === 'number' && team !== undefined && String(value) === table.team) return Number(team) || team;
      if (Array.isArray(value)) return value.map(moved);
      if (!isTable(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [values.get(name) ?? name, moved(member)]),
      );
    };
    const claims = (document: unknown) => withClaim(moved(document), usual, claim);
    const http = Object.entries(sample.http ?? {}).map(
      ([url, { status, body }]) => [moveAddress(url, addresses), { status, body: moved(body) }] as const,
    );
    const { settings: _own, ...payload } = samplePayload(
      {
        ...sample,
        ...(sample.idToken ? { idToken: claims(sample.idToken) as Claims } : {}),
        ...(sample.userinfo === undefined ? {} : { userinfo: claims(sample.userinfo) }),
        ...(sample.accessToken ? { accessToken: claims(sample.accessToken) as Claims } : {}),
        http: Object.fromEntries(http),
      },
      {},
    );
    return payload;
  };
}

type Claims = Record<string, unknown>;

const isTable = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where the table reads another claim than the preset's, the values are there in the form it expects. */
function withClaim(document: unknown, usual: readonly string[], claim: TableClaim): unknown {
  const held = usual.reduce<unknown>((value, name) => (isTable(value) ? value[name] : undefined), document);
  if (!isTable(document) || held === undefined || held === null) return document;
  if (claim.shape !== 'delimited' && JSON.stringify(usual) === JSON.stringify(claim.path)) return document;
  const copy = structuredClone(document);
  let at = copy;
  for (const name of claim.path.slice(0, -1)) {
    const below = at[name];
    at[name] = isTable(below) ? below : {};
    at = at[name] as Claims;
  }
  at[claim.path.at(-1)!] = shaped(held, claim);
  return copy;
}

function shaped(held: unknown, { shape, delimiter = ',' }: TableClaim): unknown {
  const items = Array.isArray(held) ? held : isTable(held) ? Object.keys(held) : [held];
  switch (shape) {
    case 'list':
      return held;
    case 'value':
      return items[0];
    case 'delimited':
      return items.join(delimiter);
    case 'map':
      return Object.fromEntries(items.map((item) => [String(item), true]));
  }
}

function moveAddress(url: string, addresses: readonly (readonly [from: string, to: string])[]): string {
  const plain = (text: string) => text.replace(/[?#].*$/, '');
  for (const [from, to] of addresses) {
    if (from === '') continue;
    if (plain(url) === plain(from)) return to;
    if (url.startsWith(from)) return to + url.slice(from.length);
  }
  return url;
}
