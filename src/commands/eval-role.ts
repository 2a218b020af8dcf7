/** `auth-cli eval-role`: what the product makes of recorded or sample payloads; one, many, or a stream of them. */
import { Body } from '../claims/body.js';
import { isTable } from '../claims/envelope.js';
import {
  checkExpectations,
  type Expectation,
  type ExpectationResult,
  expectationsOf,
  parseExpectation,
} from '../claims/expect.js';
import { jwtPayload } from '../claims/jwt.js';
import { PayloadError, readPayload, textBody } from '../claims/payload.js';
import { type Resolution, withoutCredentials } from '../claims/trace.js';
import { EXIT, type ExitCode, UsageError, worst } from '../errors.js';
import { PRODUCTS, productEntry, productOfConfig, productOfPayload, productOfSection } from '../products/index.js';
import type { PayloadEnvelope, PreparedResolver, ProductId } from '../products/product.js';
import { type BulkRow, passes } from '../report/trace/bulk.js';
import { personName } from '../report/trace/words.js';
import { LineMap, type SourceFile } from '../text/source.js';
import { printable } from '../text/width.js';
import { type CommandContext, defineCommand } from './command.js';

import { choiceOption, collect } from './flags.js';
import { checkStdin, readConfigOption, readEnvironment, readSource } from './inputs.js';
import { type PayloadText, payloadInputs, payloadTexts } from './payloads.js';

/** Options of a provider that decide about a person; each is a flag of the same name. */
const OPTION_FLAGS = [
  'name_attribute_path',
  'login_attribute_path',
  'email_attribute_path',
  'email_attribute_name',
  'role_attribute_path',
  'role_attribute_strict',
  'allow_assign_grafana_admin',
  'skip_org_role_sync',
  'groups_attribute_path',
  'org_attribute_path',
  'org_mapping',
  'team_ids',
  'team_ids_attribute_path',
  'teams_url',
  'allowed_organizations',
  'allowed_groups',
  'allowed_domains',
  'allow_sign_up',
  'api_url',
  'id_token_attribute_name',
] as const;

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

interface Options {
  readonly as?: 'userinfo' | 'id_token' | 'access_token';
  readonly jsonl?: boolean;
  readonly expect?: readonly string[];
  readonly trace: boolean;
  readonly now?: string;
  readonly state?: string;
  readonly policies?: string;
  readonly keyFile?: string;
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
    command
      .addOption(
        choiceOption('--as <source>', 'what a bare claims object is; default userinfo', [
          'userinfo',
          'id_token',
          'access_token',
        ]),
      )
      .option('--jsonl', 'one payload a line, whatever the name of the file')
      .option(
        '--expect <field=value>',
        'make it a test: role=Editor, outcome=denied, orgRoles.2=Viewer; repeatable',
        collect,
      )
      .option('--no-trace', 'leave the steps out')
      .option('--now <time>', 'time of the login, seconds since 1970 or ISO 8601 [dashboard, gem]')
      .option('--state <file>', 'what the server has: users, groups, tenants [dashboard]')
      .option('--policies <file>', 'access policies: name, scopes, tenants [gem]')
      .option('--key-file <file>', 'shared key to verify the token with; - is standard input [dashboard]')
      .option('--current-groups <ids>', 'group ids the person has now, with commas [dashboard]');
    command.optionsGroup('Settings (they win over the configuration):');
    for (const name of OPTION_FLAGS) command.option(`--${name.replaceAll('_', '-')} <text>`, name);
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
    const run = new Run(context, options, await readResolvers(context, options), await readExtras(context, options));
    const inputs = await payloadInputs(context, operands.length === 0 ? ['-'] : operands, options.jsonl ?? false);
    const many = inputs.length > 1 || inputs.some((input) => input.lines);
    const printer = await makePrinter(context, many || run.severalProducts);
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
  const fields: Record<string, unknown> = {};
  const json = async (name: 'state' | 'policies') => {
    const path = options[name];
    if (path === undefined) return;
    const file = await readSource(context, path);
    try {
      fields[name] = JSON.parse(file.text);
    } catch (cause) {
      throw new UsageError(`${file.path} is no JSON`, { because: (cause as Error).message, cause });
    }
  };
  await json('state');
  await json('policies');
  if (options.keyFile !== undefined) {
    // A key file ends in a line break more often than a key does.
    fields['key'] = (await readSource(context, options.keyFile)).text.replace(/\r?\n$/, '');
  }
  if (options.currentGroups !== undefined) {
    const ids = options.currentGroups.split(',').map((id) => Number(id.trim()));
    if (ids.some((id) => !Number.isSafeInteger(id))) throw new UsageError('--current-groups takes group ids: 1,7');
    fields['currentGroups'] = ids;
  }
  const expectations = (options.expect ?? []).map((text) => {
    const expectation = parseExpectation(text);
    if (expectation === undefined)
      throw new UsageError(`--expect needs FIELD=VALUE, not "${text}"`, { hint: '--expect role=Editor' });
    return expectation;
  });
  return { fields, expectations };
}

