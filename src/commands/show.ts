/** `auth-cli show`: what the product really runs with. */
import { PlacedDocument } from '../document/placed-ini.js';
import type { IniEntry } from '../document/types.js';
import { isUnknownValue, shownUnknown } from '../document/variable.js';
import { EXIT, UsageError } from '../errors.js';
import { loadConfig } from '../library/load-config.js';
import { chooseProduct } from '../library/validate.js';
import { type ShownConfig, type ShownOrigin, type ShownSetting, showJson, showText } from '../report/show.js';
import { CLOUD_SECTIONS, catalogSections, findOption, PROVIDER_SECTIONS, sectionOptions } from '../settings/catalog.js';
import { isGivenElsewhere } from '../settings/given-elsewhere.js';
import { providerReading } from '../settings/provider.js';
import type { EffectiveConfig, IgnoredVariable, Origin, Setting } from '../settings/types.js';
import { isSecretName } from '../text/redact.js';
import { LineMap, type Range } from '../text/source.js';
import { closest } from '../text/suggest.js';
import { type CommandContext, defineCommand } from './command.js';
import {
  checkStdin,
  conventionalConfig,
  formFacts,
  readConfigOption,
  readEnvironment,
  readSource,
  requireConfiguration,
} from './inputs.js';

interface Options {
  readonly all?: boolean;
  readonly stdinFilename?: string;
}

export default defineCommand<Options>({
  description:
    'The effective configuration: each value with where it comes from and what it overrides, and "you wrote" where reading changes it. Several files are layers of one configuration; later ones win. Secrets are redacted.',
  define(command) {
    command
      .argument('[file...]', 'files in order, or - for standard input; without any, the usual places are tried')
      .option('--all', 'every section and every default, not only what concerns login and was changed')
      .option('--stdin-filename <name>', 'what standard input is called in the report');
  },
  formats: ['pretty', 'json'],
  examples: [
    { command: 'auth-cli show fixtures/demo/grafana.ini', note: 'what Grafana runs with, and why' },
    { command: 'auth-cli show fixtures/demo/grafana.ini --section users', note: 'one section, defaults included' },
    {
      command: 'auth-cli show fixtures/demo/good.ini --env-file fixtures/demo/server.env',
      note: 'with variables of a server',
    },
    {
      command: 'auth-cli show fixtures/demo/grafana.ini --section auth.generic_oath',
      note: 'a typing error',
      status: 2,
    },
  ],
  exitCodes: {
    0: 'shown',
    1: 'shown as far as it goes: Grafana does not start with this configuration',
    2: 'wrong call, or a file that cannot be read',
  },
  async run(context, operands, options) {
    checkStdin(operands, options);
    const base = await readConfigOption(context);
    const paths = operands.length > 0 || base.length > 0 ? operands : [await conventionalConfig(context)];
    const files = [...base];
    for (const path of paths) files.push(await readSource(context, path, options.stdinFilename));
    if (options.product === undefined) files.forEach(requireConfiguration);
    const product = chooseProduct(files, options.product);
    if (product.versionOption !== 'grafana-version')
      throw new UsageError(`show knows configurations of Grafana only, and this is one of ${product.title}`);
    const env = await readEnvironment(context);
    const config = await loadConfig(files, {
      ...(env ? { env } : {}),
      ...(options.env ? { hostname: context.host.hostname() } : {}),
      ...(options.grafanaVersion === undefined ? {} : { grafanaVersion: options.grafanaVersion }),
      readFile: (path) => context.host.readFile(path),
      forms: formFacts(context),
    });
    const shown = describe(config, product.id, options.section, options.all ?? false, context.format === 'json');
    await context.print(context.format === 'json' ? showJson(shown) : showText(shown, context.style));
    return tellProblems(context, config);
  },
});

