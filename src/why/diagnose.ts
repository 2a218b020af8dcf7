/** From texts to troubles: every record is looked up, each trouble is kept once, and a configuration says which cause holds. */
import { TROUBLES } from './knowledge.js';
import type { ProviderError, ProviderErrors } from './providers.js';
import { type LogRecord, readRecord, shapeOf } from './record.js';
import { redactText } from './redact.js';
import type { Cause, CauseVerdict, Trouble, WhyConfig, WhyProduct } from './types.js';

export interface JudgedCause {
  readonly cause: string;
  readonly check: string;
  readonly options: readonly { readonly option: string; readonly place?: string }[];
  /** What the configuration says; undefined: nothing, or there is none. */
  readonly verdict?: CauseVerdict;
  /** What a provider says about itself, remembered only. */
  readonly unverified?: boolean;
}

export interface Diagnosis {
  readonly id: string;
  readonly title: string;
  readonly products: readonly WhyProduct[];
  /** Records it was found in. */
  readonly count: number;
  /** Line of the first one, from 1; undefined where the input is one message. */
  readonly line?: number;
  /** The first one, without secrets. */
  readonly example: string;
  /** People it concerned, the first ones. */
  readonly users: readonly string[];
  readonly moreUsers: number;
  /** Most likely first. */
  readonly causes: readonly JudgedCause[];
  readonly source: string;
}

interface Found {
  readonly trouble: Trouble;
  count: number;
  readonly line: number | undefined;
  readonly example: string;
  readonly groups: Readonly<Record<string, string>>;
  readonly users: Set<string>;
  moreUsers: number;
  readonly providers: Map<string, ProviderError>;
}

interface Match {
  readonly trouble: Trouble;
  readonly groups: Readonly<Record<string, string>>;
}

/** What records of one shape say. */
interface Reading {
  readonly matches: readonly Match[];
  readonly errors: readonly ProviderError[];
  /** Bad, about logins, and nothing is known of it. */
  readonly unknown: boolean;
}

const NOTHING: Reading = { matches: [], errors: [], unknown: false };

const MOST_SHAPES = 2000;
/** Longer records are seldom the same, and would fill the memory. */
const LONG = 4000;

/** People that are listed; what is counted beyond is not kept. */
const MOST_USERS = 1000;
const MOST_UNKNOWN = 5;

export interface DiagnoserOptions {
  readonly product?: WhyProduct | undefined;
  readonly config?: WhyConfig | undefined;
  readonly providers?: ProviderErrors | undefined;
  /** The identity provider, where it is known otherwise than from the configuration. */
  readonly provider?: string | undefined;
}

export class Diagnoser {
  readonly #options: DiagnoserOptions;
  readonly #troubles: readonly Trouble[];
  readonly #shapes = new Map<string, Reading>();
  readonly #found = new Map<string, Found>();
  /** Bad records about logins that nothing is known of. */
  readonly unknown: { readonly line: number | undefined; readonly text: string }[] = [];
  unknownCount = 0;
  records = 0;

  constructor(options: DiagnoserOptions = {}) {
    this.#options = options;
    const { product } = options;
    this.#troubles = product === undefined ? TROUBLES : TROUBLES.filter(({ products }) => products.includes(product));
  }

  /** One record, or a whole message. `line`: from 1, where the input is a log. */
  add(text: string, line?: number): void {
    if (text.trim() === '') return;
    this.records++;
    const { matches, errors, unknown } = this.#readOnce(text);
    if (unknown && matches.length === 0) this.#keepUnknown(text, line);
    if (matches.length === 0) return;
    const record = readRecord(text);
    matches.forEach(({ trouble, groups }, at) => {
      this.#keep(trouble, groups, record, text, line, at === 0 ? errors : []);
    });
  }

  #readOnce(text: string): Reading {
    if (text.length > LONG) return this.#read(text);
    const shape = shapeOf(text);
    let reading = this.#shapes.get(shape);
    if (reading === undefined) {
      reading = this.#read(text);
      if (this.#shapes.size >= MOST_SHAPES) this.#shapes.delete(this.#shapes.keys().next().value!);
      this.#shapes.set(shape, reading);
    }
    return reading;
  }

