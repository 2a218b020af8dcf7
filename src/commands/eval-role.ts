/** `auth-cli eval-role`: what the product makes of recorded or sample payloads; one, many, or a stream of them. */
import {
  checkExpectations,
  type Expectation,
  type ExpectationResult,
  expectationsOf,
  mistypedField,
  parseExpectation,
} from '../claims/expect.js';
import { PayloadError, readPayload } from '../claims/payload.js';
import { nameInPayload } from '../claims/payload-person.js';
import { type Resolution, withoutCredentials } from '../claims/trace.js';
import { EXIT, type ExitCode, UsageError, worst } from '../errors.js';
import { productOfPayload } from '../products/index.js';
import type { PayloadEnvelope, PreparedResolver, ProductId } from '../products/product.js';
import { type BulkRow, passes } from '../report/trace/bulk.js';
import { makePrinter, type TracePrinter } from '../report/trace/printer.js';
import { personName } from '../report/trace/words.js';
import { LineMap } from '../text/source.js';
import { type CommandContext, defineCommand } from './command.js';
import { collect } from './flags.js';
import { checkStdin, readConfigOption, readEnvironment } from './inputs.js';
import { type PayloadText, payloadInputs, payloadTexts } from './payloads.js';
import {
  addOptionFlags,
  addPayloadOptions,
  addServerOptions,
  givenOptionFlags,
  loginTime,
  makeResolvers,
  type PayloadOptions,
  type Resolvers,
  readServerFields,
} from './resolvers.js';

interface Options extends PayloadOptions {
  readonly expect?: readonly string[];
  readonly trace: boolean;
  readonly currentGroups?: string;
  readonly [flag: string]: unknown;
}

export default defineCommand<Options>({
  description:
    'Dry-run the login decision on payloads: who the person is, role, groups, teams, organizations, let in or not and why, ' +
    'step by step as the product takes them.',
  formats: ['pretty', 'json', 'jsonl', 'markdown', 'html', 'junit'],
  define(command) {
    command.argument(
      '[payload...]',
      'claims, a JWT, an envelope or a recorded session; a folder; JSON lines; - is standard input',
    );
    addPayloadOptions(command);
    command
      .option(
        '--expect <field=value>',
        'make it a test: role=Editor, outcome=denied, orgRoles.2=Viewer; repeatable',
        collect,
      )
      .option('--no-trace', 'leave the steps out');
    addServerOptions(command);
    command.option('--current-groups <ids>', 'group ids the person has now, with commas [dashboard]');
    addOptionFlags(command);
  },
  completes: {
    '--expect': async () => [
      ...['outcome=allowed', 'outcome=denied', 'role=Admin', 'role=Editor', 'role=Viewer', 'grafanaAdmin=true'],
      ...['login=', 'email=', 'denial.rule=', 'tenant=', 'groups='],
    ],
  },
  examples: [
    {
      command:
        "auth-cli eval-role fixtures/payloads/editor.json --role-attribute-path \"contains(groups[*], 'editors') && 'Editor'\"",
      note: 'one payload, the expression from a flag',
    },
    {
      command:
        'auth-cli eval-role fixtures/payloads/editor.json --config fixtures/payloads/grafana.ini --expect role=Editor',
      note: 'a test for CI',
    },
    {
      command:
        'auth-cli eval-role fixtures/payloads/users.jsonl --config fixtures/payloads/grafana.ini --expect role=Editor',
      note: 'many payloads; somebody is no Editor',
      status: 1,
    },
  ],
  exitCodes: {
    0: 'everybody is let in, or every expectation is met',
    1: 'somebody is refused or the login fails, or an expectation is not met',
    2: 'a payload or the configuration could not be read',
  },
  async run(context, operands, options) {
    if (operands.length === 0 && context.host.stdin.isTTY) {
      throw new UsageError('no payload given', { hint: 'name a file, or - and pipe one in' });
    }
    checkStdin(operands, context.options);
    const resolvers = makeResolvers(context, {
      files: await readConfigOption(context),
      flags: givenOptionFlags(options),
      env: await readEnvironment(context),
      now: loginTime(context, options.now),
    });
    const extras = await readExtras(context, options);
    const inputs = await payloadInputs(context, operands.length === 0 ? ['-'] : operands, options.jsonl ?? false);
    const many = inputs.length > 1 || inputs.some((input) => input.lines);
    const run = new Run(context, options, resolvers, extras, many);
    const printer = await makePrinter(
      {
        format: context.format,
        style: context.style,
        quiet: context.options.quiet === true,
        verbose: context.options.verbose === true,
        print: (text) => context.print(text),
      },
      many || run.severalProducts,
    );
    await printer.begin();
    for (const input of inputs) {
      try {
        for await (const batch of payloadTexts(context, input)) {
          for (const text of batch) {
            // a promise for each of many lines would cost more than reading it
            const pending = run.one(text, printer);
            if (pending !== undefined) await pending;
          }
          await printer.flush();
          if (context.signal.aborted || context.closed) break;
          await run.progress();
        }
      } catch (error) {
        if (!(error instanceof UsageError) || !many) throw error;
        run.codes.push(await context.report(error));
      }
    }
    await printer.end();
    return worst(run.codes);
  },
});

