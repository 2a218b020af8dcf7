/** The effective configuration: each value, where it comes from, what it replaced, and where reading changed what was written. */
import { maskSpans, REDACTED, secretSpans } from '../text/redact.js';
import { padEnd, printable, textWidth } from '../text/width.js';
import type { Style } from './style.js';

/** Where a value comes from. */
export interface ShownOrigin {
  /** `default`, `env:NAME`, or `path:line`. */
  readonly origin: string;
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  /** `$__file{…}`, `${…}` as written, where an expander made the value. */
  readonly expandedFrom?: readonly string[];
  /** The section it was written in, where the product moved it to another one. */
  readonly writtenIn?: string;
  /** It stands in the product's database. */
  readonly stored?: boolean;
  /** Only the running system knows the value; the text is a stand-in. */
  readonly elsewhere?: boolean;
}

export interface ShownValue {
  readonly text: string;
  /** Text that must not be shown. */
  readonly secret: boolean;
}

export interface ShownSetting extends ShownOrigin {
  readonly key: string;
  readonly value: ShownValue;
  /** As it stands in the file or variable. */
  readonly written: ShownValue;
  /** Reading changed what was written, other than by expanders. */
  readonly changed: boolean;
  /** The section has no option of this name. */
  readonly unknown: boolean;
  /** With `%(name)s` applied, where that changes it, and whether this version applies it here. */
  readonly interpolated?: ShownValue & { readonly applied: boolean };
  /** Oldest first. */
  readonly overrides: readonly (ShownOrigin & { readonly value: ShownValue })[];
}

export interface ShownSection {
  readonly name: string;
  readonly settings: readonly ShownSetting[];
}

export interface ShownConfig {
  readonly product: string;
  readonly version: string;
  readonly newest: boolean;
  readonly sections: readonly ShownSection[];
  /** Sections left out because everything in them has its default. */
  readonly untouched: readonly string[];
  readonly ignored: readonly {
    readonly variable: string;
    readonly reason: string;
    readonly suggestions: readonly string[];
  }[];
}

/** The text, or `[redacted]`; passwords and tokens within other texts are masked too. */
export function shownText({ text, secret }: ShownValue): string {
  if (secret) return text === '' ? '' : REDACTED;
  return maskSpans(text, secretSpans(text));
}

export function showJson(config: ShownConfig): string {
  const value = {
    formatVersion: 1,
    target: { product: config.product, version: config.version },
    sections: Object.fromEntries(
      config.sections.map((section) => [
        section.name,
        Object.fromEntries(section.settings.map((setting) => [setting.key, settingJson(setting)])),
      ]),
    ),
    ignored: config.ignored,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function settingJson({
  key: _,
  value,
  written,
  changed,
  unknown,
  interpolated,
  overrides,
  ...origin
}: ShownSetting): object {
  return {
    value: shownText(value),
    written: shownText(written),
    changed,
    ...(unknown ? { unknown } : {}),
    ...(interpolated ? { interpolated: shownText(interpolated), interpolationApplied: interpolated.applied } : {}),
    ...origin,
    overrides: overrides.map(({ value: before, ...place }) => ({ value: shownText(before), ...place })),
  };
}

const KEY_WIDTH = 30;
const VALUE_WIDTH = 34;

export function showText(config: ShownConfig, style: Style): string {
  const parts = config.sections.map((section) => sectionText(section, style));
  const tail: string[] = [];
  const { arrow } = style.symbols;
  for (const { variable, reason, suggestions } of config.ignored) {
    const near = suggestions.length > 0 ? `; did you mean ${suggestions.join(' or ')}?` : '';
    tail.push(style.yellow(`ignored: ${printable(variable)} ${arrow} ${reason}${near}`));
  }
  tail.push(`Grafana ${config.version}${config.newest ? ' (the newest known; choose with --grafana-version)' : ''}`);
  if (config.untouched.length > 0)
    tail.push(`at their defaults, not shown: ${config.untouched.join(', ')} (--section NAME, --all)`);
  return `${[...parts, tail.join('\n')].join('\n')}\n`;
}

function sectionText(section: ShownSection, style: Style): string {
  const lines = section.settings.flatMap((setting) => settingLines(setting, style));
  return `${style.bold(`[${printable(section.name)}]`)}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function settingLines(setting: ShownSetting, style: Style): string[] {
  const isDefault = setting.origin === 'default';
  const row = (name: string, value: string, origin: string, paint = (text: string) => text) => {
    const shown = value === '' ? '(empty)' : printable(value).replace(/\r?\n/g, '\\n');
    const room = Math.max(VALUE_WIDTH, 0);
    // Only a terminal cuts; what goes to a file or a program is whole.
    const most = style.isTTY
      ? Math.max(room, style.width - KEY_WIDTH - 2 - textWidth(origin) - 4)
      : Number.POSITIVE_INFINITY;
    const text = textWidth(shown) > most ? `${shown.slice(0, most - 1)}${style.symbols.ellipsis}` : shown;
    return `${padEnd(printable(name), KEY_WIDTH)}${paint(padEnd(text, room))}  ${style.dim(origin)}`.trimEnd();
  };
  const origin = `${originText(setting)}${setting.unknown ? ', no option of this section' : ''}`;
  const lines = [row(setting.key, shownText(setting.value), origin, isDefault ? style.dim : style.bold)];
  const below = (label: string, value: string, origin = '') =>
    lines.push(row(`    ${label}`, value, origin, style.yellow));
  if (setting.changed) below('you wrote', shownText(setting.written));
  if (setting.interpolated) {
    const { applied } = setting.interpolated;
    below(
      applied ? 'Grafana runs' : 'not applied',
      shownText(setting.interpolated),
      applied ? '' : '%(…)s stays as it is in this version',
    );
  }
  for (const before of [...setting.overrides].reverse())
    if (before.origin !== 'default' || before.value.text !== '')
      below('overrides', shownText(before.value), originText(before));
  return lines;
}

function originText({ origin, path, line, stored, elsewhere, expandedFrom, writtenIn }: ShownOrigin): string {
  const place = origin.startsWith('env:') && path !== undefined ? ` in ${path}:${line}` : stored ? ' (database)' : '';
  const from = expandedFrom && expandedFrom.length > 0 ? ` from ${expandedFrom.join(', ')}` : '';
  const moved = writtenIn === undefined ? '' : ` in [${writtenIn}]`;
  return printable(`${origin}${place}${from}${moved}${elsewhere ? ', known only where it runs' : ''}`);
}
