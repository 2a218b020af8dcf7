/** `auth-cli convert`: the same settings in another form, with the quoting that form needs. */
import { EXIT, type ExitCode, UsageError } from '../errors.js';
import type { FormNoteKind } from '../forms/types.js';
import type { Collected } from '../forms/write/collect.js';
import { type Remark, WRITE_TARGETS, type WriteSetting, type WriteTarget, type Written } from '../forms/write/types.js';
import type { EffectiveConfig } from '../settings/types.js';
import type { SourceFile } from '../text/source.js';
import { closest } from '../text/suggest.js';
import { type CommandContext, defineCommand } from './command.js';
import { choiceOption, collect, type GlobalOptions } from './flags.js';
import {
  checkStdin,
  formFacts,
  readConfigOption,
  readEnvironment,
  readSource,
  requireConfiguration,
} from './inputs.js';

const TARGETS = [...Object.keys(WRITE_TARGETS), 'env'];

interface Options {
  readonly to?: WriteTarget | 'env';
  readonly service?: string;
  readonly name?: string;
  readonly showSecrets?: boolean;
  readonly force?: boolean;
  readonly stdinFilename?: string;
}

export default defineCommand<Options>({
  description:
    'Write the settings of a configuration in another form: what files and their variables set, with the quoting the other form needs, so that it reads back equal. Several files are layers of one configuration; later ones win.',
  define(command) {
    command
      .argument('<file...>', 'files in any form, in order, or - for standard input')
      .addOption(choiceOption('--to <form>', 'the form to write', TARGETS))
      .option('--section <name>', 'only this section; repeatable', collect)
      .option('--service <name>', 'compose: name of the service (default: grafana)')
      .option('--name <name>', 'Kubernetes forms: name of the object (default: grafana)')
      .option('--show-secrets', 'write secrets in clear instead of references to them')
      .option('--force', 'replace the file of --output if there is one')
      .option('--stdin-filename <name>', 'what standard input is called in messages');
  },
  notes: `Forms:

  ini                grafana.ini
  env-file, env      env_file of Compose; bare wherever Docker and systemd read it alike
  docker-env-file    docker run --env-file
  systemd            EnvironmentFile, /etc/default/grafana-server
  compose            a service's environment as a map; compose-list: as a list
  helm               grafana.ini: of the Grafana chart; helm-env: its env:
  kps                the same below grafana:, for kube-prometheus-stack
  operator           Grafana resource of the grafana-operator (v1beta1)
  configmap, secret  Kubernetes object with a grafana.ini
  pod-env            patch for a Deployment with the variables
  ansible            grafana_ini of the role grafana.grafana.grafana
  nix                services.grafana.settings
  terraform          grafana_sso_settings
  sso-api            body for the SSO settings API

Secrets in clear become references that suit the form ($__file{/run/secrets/…}, secretKeyRef, a Terraform variable); where each value is expected is said on standard error. Expanders such as \${NAME} stay as written. Comments are not taken over, and defaults are not written, except where a form would otherwise mean something else (Terraform).

What a form cannot hold is left out, and named on standard error with the reason: line breaks where a value is one line, options no variable can set, everything but login providers where settings go into Grafana's database.`,
  examples: [
    { command: 'auth-cli convert fixtures/demo/good.ini --to helm', note: 'values for the Grafana chart' },
    {
      command: 'auth-cli convert fixtures/demo/good.ini --to terraform --section auth.generic_oauth',
      note: 'one section, for the database',
    },
    {
      command: 'cat fixtures/demo/good.ini | auth-cli convert - --to compose',
      note: 'from standard input to a service of Compose',
    },
    {
      command: 'auth-cli convert fixtures/demo/server.env --to ini',
      note: 'from variables to a file; names Grafana does not know are told',
      status: 1,
    },
    {
      command: 'auth-cli convert fixtures/demo/good.ini --to sso-api',
      note: 'what the database does not hold is named',
      status: 1,
    },
    { command: 'auth-cli convert fixtures/demo/good.ini --to yaml', note: 'no such form', status: 2 },
  ],
  exitCodes: {
    0: 'everything is written and means the same',
    1: 'written, but something had to be left out or means something else there',
    2: 'wrong call, or input that Grafana cannot read; nothing is written',
  },
  async operands() {
    return TARGETS;
  },
  async run(context, operands, options): Promise<ExitCode> {
    const target = targetOf(options.to);
    checkStdin(operands, options);
    await refuseToReplace(context, options.force ?? false);
    const files = await readFiles(context, operands, options.stdinFilename);
    const config = await load(context, files);
    const refused = await tellProblems(context, config);
    const [{ collectSettings }, { writeForm }, { findPlaceholder }] = await Promise.all([
      import('../forms/write/collect.js'),
      import('../forms/write/index.js'),
      import('../rules/grafana/placeholders.js'),
    ]);
    const collected = collectSettings(config, {
      isPlaceholder: (value) => findPlaceholder(value, true) !== undefined,
      ...(options.showSecrets ? { showSecrets: true } : {}),
    });
    const settings = chosen(collected.settings, options, files);
    const { chartVersion, service, name } = options;
    const written = await writeForm(target, settings, {
      profile: config.profile,
      ...(chartVersion === undefined ? {} : { chartVersion }),
      ...(service === undefined ? {} : { service }),
      ...(name === undefined ? {} : { name }),
    });
    await tellReading(context, config);
    await context.print(written.text);
    await tell(context, config, collected, written, sectionsAsked(options));
    const left = [...remarksAbout(collected.left, sectionsAsked(options)), ...written.left, ...written.changed];
    return left.length > 0 || refused ? EXIT.failed : EXIT.ok;
  },
});

