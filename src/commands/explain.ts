/** `auth-cli explain`: what a rule finds, what an option does. */
import { EXIT, UsageError } from '../errors.js';
import { optionMarkdown, optionsPage, ruleMarkdown, rulesPage } from '../report/reference/markdown.js';
import type { SettingEntry } from '../report/reference/project.js';
import { optionList, optionText, ruleList, ruleText } from '../report/reference/text.js';
import type { OptionEntry, RuleEntry } from '../report/reference/types.js';
import type { ProjectSetting } from '../rules/project/schema.js';
import { CLOUD_SECTIONS } from '../settings/catalog.js';
import { NEWEST_VERSION } from '../settings/versions.js';
import { closest } from '../text/suggest.js';
import { type CommandContext, defineCommand } from './command.js';
import { allOptions, allRules } from './reference.js';

interface Found {
  readonly rules: readonly RuleEntry[];
  readonly options: readonly OptionEntry[];
  /** One thing was asked for, so it is told in full. */
  readonly single: boolean;
}

export default defineCommand({
  description: `Describe a rule or an option. Without a name, list all. The newest Grafana known here is ${NEWEST_VERSION}; it is what every command takes without --grafana-version.`,
  define(command) {
    command.argument(
      '[name]',
      'a rule (id or code), an option (also as section.option or GF_… variable), a section, "rules", "options" or "project-file"',
    );
  },
  formats: ['text', 'json', 'markdown'],
  examples: [
    { command: 'auth-cli explain duplicate-key', note: 'what the rule finds and why' },
    { command: 'auth-cli explain auth.generic_oauth.role_attribute_path', note: 'what the option does' },
    { command: 'auth-cli explain project-file', note: 'what .auth-cli.yaml can say' },
    { command: 'auth-cli explain rules --format markdown', note: 'the reference of all rules as a page' },
    {
      command: 'auth-cli explain role_attribute_pth',
      note: 'a typing error is answered with the nearest names',
      status: 2,
    },
  ],
  async operands() {
    const options = await allOptions();
    return [
      ...(await allRules()).map((rule) => rule.id),
      ...new Set(options.map((option) => option.key)),
      'rules',
      'options',
      PROJECT_FILE,
    ];
  },
  async run(context, [name], { section }) {
    if (name === PROJECT_FILE) {
      await explainProjectFile(context);
      return EXIT.ok;
    }
    const found = await find(name, section);
    if (context.format === 'json') await context.print(`${JSON.stringify(asJson(found), null, 2)}\n`);
    else if (context.format === 'markdown') await context.print(asMarkdown(found));
    else await context.print(asText(found, context.style));
    return EXIT.ok;
  },
});

const PROJECT_FILE = 'project-file';

/** The settings of `.auth-cli.yaml`; as JSON its schema. */
async function explainProjectFile(context: CommandContext): Promise<void> {
  const [{ PROJECT_SETTINGS, projectSchema }, { projectMarkdown, projectText }] = await Promise.all([
    import('../rules/project/schema.js'),
    import('../report/reference/project.js'),
  ]);
  if (context.format === 'json') {
    const ids = (await allRules()).map(({ id }) => id).sort();
    await context.print(`${JSON.stringify(projectSchema(ids), null, 2)}\n`);
    return;
  }
  const entries = (settings: readonly ProjectSetting[]): SettingEntry[] =>
    settings.map(({ key, summary, type }) => ({
      key,
      summary,
      below: type.kind === 'list' && type.of.kind === 'object' ? entries(type.of.settings) : [],
    }));
  const settings = entries(PROJECT_SETTINGS);
  await context.print(context.format === 'markdown' ? projectMarkdown(settings) : projectText(settings, context.style));
}

async function find(name: string | undefined, asked: string | undefined): Promise<Found> {
  const section = asked === undefined ? undefined : canonicalSection(asked);
  const rules = await allRules();
  const options = (await allOptions()).filter((option) => section === undefined || option.section === section);
  if (section !== undefined && options.length === 0)
    throw new UsageError(`no section [${section}] is known`, {
      suggestions: closest(section, new Set((await allOptions()).map((option) => option.section))),
    });
  if (name === undefined) return { rules: section === undefined ? rules : [], options, single: false };
  if (name === 'rules') return { rules, options: [], single: false };
  if (name === 'options') return { rules: [], options, single: false };

  const rule = rules.find((entry) => entry.id === name || entry.code === name);
  if (rule) return { rules: [rule], options: [], single: true };
  const bare = canonicalSection(name.replace(/^\[(.*)\]$/, '$1'));
  const ofSection = options.filter((option) => option.section === bare);
  if (ofSection.length > 0) return { rules: [], options: ofSection, single: false };
  const named = options.filter(
    (option) => option.key === name || `${option.section}.${option.key}` === bare || option.variable === name,
  );
  if (named.length > 0) return { rules: [], options: named, single: true };
  throw new UsageError(`no rule or option is named "${name}"`, {
    suggestions: closest(name, [
      ...rules.map((entry) => entry.id),
      ...new Set(
        options.flatMap((option) =>
          name.includes('.') ? [`${option.section}.${option.key}`, option.section] : [option.key],
        ),
      ),
    ]),
    hint: 'auth-cli explain lists all',
  });
}

/** The cloud login has three names, as a section and before an option; its options are listed under the first. */
function canonicalSection(name: string): string {
  const [main, ...others] = CLOUD_SECTIONS;
  const used = others.find((other) => name === other || name.startsWith(`${other}.`));
  return used === undefined ? name : main + name.slice(used.length);
}

function asText({ rules, options, single }: Found, style: Parameters<typeof ruleText>[1]): string {
  if (single) {
    const [first, ...others] = options.filter((option, at) => at === 0 || !option.unread);
    const also =
      others.length > 0
        ? `\n  also in ${others.map((option) => `[${option.section}]`).join(', ')}: --section NAME\n`
        : '';
    return rules.map((rule) => ruleText(rule, style)).join('') + (first ? optionText(first, style) + also : '');
  }
  return [rules.length > 0 ? ruleList(rules, style) : '', options.length > 0 ? optionList(options, style) : '']
    .filter((text) => text !== '')
    .join('\n');
}

function asMarkdown({ rules, options, single }: Found): string {
  if (single) return rules.map((rule) => ruleMarkdown(rule)).join('\n') + options.map(optionMarkdown).join('\n');
  return [rules.length > 0 ? rulesPage(rules) : '', options.length > 0 ? optionsPage(options) : '']
    .filter((text) => text !== '')
    .join('\n');
}

function asJson({ rules, options }: Found): object {
  return { formatVersion: 1, newestVersion: NEWEST_VERSION, rules, options };
}