/** Says what stops Grafana. */
async function tellProblems(context: CommandContext, config: EffectiveConfig) {
  for (const { message, path, range, source } of config.problems) {
    const place = source ?? (range ? `${path}:${range.start.line}:${range.start.column}` : path);
    await context.warn(`${place}: error: ${message}`);
  }
  if (config.problems.length === 0) return EXIT.ok;
  await context.warn('Grafana does not start with this configuration; what stands above leaves these places out');
  return EXIT.failed;
}

function describe(
  config: EffectiveConfig,
  product: string,
  wanted: string | undefined,
  all: boolean,
  everyAuthSection: boolean,
): ShownConfig {
  const names = config.sectionNames();
  if (wanted !== undefined && !names.includes(wanted))
    throw new UsageError(`there is no section [${wanted}]`, { suggestions: closest(wanted, names) });
  const about = new Set<string>([...catalogSections(), ...CLOUD_SECTIONS]);
  const isAuth = (name: string) => about.has(name) || /^auth(?:\.|$)/.test(name);
  const ranked = [...catalogSections()];
  const rank = (name: string) =>
    ranked.includes(name) ? ranked.indexOf(name) : isAuth(name) ? ranked.length : ranked.length + 1;
  const chosen = wanted === undefined ? names.filter((name) => all || isAuth(name)) : [wanted];
  if (!all) chosen.sort((a, b) => rank(a) - rank(b));

  const untouched: string[] = [];
  // Provider texts are taken as they stand from 10.3 on.
  const providerTexts = providerReading(config).interpolation;
  const applied = (name: string) => providerTexts || !(PROVIDER_SECTIONS as readonly string[]).includes(name);
  const sections = chosen.flatMap((name) => {
    const settings = [...config.settings(name)];
    const touched = settings.some((setting) => setting.origin.origin !== 'default');
    if (settings.length === 0) return [];
    if (!touched && wanted === undefined && !all && !everyAuthSection) {
      untouched.push(name);
      return [];
    }
    const listed = everyAuthSection || all || wanted !== undefined ? settings : settings.filter(aboutLogin);
    return [{ name, settings: setFirst(listed).map((setting) => shownSetting(config, setting, applied(name))) }];
  });
  return {
    product,
    version: config.profile.asked,
    newest: config.profile.isDefault,
    sections,
    untouched,
    ignored: config.ignored.map(({ variable, reason, suggestions }) => ({
      variable,
      reason: REASONS[reason],
      suggestions,
    })),
  };
}

/** What somebody set, or what login depends on. */
function aboutLogin({ section, key, origin }: Setting): boolean {
  return origin.origin !== 'default' || findOption(section, key)?.other === false;
}

/** What somebody set stands above the defaults. */
function setFirst(settings: readonly Setting[]): readonly Setting[] {
  const isDefault = (setting: Setting) => setting.origin.origin === 'default';
  return [...settings.filter((setting) => !isDefault(setting)), ...settings.filter(isDefault)];
}

const REASONS: Readonly<Record<IgnoredVariable['reason'], string>> = {
  'no-such-key': 'Grafana knows no key of this name, so it never looks at it',
  empty: 'an empty variable changes nothing',
  'file-suffix': 'read by the start script of the container image only, not by Grafana',
};