type Resolvers = ReadonlyMap<ProductId | undefined, (product: ProductId) => Promise<PreparedResolver>>;

/**
 * A resolver for each product the configurations speak of. Without a configuration: one that takes its settings from flags or
 * from the payload, of the product the payload belongs to (key undefined).
 */
async function readResolvers(context: CommandContext, options: Options): Promise<Resolvers> {
  const { options: global } = context;
  const flags: Record<string, string> = {};
  for (const name of OPTION_FLAGS) {
    const value = options[camel(name)];
    if (typeof value === 'string') flags[name] = value;
  }
  const given = Object.keys(flags);
  const files = await readConfigOption(context);
  const env = await readEnvironment(context);
  const now = options.now === undefined ? context.host.now() / 1000 : readTime(options.now);
  const prepare = (own: readonly SourceFile[]) => {
    const cache = new Map<ProductId, Promise<PreparedResolver>>();
    return (id: ProductId): Promise<PreparedResolver> => {
      let prepared = cache.get(id);
      if (prepared === undefined) {
        prepared = makeResolver(id, own);
        cache.set(id, prepared);
      }
      return prepared;
    };
  };
  const makeResolver = async (id: ProductId, own: readonly SourceFile[]): Promise<PreparedResolver> => {
    const entry = productEntry(id)!;
    const version = {
      'grafana-version': global.grafanaVersion,
      'dashboard-version': global.dashboardVersion,
      'gem-version': global.gemVersion,
    }[entry.versionOption];
    return (await entry.load()).prepare({
      ...(own.length > 0
        ? { files: own, readFile: (path) => context.host.readFile(path), hostname: context.host.hostname() }
        : {}),
      ...(given.length > 0 ? { flags } : {}),
      ...(global.section === undefined ? {} : { section: global.section }),
      ...(version === undefined ? {} : { productVersion: version }),
      ...(env === undefined ? {} : { env }),
      now,
    });
  };
  if (files.length === 0) return new Map([[global.product ?? productOfSection(global.section), prepare([])]]);
  const groups = new Map<ProductId, SourceFile[]>();
  for (const file of files) {
    const id = global.product ?? productOfSection(global.section) ?? productOfConfig(file);
    if (id === undefined) {
      throw new UsageError(`${file.path} is no configuration of a known product`, {
        because: `products: ${PRODUCTS.map((entry) => entry.id).join(', ')}`,
        hint: 'name the product with --product',
      });
    }
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [file]);
    else group.push(file);
  }
  // defaults.ini and custom.ini are read together whichever of the two sections each holds.
  const cloud = groups.get('grafana-cloud');
  if (cloud !== undefined && groups.has('grafana') && global.product === undefined) {
    groups.set(
      'grafana',
      files.filter((file) => groups.get('grafana')!.includes(file) || cloud.includes(file)),
    );
    groups.delete('grafana-cloud');
  }
  return new Map([...groups].map(([id, own]) => [id, prepare(own)]));
}

/** @throws UsageError */
function readTime(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text) / 1000;
  if (Number.isNaN(seconds))
    throw new UsageError(`--now cannot be "${text}"`, { hint: 'seconds since 1970, or 2026-01-31T12:00:00Z' });
  return seconds;
}