  #read(text: string): Reading {
    const record = readRecord(text);
    const own = this.#lookUp(record.text, this.#troubles);
    if (record.calm && own.length === 0) return NOTHING;
    // A text of another product than that of the configuration is still better than none.
    const matches = own.length > 0 ? own : this.#lookUp(record.text, TROUBLES);
    const provider = this.#options.provider ?? this.#options.config?.provider?.id;
    const errors = this.#options.providers?.find(record.text, provider) ?? [];
    if (matches.length === 0 && errors.length > 0) matches.push({ trouble: troubleOf(errors[0]!), groups: {} });
    return { matches, errors, unknown: record.bad && /oauth|oidc|sso|jwt|login|auth/i.test(text) };
  }

  #lookUp(text: string, troubles: readonly Trouble[]): Match[] {
    const matches: Match[] = [];
    for (const trouble of troubles)
      for (const pattern of trouble.patterns) {
        const match = pattern.exec(text);
        if (match === null) continue;
        matches.push({ trouble, groups: match.groups ?? {} });
        break;
      }
    const special = matches.filter(({ trouble }) => !trouble.umbrella);
    const chosen = special.length > 0 ? special : matches;
    const ids = new Set(chosen.map(({ trouble: { id } }) => id));
    return chosen.filter(({ trouble: { yieldsTo = [] } }) => !yieldsTo.some((id) => ids.has(id)));
  }

  #keep(
    trouble: Trouble,
    groups: Readonly<Record<string, string>>,
    record: LogRecord,
    text: string,
    line: number | undefined,
    errors: readonly ProviderError[],
  ): void {
    let found = this.#found.get(trouble.id);
    if (found === undefined) {
      found = {
        trouble,
        count: 0,
        line,
        example: redactText(text),
        groups: Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, redactText(value ?? '')])),
        users: new Set(),
        moreUsers: 0,
        providers: new Map(),
      };
      this.#found.set(trouble.id, found);
    }
    found.count++;
    for (const error of errors) found.providers.set(`${error.provider.id} ${error.text}`, error);
    if (record.user === undefined || found.users.has(record.user)) return;
    if (found.users.size < MOST_USERS) found.users.add(record.user);
    else found.moreUsers++;
  }

  #keepUnknown(text: string, line: number | undefined): void {
    this.unknownCount++;
    if (this.unknown.length < MOST_UNKNOWN) this.unknown.push({ line, text: redactText(text) });
  }

  /** A refusal of a dry run: the trouble it is, found or not found before. */
  confirm(rule: string, message: string): void {
    const trouble = this.#troubles.find(({ denials = [] }) => denials.includes(rule));
    if (trouble === undefined) return;
    const before = this.#found.get(trouble.id);
    if (before === undefined) this.#keep(trouble, {}, readRecord(message), message, undefined, []);
  }

  /** What was found, special troubles before those that may be anything, frequent ones first. */
  result(): readonly Diagnosis[] {
    const rank = ({ trouble: { umbrella = false }, count }: Found) => (umbrella ? 0 : 1e12) + count;
    return [...this.#found.values()].sort((a, b) => rank(b) - rank(a)).map((found) => this.#diagnosis(found));
  }

  #diagnosis({ trouble, count, line, example, groups, users, moreUsers, providers }: Found): Diagnosis {
    const { config } = this.#options;
    const own = [...providers.values()].map(providerCause);
    return {
      id: trouble.id,
      title: trouble.title,
      products: trouble.products,
      count,
      ...(line === undefined ? {} : { line }),
      example,
      users: [...users],
      moreUsers,
      causes: ranked([...own, ...trouble.causes.map((cause) => judged(cause, groups, config))]),
      source: trouble.source,
    };
  }
}

function judged(cause: Cause, groups: Readonly<Record<string, string>>, config: WhyConfig | undefined): JudgedCause {
  const verdict = config === undefined ? undefined : cause.decide?.(config, groups);
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => groups[name] ?? whole);
  return {
    cause: fill(cause.cause),
    check: fill(cause.check),
    options: (cause.options ?? []).map((option) => {
      const place = config?.place(option);
      return { option, ...(place === undefined ? {} : { place }) };
    }),
    ...(verdict === undefined ? {} : { verdict }),
  };
}

/** What holds first, what the configuration speaks against last; else as likely as they are listed. */
function ranked(causes: readonly JudgedCause[]): readonly JudgedCause[] {
  const rank = ({ verdict }: JudgedCause) => (verdict === undefined ? 1 : verdict.verdict === 'holds' ? 0 : 2);
  return causes
    .map((cause, at) => [cause, at] as const)
    .sort(([a, i], [b, j]) => rank(a) - rank(b) || i - j)
    .map(([cause]) => cause);
}

function providerCause({ provider, meaning, fix, verified }: ProviderError): JudgedCause {
  return {
    cause: `${provider.name} says this where: ${meaning}`,
    check: fix ?? 'the log of the provider',
    options: [],
    ...(verified ? {} : { unverified: true }),
  };
}

/** A text only the provider knows. */
function troubleOf({ provider }: ProviderError): Trouble {
  return {
    id: `provider-${provider.id}`,
    title: `An answer of ${provider.name}`,
    products: ['grafana'],
    patterns: [],
    texts: [],
    causes: [],
    source: `what is known of ${provider.name}`,
  };
}
