/**
 * What the rules about expressions share: every `*_attribute_path` of the providers, compiled with the library of the version
 * and read without a document, and rewriting a part of one.
 */

import { claimsProfile } from '../../claims/profile.js';
import { isRole, readRole } from '../../claims/roles.js';
import { writeIniValue } from '../../document/ini-write.js';
import {
  type CompiledExpression,
  type CompileResult,
  compile,
  type DialectName,
  type ExpressionError,
} from '../../expression/compile.js';
import { readExpression, type StaticReading } from '../../expression/reading.js';
import { existsIn, findOption, sectionOptions } from '../../settings/catalog.js';
import { readBoolean } from '../../settings/read.js';
import { memoize, oncePer } from '../../text/memo.js';
import type { Span } from '../../text/source.js';
import type { Fix } from '../rule.js';
import type { GrafanaSubject, Place, ProviderView } from './subject.js';
import { given, scopesOf } from './support.js';

/** What an expression is, apart from where it stands. */
class KnownExpression {
  readonly #compiled: CompileResult;
  #reading: StaticReading | undefined;

  constructor(text: string, dialect: DialectName) {
    this.#compiled = compile(text, dialect);
  }

  get error(): ExpressionError | undefined {
    return this.#compiled.error;
  }

  get compiled(): CompiledExpression | undefined {
    return this.#compiled.error === undefined ? this.#compiled : undefined;
  }

  get reading(): StaticReading | undefined {
    if (this.compiled !== undefined) this.#reading ??= readExpression(this.compiled);
    return this.#reading;
  }
}

/** Many files hold the same expressions; each text is compiled and read once. */
const KNOWN: Readonly<Record<DialectName, (text: string) => KnownExpression>> = {
  classic: memoize((text) => new KnownExpression(text, 'classic')),
  community: memoize((text) => new KnownExpression(text, 'community')),
};

/** An option that holds an expression. */
export class ExpressionSetting {
  readonly text: string;
  readonly #known: KnownExpression;

  constructor(
    readonly subject: GrafanaSubject,
    readonly provider: ProviderView,
    readonly key: string,
  ) {
    this.text = provider.text(key);
    this.#known = KNOWN[subject.profile.dialect](this.text);
  }

  get error(): ExpressionError | undefined {
    return this.#known.error;
  }

  get compiled(): CompiledExpression | undefined {
    return this.#known.compiled;
  }

  /** Undefined where it does not parse. */
  get reading(): StaticReading | undefined {
    return this.#known.reading;
  }

  /** Nobody can log in where it never gives anything. */
  get shutsOut(): boolean {
    return shutsOut(this.subject, this.provider, this.key);
  }

  /** A stretch of the expression. */
  at(span: Span): Place {
    return this.provider.within(this.key, span.start, Math.max(span.end - span.start, 1));
  }

  /** The whole option. */
  get place(): Place {
    return this.provider.at(this.key);
  }

  /** The option as it would be written with a stretch replaced; undefined where nothing can be written so. */
  written(span: Span, newText: string): string | undefined {
    const value = writeIniValue(this.#replaced(span, newText));
    return value === undefined ? undefined : `${this.key} = ${value}`;
  }

  #replaced(span: Span, newText: string): string {
    return this.text.slice(0, span.start) + newText + this.text.slice(span.end);
  }

