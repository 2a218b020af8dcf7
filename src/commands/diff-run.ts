/** One payload after the other before two configurations. */
import { type Allowance, isPermitted } from '../claims/allowances.js';
import { type Cause, findCause } from '../claims/attribution.js';
import { agreeOn, compareResolutions, type FieldChange } from '../claims/compare.js';
import { PayloadError, readPayload } from '../claims/payload.js';
import { nameInPayload } from '../claims/payload-person.js';
import type { Resolution } from '../claims/trace.js';
import { CliError, EXIT, type ExitCode, worst } from '../errors.js';
import type { PayloadEnvelope, PreparedResolver, ProductComparison } from '../products/product.js';
import type { ImpactChange, ImpactCounter, ImpactRow } from '../report/impact/impact.js';
import type { ImpactPrinter } from '../report/impact/printer.js';
import { personName } from '../report/trace/words.js';
import { LineMap } from '../text/source.js';
import type { CommandContext } from './command.js';
import type { PayloadText } from './payloads.js';
import type { PayloadOptions } from './resolvers.js';

export interface CompareLimits {
  readonly failOnLoss: boolean;
  readonly failOnGain: boolean;
  /** Every change that is not permitted. */
  readonly failOnAny: boolean;
  readonly allowances: readonly Allowance[];
}

export interface ComparisonParts {
  readonly context: CommandContext;
  readonly options: PayloadOptions;
  /** Added to every payload. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Of the old configuration and of the new one. */
  readonly sides: readonly [PreparedResolver, PreparedResolver];
  readonly comparison: ProductComparison;
  readonly limits: CompareLimits;
  readonly counter: ImpactCounter;
  readonly printer: ImpactPrinter;
}

/** Configurations between the two that are kept prepared. */
const KEPT = 500;

export class Comparison {
  readonly codes: ExitCode[] = [];
  /** Payloads with settings of their own. */
  leftAside = 0;
  readonly #parts: ComparisonParts;
  readonly #candidates: readonly number[];
  readonly #between = new Map<string, Promise<PreparedResolver | undefined>>();
  readonly #began: number;
  #told = 0;

  constructor(parts: ComparisonParts) {
    this.#parts = parts;
    this.#candidates = parts.comparison.differences.flatMap(({ decides }, at) => (decides ? [at] : []));
    this.#began = parts.context.host.now();
  }

  async one(source: PayloadText): Promise<void> {
    const { counter, printer, sides } = this.#parts;
    try {
      const envelope = this.#read(source);
      const [before, after] = [await sides[0].resolve(envelope, UNTRACED), await sides[1].resolve(envelope, UNTRACED)];
      counter.total++;
      const changes = compareResolutions(before, after);
      if (changes.length === 0) return;
      const row: ImpactRow = {
        place: source.line === undefined ? source.path : `${source.path}:${source.line}`,
        who: nameOf(envelope, after, before),
        changes: await Promise.all(changes.map((change) => this.#judge(change, envelope, before, after))),
        before,
        after,
        ...(before.certainty === undefined && after.certainty === undefined ? {} : { certainty: 'undetermined' }),
      };
      counter.add(row);
      for (const change of row.changes) if (this.#isBeyond(change)) counter.beyond++;
      printer.row(row);
    } catch (error) {
      if (!(error instanceof PayloadError || error instanceof CliError)) throw error;
      await this.#unreadable(source, error);
    }
  }

  #read(source: PayloadText): PayloadEnvelope {
    const { options, fields } = this.#parts;
    const { settings, config, server, ...envelope } = readPayload(source.text, options.as ?? 'userinfo');
    if (settings !== undefined || config !== undefined || server !== undefined) this.leftAside++;
    return { ...fields, ...envelope };
  }

  async #judge(
    change: FieldChange,
    envelope: PayloadEnvelope,
    before: Resolution,
    after: Resolution,
  ): Promise<ImpactChange> {
    const { limits } = this.#parts;
    return {
      ...change,
      permitted: isPermitted(change, limits.allowances),
      cause: await this.#cause(change, envelope, before, after),
    };
  }

  async #cause(
    { field }: FieldChange,
    envelope: PayloadEnvelope,
    before: Resolution,
    after: Resolution,
  ): Promise<Cause> {
    const cause = await findCause({
      candidates: this.#candidates,
      changes: async (taken) => {
        const resolver = await this.#prepared(taken);
        const resolution = await resolver?.resolve(envelope, UNTRACED);
        return resolution !== undefined && agreeOn(field, resolution, after);
      },
    });
    if (cause.kind !== 'unknown') return cause;
    // A configuration that does not run decides nothing, so nothing in it can be tried.
    const broken = [after, before].find(({ denial }) => denial?.rule === 'config');
    return broken ? { kind: 'unknown', note: broken.denial!.message } : cause;
  }

  /** Undefined where such a configuration cannot be: the product would refuse it. */
  #prepared(taken: readonly number[]): Promise<PreparedResolver | undefined> {
    const key = taken.join();
    let prepared = this.#between.get(key);
    if (prepared === undefined) {
      if (this.#between.size >= KEPT) this.#between.delete(this.#between.keys().next().value!);
      prepared = this.#parts.comparison.prepare(taken).catch((error: unknown) => {
        if (error instanceof CliError) return undefined;
        throw error;
      });
      this.#between.set(key, prepared);
    }
    return prepared;
  }

  #isBeyond({ permitted, direction }: ImpactChange): boolean {
    const { failOnLoss, failOnGain, failOnAny } = this.#parts.limits;
    if (permitted) return false;
    if (failOnAny) return true;
    return (
      (failOnLoss && (direction === 'loss' || direction === 'either')) ||
      (failOnGain && (direction === 'gain' || direction === 'either'))
    );
  }

  async #unreadable(source: PayloadText, error: PayloadError | CliError): Promise<void> {
    const { context, counter, printer } = this.#parts;
    const at = new LineMap(source.text).position((error instanceof PayloadError ? error.offset : undefined) ?? 0);
    const place = `${source.path}:${(source.line ?? 1) + at.line - 1}:${at.column}`;
    this.codes.push(EXIT.usage);
    this.codes.splice(0, this.codes.length, worst(this.codes));
    counter.unreadable++;
    await context.warn(`${place}: error: ${error.message}${error.hint === undefined ? '' : `; ${error.hint}`}`);
    printer.unreadable(place, error.message);
  }

  /** A counter for people who wait, at most every second. */
  async progress(): Promise<void> {
    const { context, counter } = this.#parts;
    const { host } = context;
    if (!host.stderr.isTTY || context.options.quiet) return;
    const seconds = Math.floor((host.now() - this.#began) / 1000);
    if (seconds <= this.#told) return;
    this.#told = seconds;
    await host.stderr.write(`\r${counter.total} payloads …`);
  }
}

const UNTRACED = { trace: false } as const;

/** Who it is: the person as either side knows them, else as the payload names them. */
function nameOf(envelope: PayloadEnvelope, ...resolutions: readonly Resolution[]): string {
  for (const resolution of resolutions) {
    const found = personName(resolution);
    if (found !== undefined) return found;
  }
  const named = typeof envelope.name === 'string' ? envelope.name : undefined;
  return named ?? nameInPayload(envelope) ?? 'this person';
}
