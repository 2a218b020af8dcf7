/**
 * The settings of the project file `.auth-cli.yaml`: the one table that its reader, its rules, its help and its published JSON Schema
 * are made of. To add a setting: one line here, and its use in `commands/validate`.
 */
import { FORMS } from '../../forms/names.js';

/** What a value may be. Texts are taken as written, so that `11.10` is no number. */
export type SettingType =
  | { readonly kind: 'text'; readonly what: 'text' | 'path' | 'pattern' | 'version' | 'date' | 'rule' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'count' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'list'; readonly of: SettingType }
  /** Names of any kind, or of rules, with values of one kind. */
  | { readonly kind: 'map'; readonly keys: 'rule' | 'name'; readonly of: SettingType }
  | { readonly kind: 'object'; readonly settings: readonly ProjectSetting[]; readonly required: readonly string[] }
  /** Facts that are handed on as they are: texts, lists of texts, maps of texts. */
  | { readonly kind: 'facts' };

export interface ProjectSetting {
  readonly key: string;
  readonly type: SettingType;
  /** What it does, in a sentence. */
  readonly summary: string;
}

const text = (what: 'text' | 'path' | 'pattern' | 'version' | 'date' | 'rule'): SettingType => ({ kind: 'text', what });
const list = (of: SettingType): SettingType => ({ kind: 'list', of });
const choice = (...values: string[]): SettingType => ({ kind: 'choice', values });

/** Settings that hold for all files, or in `overrides` for some. */
const OF_FILES: readonly ProjectSetting[] = [
  {
    key: 'product',
    type: choice('grafana', 'grafana-cloud', 'dashboard', 'gem'),
    summary: 'Product, where it cannot be found from the files.',
  },
  { key: 'form', type: choice(...FORMS), summary: 'Form of the files, where name and content do not tell.' },
  { key: 'grafanaVersion', type: text('version'), summary: 'Version of Grafana to check for, such as 12.1.' },
  { key: 'dashboardVersion', type: text('version'), summary: 'Version of Dashboard to check for.' },
  { key: 'gemVersion', type: text('version'), summary: 'Version of Grafana Enterprise Metrics to check for.' },
  {
    key: 'config',
    type: list(text('path')),
    summary: 'Layers below each file, as --config: later ones win, the file itself comes last.',
  },
  {
    key: 'env',
    type: { kind: 'map', keys: 'name', of: text('text') },
    summary: 'Variables the product runs with. The environment of auth-cli itself counts only with --env.',
  },
  { key: 'envFile', type: list(text('path')), summary: 'Files of such variables, as --env-file.' },
  {
    key: 'forms',
    type: { kind: 'facts' },
    summary: 'Facts the files do not hold, such as chartVersion, release and set of Helm.',
  },
  {
    key: 'rules',
    type: { kind: 'map', keys: 'rule', of: choice('error', 'warning', 'info', 'off') },
    summary: 'Severities of rules, as --rule.',
  },
];

export const PROJECT_SETTINGS: readonly ProjectSetting[] = [
  {
    key: 'files',
    type: list(text('pattern')),
    summary: 'What a call without files checks: files, folders and patterns, from the folder of this file.',
  },
  {
    key: 'exclude',
    type: list(text('pattern')),
    summary: 'What is left out of folders and patterns; a pattern without "/" holds in every folder.',
  },
  ...OF_FILES,
  {
    key: 'failOn',
    type: choice('error', 'warning', 'info', 'never'),
    summary: 'Lowest severity that makes the exit code 1; default error.',
  },
  { key: 'maxWarnings', type: { kind: 'count' }, summary: 'Exit with 1 where there are more warnings.' },
  { key: 'format', type: text('text'), summary: 'Form of the report on standard output.' },
  { key: 'baseline', type: text('path'), summary: 'File of known findings that are not reported, as --baseline.' },
  {
    key: 'requireIgnoreReason',
    type: { kind: 'boolean' },
    summary: 'Report what is ignored without a reason (ignore-without-reason).',
  },
  {
    key: 'overrides',
    type: list({
      kind: 'object',
      required: ['files'],
      settings: [
        { key: 'files', type: list(text('pattern')), summary: 'Files the settings beside it hold for.' },
        ...OF_FILES,
      ],
    }),
    summary: 'Other settings for some of the files; later entries win.',
  },
  {
    key: 'ignore',
    type: list({
      kind: 'object',
      required: ['rule'],
      settings: [
        { key: 'rule', type: text('rule'), summary: 'Rule whose findings are not reported.' },
        { key: 'files', type: list(text('pattern')), summary: 'In which files; without it in all.' },
        { key: 'option', type: text('text'), summary: 'About which option (key, or section.key); without it all.' },
        { key: 'reason', type: text('text'), summary: 'Why.' },
        { key: 'until', type: text('date'), summary: 'Last day it holds (YYYY-MM-DD, UTC); then it is reported.' },
      ],
    }),
    summary: 'Findings that are not reported, for files that have no comments, such as JSON.',
  },
];

export const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
export const VERSION = /^v?\d+(?:\.\d+){0,3}(?:[-+].*)?$/;

/**
 * The JSON Schema (draft 07, which editors know) of the project file.
 * @param rules ids of all rules
 */
export function projectSchema(rules: readonly string[]): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Project file of auth-cli (.auth-cli.yaml)',
    ...objectSchema(PROJECT_SETTINGS, []),
    definitions: { rule: { enum: rules } },
  };
}

function objectSchema(settings: readonly ProjectSetting[], required: readonly string[]): object {
  const properties = settings.map(({ key, type, summary }) => [key, { description: summary, ...typeSchema(type) }]);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

function typeSchema(type: SettingType): object {
  switch (type.kind) {
    case 'text':
      if (type.what === 'rule') return { $ref: '#/definitions/rule' };
      if (type.what === 'version') return { type: ['string', 'number'], pattern: VERSION.source, minimum: 0 };
      if (type.what === 'date') return { type: 'string', pattern: DATE.source };
      if (type.what === 'text') return { type: ['string', 'number', 'boolean'] };
      return { type: 'string', minLength: 1 };
    case 'choice':
      return { enum: type.values };
    case 'count':
      return { type: 'integer', minimum: 0 };
    case 'boolean':
      return { type: 'boolean' };
    case 'list':
      return { type: 'array', items: typeSchema(type.of) };
    case 'map':
      return {
        type: 'object',
        ...(type.keys === 'rule' ? { propertyNames: { $ref: '#/definitions/rule' } } : {}),
        additionalProperties: typeSchema(type.of),
      };
    case 'object':
      return objectSchema(type.settings, type.required);
    case 'facts':
      return { type: 'object' };
  }
}