  /** A fix that replaces a stretch, with whatever quotes the file then needs; undefined where no line holds the expression as it is. */
  fix(span: Span, newText: string, description: string): Fix | undefined {
    const { origin } = this.provider.setting(this.key) ?? {};
    const entry = origin?.origin === 'file' ? origin.entry : undefined;
    if (!entry || !origin?.document || origin.expandedFrom?.length || entry.value !== this.text || entry.continued)
      return undefined;
    const value = writeIniValue(this.#replaced(span, newText));
    if (value === undefined) return undefined;
    if (entry.quote === 'none' && value === this.#replaced(span, newText)) {
      const { range } = this.at(span);
      return range && { description, edits: [{ range, newText }] };
    }
    return { description, edits: [{ range: this.subject.range(origin.document, entry.valueSpan), newText: value }] };
  }
}

/** Every expression of a provider that is not switched off, in the order of the options. */
export const expressionsOf = oncePer((subject: GrafanaSubject): readonly ExpressionSetting[] =>
  subject
    .providers()
    .filter(isOn)
    .flatMap((provider) =>
      [...(sectionOptions(provider.section)?.values() ?? [])]
        .filter((option) => option.type === 'jmespath' && !option.unread && existsIn(option, subject.profile.order))
        .filter(({ key }) => isKnown(provider.text(key)))
        .map(({ key }) => new ExpressionSetting(subject, provider, key)),
    ),
);

/** The expression that gives the role, for every provider that has one. */
export function rolePaths(subject: GrafanaSubject): readonly ExpressionSetting[] {
  return expressionsOf(subject).filter(({ key }) => key === 'role_attribute_path');
}

export function rolePathOf(subject: GrafanaSubject, provider: ProviderView): ExpressionSetting | undefined {
  return rolePaths(subject).find((path) => path.provider === provider);
}

/** Not switched off on purpose; a file that only adds options to another one counts. */
export function isOn(provider: ProviderView): boolean {
  return provider.enabled || !provider.isSet('enabled') || readBoolean(provider.text('enabled')) !== false;
}

/** Whether a provider takes its role from an expression at all. */
export function hasRolePath(provider: ProviderView): boolean {
  const option = findOption(provider.section, 'role_attribute_path');
  return option !== undefined && !option.unread;
}

/** Set, and no expander left in it that nothing is known of. */
function isKnown(text: string): boolean {
  return text.trim() !== '' && !/\$(?:__\w+)?\{/.test(text);
}

/** Whether the login leaves roles alone: `skip_org_role_sync`, which generic OAuth obeys from 10.1. */
export function skipsRoleSync(subject: GrafanaSubject, provider: ProviderView): boolean {
  if (!provider.flag('skip_org_role_sync')) return false;
  return !provider.isGeneric || claimsProfile(subject.profile.id).skipOrgRoleSync;
}

/** Whether Grafana takes a text as a role; the second part says whether it is the server administrator. */
export function roleOf(
  subject: GrafanaSubject,
  text: string,
): { readonly valid: boolean; readonly grafanaAdmin: boolean; readonly role: string } {
  const profile = claimsProfile(subject.profile.id);
  const { role, grafanaAdmin } = readRole(text);
  return { valid: isRole(profile, role), grafanaAdmin, role };
}

export function roleNames(subject: GrafanaSubject): readonly string[] {
  return [...claimsProfile(subject.profile.id).roles, 'GrafanaAdmin'];
}

/** Whether org_mapping is read in this version and set. */
export function mapsOrgs(subject: GrafanaSubject, provider: ProviderView): boolean {
  const option = findOption(provider.section, 'org_mapping');
  if (option === undefined || option.unread || !existsIn(option, subject.profile.order)) return false;
  return given(subject, provider.section, 'org_mapping');
}

/** Whether generic OAuth asks UserInfo after an ID token: an ID token comes with the scope openid, UserInfo is asked at api_url. */
export function hasTwoSources(subject: GrafanaSubject, provider: ProviderView): boolean {
  return provider.isGeneric && provider.text('api_url') !== '' && scopesOf(subject, provider).includes('openid');
}

/** Whether nobody can log in where an expression never gives anything. */
export function shutsOut(subject: GrafanaSubject, provider: ProviderView, key: string): boolean {
  switch (key) {
    case 'role_attribute_path':
      return (
        provider.flag('role_attribute_strict') && !skipsRoleSync(subject, provider) && !mapsOrgs(subject, provider)
      );
    case 'groups_attribute_path':
      return (
        provider.isGeneric &&
        claimsProfile(subject.profile.id).allowedGroups &&
        provider.list('allowed_groups').items.length > 0
      );
    case 'team_ids_attribute_path':
      return provider.isGeneric && provider.list('team_ids').items.length > 0 && provider.text('teams_url') !== '';
    default:
      return false;
  }
}

/** What follows for a login where an expression gives nothing. */
export function lossOf(subject: GrafanaSubject, provider: ProviderView, key: string): string {
  switch (key) {
    case 'role_attribute_path': {
      if (provider.flag('role_attribute_strict'))
        return 'nobody gets a role, and role_attribute_strict refuses every login';
      const { roleFlow } = claimsProfile(subject.profile.id);
      if (roleFlow === 'keep') return 'nobody gets a role: existing ones stay, new users get auto_assign_org_role';
      return `everybody gets the default role (${subject.text('users', 'auto_assign_org_role') || 'Viewer'}) at every login`;
    }
    case 'groups_attribute_path':
      return provider.isSet('allowed_groups')
        ? 'nobody has groups, so allowed_groups refuses everybody'
        : 'nobody has groups';
    case 'org_attribute_path':
      return 'nobody has external organizations, so only * entries of org_mapping match';
    case 'team_ids_attribute_path':
      return 'nobody has teams, so team_ids refuses everybody';
    case 'email_attribute_path':
      return 'the e-mail address is looked for elsewhere, and the login fails where it is nowhere';
    default:
      return `${key} finds nothing, without a message`;
  }
}