/** What flags add to every payload. */
interface Extras {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly expectations: readonly Expectation[];
}

async function readExtras(context: CommandContext, options: Options): Promise<Extras> {
  const fields = await readServerFields(context, options);
  if (options.currentGroups !== undefined) {
    const ids = options.currentGroups.split(',').map((id) => Number(id.trim()));
    if (ids.some((id) => !Number.isSafeInteger(id))) throw new UsageError('--current-groups takes group ids: 1,7');
    fields['currentGroups'] = ids;
  }
  const expectations = (options.expect ?? []).map((text) => {
    const expectation = parseExpectation(text);
    if (expectation === undefined)
      throw new UsageError(`--expect needs FIELD=VALUE, not "${text}"`, { hint: '--expect role=Editor' });
    const suggestions = mistypedField(expectation);
    if (suggestions.length > 0)
      throw new UsageError(`--expect: no result has a field "${expectation.path.split('.', 1)[0]}"`, { suggestions });
    return expectation;
  });
  return { fields, expectations };
}

/** Why a payload cannot be taken, and where in its text. */
interface Unreadable {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly offset?: number | undefined;
}

/** One payload on its way through the products. */
interface Subject {
  readonly place: string;
  readonly envelope: PayloadEnvelope;
  readonly expectations: readonly Expectation[];
  /** Another product was asked about it already. */
  readonly again?: boolean;
}

const NONE: readonly ExpectationResult[] = [];

class Run {
  readonly codes: ExitCode[] = [];
  readonly #context: CommandContext;
  readonly #options: Options;
  readonly #resolvers: Resolvers;
  readonly #prepared = new Map<ProductId, PreparedResolver>();
  readonly #extras: Extras;
  readonly #hasFields: boolean;
  readonly #began: number;
  readonly #many: boolean;
  #told = 0;
  #count = 0;

  constructor(context: CommandContext, options: Options, resolvers: Resolvers, extras: Extras, many: boolean) {
    this.#many = many;
    this.#context = context;
    this.#options = options;
    this.#resolvers = resolvers;
    this.#extras = extras;
    this.#hasFields = Object.keys(extras.fields).length > 0;
    this.#began = context.host.now();
  }

  /** The same person before several products. */
  get severalProducts(): boolean {
    return this.#resolvers.size > 1;
  }