/** One payload on its way through the products. */
interface Subject {
  readonly place: string;
  readonly envelope: PayloadEnvelope;
  readonly expectations: readonly Expectation[];
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
  #told = 0;
  #count = 0;

  constructor(context: CommandContext, options: Options, resolvers: Resolvers, extras: Extras) {
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
  one(source: PayloadText, printer: Printer): Promise<void> | undefined {
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
        const resolution = prepared.resolve(envelope, { trace: this.#options.trace && printer.wantsTrace });
        if (!(resolution instanceof Promise)) {
          this.#take(subject, resolution, printer);
          return undefined;
        }
        return resolution.then((late) => this.#take(subject, late, printer));
      }
    }
    return this.#resolve(subject, printer);
  }

  async #resolve(subject: Subject, printer: Printer): Promise<void> {
    for (const [configured, resolver] of this.#resolvers) {
      const id = configured ?? productOfPayload(subject.envelope) ?? 'grafana';
      const prepared = await resolver(id);
      this.#prepared.set(id, prepared);
      const resolution = await prepared.resolve(subject.envelope, {
        trace: this.#options.trace && printer.wantsTrace,
      });
      this.#take(
        this.severalProducts ? { ...subject, place: `${subject.place} (${id})` } : subject,
        resolution,
        printer,
      );
    }
  }

  #take({ place, envelope, expectations }: Subject, found: Resolution, printer: Printer): void {
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
    };
    this.#count++;
    this.codes.push(passes(row) ? EXIT.ok : EXIT.failed);
    if (this.codes.length > 1000) this.codes.splice(0, this.codes.length, worst(this.codes));
    printer.row(row);
  }

  async #unreadable(source: PayloadText, error: PayloadError, printer: Printer): Promise<void> {
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

/** Who a refused person is; the resolution names only those the product knows. */
function nameInPayload(envelope: PayloadEnvelope): string | undefined {
  const token = isTable(envelope.token) ? (envelope.token['id_token'] ?? envelope.id_token) : envelope.id_token;
  const claims = typeof token === 'string' ? jwtPayload(token.slice(token.indexOf(':') + 1)) : undefined;
  for (const part of [claims?.ok ? textBody(claims.text) : envelope.id_token_claims, envelope.userinfo]) {
    const value = part instanceof Body ? part.plain?.value : part;
    if (!isTable(value)) continue;
    for (const key of ['preferred_username', 'login', 'username', 'email', 'upn', 'sub']) {
      const found = value[key];
      if (typeof found === 'string' && found !== '') return found;
    }
  }
  return undefined;
}

interface Printer {
  readonly wantsTrace: boolean;
  begin(): Promise<void>;
  /** Written at the next `flush`. */
  row(row: BulkRow): void;
  unreadable(place: string, message: string): void;
  flush(): Promise<void>;
  end(): Promise<void>;
}

async function makePrinter(context: CommandContext, many: boolean): Promise<Printer> {
  const bulk = await import('../report/trace/bulk.js');
  const counter = new bulk.BulkCounter();
  let buffer = '';
  const flush = async () => {
    if (buffer === '') return;
    const text = buffer;
    buffer = '';
    await context.print(text);
  };
  const put = (text: string) => {
    buffer += text;
  };
  const common = { flush, unreadable: () => void counter.unreadable++, begin: async () => {}, end: flush };
  switch (context.format) {
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
      const markdown = await import('../report/trace/markdown.js');
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
      const html = await import('../report/trace/html.js');
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
            put(`${bulk.formatBulkRow(row, context.style)}\n`);
          },
          end: async () => {
            if (!context.options.quiet) put(`\n${bulk.formatBulkSummary(counter.summary(), context.style)}\n`);
            await flush();
          },
        };
      }
      const { formatTrace } = await import('../report/trace/pretty.js');
      const { quiet, verbose } = context.options;
      return {
        ...common,
        wantsTrace: true,
        row: (row) => {
          put(
            formatTrace(row.resolution, context.style, {
              ...(quiet ? { quiet } : {}),
              ...(verbose ? { verbose } : {}),
              who: printable(row.who),
            }),
          );
          for (const result of row.expectations) {
            const mark = result.met
              ? context.style.green(context.style.symbols.ok)
              : context.style.red(context.style.symbols.fail);
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