function shownSetting(config: EffectiveConfig, setting: Setting, interpolates: boolean): ShownSetting {
  const { section, key, origin } = setting;
  const plain = origin.origin === 'default' || /^(?:true|false|\d{0,4})$/.test(setting.value);
  const named = !plain && (isSecretName(key) || findOption(section, key)?.secret === true);
  // The content of a file named by an expander is never shown, whatever the key.
  const secret =
    (named && !isReference(setting.value)) ||
    (origin.expandedFrom ?? []).some((reference) => reference.startsWith('$__file'));
  const written = writtenText(config, origin);
  const expanded = (origin.expandedFrom ?? []).length > 0;
  // Quotes that only the form needs; around an expression they may have been meant for it.
  const quoted = origin.written && findOption(section, key)?.type !== 'jmespath';
  const changed =
    written !== origin.value &&
    !isUnknownValue(origin.value) &&
    !(quoted && written.replace(/^(["'])(.*)\1$/, '$2') === origin.value);
  return {
    key,
    value: { text: shownUnknown(setting.value), secret },
    written: { text: written, secret: named && !isReference(written) },
    // Of sections without a list of options nothing can be said.
    unknown: sectionOptions(section) !== undefined && findOption(section, key) === undefined,
    changed: changed && !(expanded && origin.entry === undefined && !origin.written),
    ...(setting.interpolated === setting.value
      ? {}
      : { interpolated: { text: setting.interpolated, secret, applied: interpolates } }),
    ...shownOrigin(origin),
    overrides: setting.overrides.map((before) => ({
      value: { text: shownUnknown(before.value), secret: named && !isReference(before.value) },
      ...shownOrigin(before),
    })),
  };
}

/** Where a secret is kept may be shown. */
function isReference(text: string): boolean {
  return /^["'`]*\${1,2}(?:__\w+)?\{[^}]*\}["'`]*$/.test(text);
}

/** What its author wrote: with quotes, over its lines, and with what was cut off although it was most likely part of the value. */
function writtenText(config: EffectiveConfig, { value, entry, document, written }: Origin): string {
  if (written) return fileText(config, written.path, written.valueRange) ?? value;
  if (!entry || !document) return value;
  const { text, path } = document.source;
  const { keySpan, valueSpan, comment } = entry;
  const end = comment !== undefined && meantAsValue(entry, comment) ? comment.span.end : valueSpan.end;
  const read = text.slice(valueSpan.start, end).replace(/\r$/, '');
  if (!(document instanceof PlacedDocument) || valueSpan.end === valueSpan.start) return read;
  const range = document.range({ start: valueSpan.start, end });
  // Base64 has one place for all there is in it.
  return sameRange(range, document.range(keySpan)) ? read : (fileText(config, path, range) ?? read);
}

const sameRange = (one: Range, other: Range) =>
  one.start.line === other.start.line && one.start.column === other.start.column;

/** The text of a place in one of the files read. */
function fileText(config: EffectiveConfig, path: string, { start, end }: Range): string | undefined {
  const files = [...config.files, ...config.readings.flatMap(({ alongside }) => alongside ?? [])];
  const file = files.find((one) => one.path === path);
  if (!file) return undefined;
  const lines = new LineMap(file.text);
  const last = lines.lineStart(end.line) + end.column - 1;
  const text = file.text.slice(lines.lineStart(start.line) + start.column - 1, last);
  // Where a text begins with what has no place of its own, its opening quote is there and the closing one is not.
  const [quote] = text;
  const open = (quote === '"' || quote === "'") && file.text[last] === quote && text.indexOf(quote, 1) === -1;
  return open ? text + quote : text;
}

/** A comment begins after a blank, or says something after one; `abc#def` and `Acme #1` are cut texts. */
function meantAsValue(
  { section, key, value, valueSpan }: IniEntry,
  comment: NonNullable<IniEntry['comment']>,
): boolean {
  const type = findOption(section, key)?.type;
  if (value === '' || type === 'bool' || type === 'int') return false;
  return comment.span.start === valueSpan.end || /^[#;][^\s#;]/.test(comment.text);
}

function shownOrigin(from: Origin): ShownOrigin {
  const { origin, path, range, variable, written, expandedFrom, writtenIn } = from;
  const place = written ? { path: written.path, range: written.valueRange } : { path, range };
  return {
    origin:
      origin === 'default'
        ? 'default'
        : origin === 'env'
          ? `env:${variable}`
          : `${path}${range ? `:${range.start.line}` : ''}`,
    ...(place.path === undefined ? {} : { path: place.path }),
    ...(place.range === undefined ? {} : { line: place.range.start.line, column: place.range.start.column }),
    ...(origin === 'stored' ? { stored: true } : {}),
    ...(isGivenElsewhere(from) ? { elsewhere: true } : {}),
    ...(expandedFrom && expandedFrom.length > 0 ? { expandedFrom } : {}),
    ...(writtenIn === undefined ? {} : { writtenIn }),
  };
}
