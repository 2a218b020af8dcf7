/** What the reference tells of rules and options, apart from how it looks. */
import type { RuleDocs, Severity } from '../../rules/rule.js';

export interface RuleEntry extends RuleDocs {
  readonly product: string;
  readonly id: string;
  readonly code: string;
  readonly severity: Severity;
  readonly summary: string;
  /** Versions it holds for, as `>=10.1 <11.0`; undefined: all. */
  readonly versions: string | undefined;
  readonly failOpen: boolean;
  readonly failShut: boolean;
}

export interface OptionEntry {
  readonly product: string;
  readonly section: string;
  readonly key: string;
  readonly type: string;
  /** Undefined where the product sets none. */
  readonly default: string | undefined;
  readonly required: boolean;
  readonly values: readonly string[];
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly deprecated: string | undefined;
  readonly replacedBy: string | undefined;
  readonly unread: boolean;
  readonly secret: boolean;
  /** Variable that sets it. */
  readonly variable: string;
  readonly summary: string;
  readonly source: string;
  readonly notes: string | undefined;
}

/** Letters of the catalogue of rules. */
export const RULE_GROUPS: Readonly<Record<string, string>> = {
  S: 'Reading the file',
  N: 'Names of sections and options',
  V: 'Values',
  R: 'Required and related settings',
  C: 'Scopes, tokens, PKCE and TLS',
  A: 'Who may enter',
  M: 'Roles, claims and organizations',
  P: 'What is particular to an identity provider',
  W: 'Across sections',
  D: 'Deprecated and renamed',
  E: 'Environment variables',
  G: 'Grafana Enterprise Metrics',
  J: 'Dashboard with JWT',
  I: 'Comments that switch rules off',
  Y: 'The project file of auth-cli',
};

/** `>=10.1 <11.0` in words. */
export function versionsInWords(bounds: string | undefined): string {
  if (bounds === undefined) return 'all versions';
  return bounds
    .split(' ')
    .map((bound) =>
      bound
        .replace(/^>=/, 'from ')
        .replace(/^<=/, 'up to ')
        .replace(/^>/, 'after ')
        .replace(/^</, 'before ')
        .replace(/^=/, 'only '),
    )
    .join(', ');
}

const TYPES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  string: 'text',
  secret: 'text, secret',
  list: 'list',
  jmespath: 'JMESPath expression',
  url: 'URL',
  path: 'file path',
  enum: 'one of',
  int: 'whole number',
  duration: 'duration',
  role: 'role',
};

export function typeInWords(option: Pick<OptionEntry, 'type' | 'values'>): string {
  const name = TYPES[option.type] ?? option.type;
  return option.values.length > 0 ? `${name}: ${option.values.join(', ')}` : name;
}

export function defaultInWords(option: Pick<OptionEntry, 'default'>): string {
  if (option.default === undefined) return 'none';
  return option.default === '' ? 'empty' : option.default;
}