  /** Undefined where everything was done at once. */
  one(source: PayloadText, printer: TracePrinter): Promise<void> | undefined {
    let envelope: PayloadEnvelope;
    try {
      envelope = readPayload(source.text, this.#options.as ?? 'userinfo');
    } catch (error) {
      if (!(error instanceof PayloadError)) throw error;
      return this.#unreadable(source, error, printer);
    }
    if (this.#hasFields) envelope = { ...this.#extras.fields, ...envelope };
    const subject: Subject = {
      place: source.line === undefined ? source.path : `${source.path}:${source.line}`,
      envelope,
      expectations:
        envelope.expect === undefined
          ? this.#extras.expectations
          : [...this.#extras.expectations, ...expectationsOf(envelope.expect)],
    };
    if (!this.severalProducts) {
      for (const configured of this.#resolvers.keys()) {
        const prepared = this.#prepared.get(configured ?? productOfPayload(envelope) ?? 'grafana');
        if (prepared === undefined) break;
        let resolution: Promise<Resolution> | Resolution;
        try {
          resolution = prepared.resolve(envelope, { trace: this.#options.trace && printer.wantsTrace });
        } catch (error) {
          return this.#refused(source, error, printer);
        }
        if (!(resolution instanceof Promise)) {
          this.#take(subject, resolution, printer);
          return undefined;
        }
        return resolution.then(
          (late) => this.#take(subject, late, printer),
          (error: unknown) => this.#refused(source, error, printer),
        );
      }
    }
    return this.#resolve(source, subject, printer);
  }

  async #resolve(source: PayloadText, subject: Subject, printer: TracePrinter): Promise<void> {
    let again = false;
    for (const [configured, resolver] of this.#resolvers) {
      const id = configured ?? productOfPayload(subject.envelope) ?? 'grafana';
      const prepared = await resolver(id);
      this.#prepared.set(id, prepared);
      let resolution: Resolution;
      try {
        resolution = await prepared.resolve(subject.envelope, { trace: this.#options.trace && printer.wantsTrace });
      } catch (error) {
        await this.#refused(source, error, printer);
        continue;
      }
      this.#take(
        this.severalProducts ? { ...subject, place: `${subject.place} (${id})`, again } : subject,
        resolution,
        printer,
      );
      again = true;
    }
  }

  #take({ place, envelope, expectations, again = false }: Subject, found: Resolution, printer: TracePrinter): void {
    let resolution = withoutCredentials(found);
    if (typeof envelope.name === 'string' && resolution.name === undefined) {
      const { formatVersion, target, ...rest } = resolution;
      resolution = { formatVersion, target, name: envelope.name, ...rest } as Resolution;
    }
    const row: BulkRow = {
      place,
      who: resolution.name ?? personName(resolution) ?? nameInPayload(envelope) ?? 'this person',
      resolution,
      expectations: expectations.length === 0 ? NONE : checkExpectations(resolution, expectations),
      ...(again ? { again } : {}),
    };
    if (!again) this.#count++;
    this.codes.push(passes(row) ? EXIT.ok : EXIT.failed);
    if (this.codes.length > 1000) this.codes.splice(0, this.codes.length, worst(this.codes));
    printer.row(row);
  }

  /** A payload the product's procedure cannot take; one of many is reported, and the rest goes on. */
  #refused(source: PayloadText, error: unknown, printer: TracePrinter): Promise<void> {
    if (!(error instanceof UsageError && this.#many)) throw error;
    const { message, hint } = error;
    return this.#unreadable(source, { message, ...(hint === undefined ? {} : { hint }) }, printer);
  }

  async #unreadable(source: PayloadText, error: Unreadable, printer: TracePrinter): Promise<void> {
    const at = new LineMap(source.text).position(error.offset ?? 0);
    const line = (source.line ?? 1) + at.line - 1;
    const place = `${source.path}:${line}:${at.column}`;
    this.codes.push(EXIT.usage);
    await this.#context.warn(`${place}: error: ${error.message}${error.hint === undefined ? '' : `; ${error.hint}`}`);
    printer.unreadable(place, error.message);
  }

  /** A counter for people who wait, at most every second. */
  async progress(): Promise<void> {
    const { host } = this.#context;
    if (!host.stderr.isTTY || this.#context.options.quiet) return;
    const seconds = Math.floor((host.now() - this.#began) / 1000);
    if (seconds <= this.#told) return;
    this.#told = seconds;
    await host.stderr.write(`\r${this.#count} payloads …`);
  }
}