function targetOf(to: Options['to']): WriteTarget {
  if (to === undefined)
    throw new UsageError('--to is missing: the form to write', {
      because: `it is one of ${TARGETS.join(', ')}`,
      hint: 'auth-cli convert grafana.ini --to helm',
    });
  return to === 'env' ? 'env-file' : to;
}

async function refuseToReplace(context: CommandContext, force: boolean): Promise<void> {
  const path = context.options.output;
  if (path === undefined || path === '-' || force) return;
  if ((await context.host.stat(path)) !== undefined)
    throw new UsageError(`${path} exists and is left as it is`, { hint: 'replace it with --force' });
}

async function readFiles(
  context: CommandContext,
  operands: readonly string[],
  stdinName: string | undefined,
): Promise<readonly SourceFile[]> {
  const files = [...(await readConfigOption(context))];
  for (const path of operands) files.push(await readSource(context, path, stdinName));
  if (context.options.product === undefined) files.forEach(requireConfiguration);
  const { chooseProduct } = await import('../library/validate.js');
  const product = chooseProduct(files, context.options.product);
  if (product.versionOption !== 'grafana-version')
    throw new UsageError(`convert knows configurations of Grafana only, and this is one of ${product.title}`);
  return files;
}

async function load(context: CommandContext, files: readonly SourceFile[]): Promise<EffectiveConfig> {
  const { loadForms } = await import('../forms/load.js');
  const env = await readEnvironment(context);
  const { grafanaVersion } = context.options;
  // Expanders stay as written, so files they name are not read.
  return loadForms(files, {
    ...(env ? { env } : {}),
    ...(grafanaVersion === undefined ? {} : { grafanaVersion }),
    forms: formFacts(context),
  });
}

/**
 * Says what stops Grafana, or the form's own tool.
 * @returns whether such a tool refuses the input as it is; it is written all the same, as far as it was read.
 * @throws UsageError where Grafana itself cannot read it.
 */
async function tellProblems(context: CommandContext, config: EffectiveConfig): Promise<boolean> {
  const problems = config.problems.filter(({ stage }) => stage === 'parse');
  for (const { message, path, range, source } of problems) {
    const place = source ?? (range ? `${path}:${range.start.line}:${range.start.column}` : path);
    await context.warn(`${place}: error: ${message}`);
  }
  if (problems.some(({ kind }) => kind !== 'form-refused'))
    throw new UsageError('Grafana cannot read this configuration, so there is nothing sure to write', {
      hint: 'mend what is named above; auth-cli validate tells how',
    });
  return problems.length > 0;
}

/** What a form makes another text of than was meant, most likely: it is written as it runs. */
const CHANGING: ReadonlySet<FormNoteKind> = new Set<FormNoteKind>([
  'form-number',
  'form-list',
  'form-quotes',
  'form-swallowed-variable',
  'form-null',
]);

async function tellReading(context: CommandContext, { readings }: EffectiveConfig): Promise<void> {
  const { noteRange } = await import('../forms/notes.js');
  for (const reading of readings)
    for (const note of reading.notes) {
      if (!CHANGING.has(note.kind) || note.stops !== undefined) continue;
      const { line, column } = noteRange(reading, note).start;
      await context.note(
        `note: ${note.path ?? reading.file.path}:${line}:${column}: ${note.message}; it is written as it runs`,
      );
    }
}

/** `--section` is repeatable here. */
function sectionsAsked(options: GlobalOptions): readonly string[] | undefined {
  return options.section as unknown as readonly string[] | undefined;
}

function chosen(
  settings: readonly WriteSetting[],
  options: GlobalOptions,
  files: readonly SourceFile[],
): readonly WriteSetting[] {
  if (settings.length === 0)
    throw new UsageError(`${files.map(({ path }) => path).join(', ')} sets nothing of Grafana that could be written`, {
      hint: 'auth-cli show lists what is read; --form says what form a file is in',
    });
  const asked = sectionsAsked(options);
  if (asked === undefined) return settings;
  const present = new Set(settings.map(({ section }) => section));
  for (const name of asked)
    if (!present.has(name))
      throw new UsageError(`nothing is set in a section [${name}]`, { suggestions: closest(name, [...present]) });
  return settings.filter(({ section }) => asked.includes(section));
}

async function tell(
  context: CommandContext,
  { documents }: EffectiveConfig,
  { left, overridden }: Collected,
  written: Written,
  asked: readonly string[] | undefined,
): Promise<void> {
  for (const remark of [...remarksAbout(left, asked), ...written.left])
    await context.warn(`left out: ${nameOf(remark)}: ${remark.reason}`);
  for (const remark of written.changed) await context.warn(`means something else: ${nameOf(remark)}: ${remark.reason}`);
  for (const { section, key, where } of written.references)
    await context.note(`not in clear: [${section}] ${key}; its value is expected in ${where}`);
  for (const { section, key, variable } of overridden)
    if (asked === undefined || asked.includes(section))
      await context.note(
        `note: [${section}] ${key} is written with the value of ${variable}, which overrides the file`,
      );
  for (const note of written.notes) await context.note(`note: ${note}`);
  if (documents.some(({ comments }) => comments.length > 0)) await context.note('note: comments are not taken over');
}

function remarksAbout(remarks: readonly Remark[], asked: readonly string[] | undefined): readonly Remark[] {
  return asked === undefined ? remarks : remarks.filter(({ section }) => asked.includes(section));
}

const nameOf = ({ section, key }: Remark) =>
  key !== undefined ? `[${section}] ${key}` : section.startsWith('GF_') ? section : `[${section}]`;
