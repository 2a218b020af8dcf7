/** Rules about the comments that switch rules off. */
import { closest } from '../../text/suggest.js';
import type { Fix, Rule } from '../rule.js';
import { commentLine, type Directive, type IgnoreComments, type NamedRule, UNUSED_IGNORE } from './comments.js';

/** What is known once all other rules have run. */
export interface IgnoreSubject {
  readonly comments: IgnoreComments;
  /** Every rule there is. */
  readonly known: ReadonlySet<string>;
  /** Rules that ran on these files. */
  readonly ran: ReadonlySet<string>;
  /** Rules were switched off by the person who asked. */
  readonly someAreOff: boolean;
  readonly requireReason: boolean;
  /** Not everything could be read, so rules may have missed what a comment is about. */
  readonly isPartial: boolean;
}

export type IgnoreRule = Rule<IgnoreSubject>;

const REFERENCE = 'auth-cli validate --help: comments that switch rules off';

const place = (directive: Directive, span = directive.span) => ({
  path: directive.path,
  range: directive.lines.range(span),
});

function spanOf(names: readonly NamedRule[]) {
  return { start: names[0]!.span.start, end: names.at(-1)!.span.end };
}

/** Takes names out of a comment, or the comment out of the file where none is left. */
function without(directive: Directive, gone: readonly NamedRule[]): Fix {
  const left = directive.rules.filter((rule) => !gone.includes(rule));
  if (left.length === 0)
    return { description: 'delete the comment', edits: [{ range: commentLine(directive), newText: '' }] };
  return {
    description: 'take the name out of the comment',
    edits: [
      { range: directive.lines.range(spanOf(directive.rules)), newText: left.map(({ name }) => name).join(', ') },
    ],
  };
}

const quoted = (names: readonly NamedRule[]) => names.map(({ name }) => `"${name}"`).join(' and ');

export const ignoreUnknownRule: IgnoreRule = {
  id: 'ignore-unknown-rule',
  code: 'I01',
  severity: 'warning',
  summary: 'a comment switches off a rule that does not exist',
  docs: {
    why: 'A comment with a mistyped name switches nothing off; one with a name of the past hides that it has no effect any more.',
    bad: '[auth.generic_oauth]\n; auth-cli-ignore no-role-sync-plans -- roles are given by hand\nenabled = true\n',
    good: '; auth-cli-ignore no-role-sync-plan -- roles are given by hand\n[auth.generic_oauth]\nenabled = true\n',
    references: [REFERENCE],
  },
  check({ comments, known }, report) {
    for (const directive of comments.directives) {
      const { variant } = directive;
      if (variant !== '' && variant !== '-file') {
        report({
          ...place(directive),
          message: `"auth-cli-ignore${variant}" is not understood, and switches nothing off`,
          help: 'write auth-cli-ignore for the line below, or auth-cli-ignore-file for the whole file',
        });
        continue;
      }
      const unknown = directive.rules.filter(({ name }) => !known.has(name));
      if (unknown.length === 0) continue;
      const suggestions = [...new Set(unknown.flatMap(({ name }) => closest(name, known, 1)))];
      // What was a sentence is better moved behind "--" than deleted.
      const isProse = unknown.length > 1 && suggestions.length === 0;
      report({
        ...place(directive, spanOf(unknown)),
        message: isProse
          ? `${quoted(unknown.slice(0, 3))}${unknown.length > 3 ? ' …' : ''} are no rules`
          : `no rule is named ${quoted(unknown)}`,
        consequence: 'nothing is switched off by it',
        suggestions,
        ...(suggestions.length > 0
          ? {}
          : isProse
            ? { help: 'a reason stands behind "--": auth-cli-ignore RULE -- reason' }
            : { help: 'auth-cli explain rules lists all names', fix: without(directive, unknown) }),
      });
    }
  },
};

export const unusedIgnore: IgnoreRule = {
  id: UNUSED_IGNORE,
  code: 'I02',
  severity: 'warning',
  summary: 'a comment switches off a rule that finds nothing there',
  docs: {
    why: 'The mistake it was written for is gone. Left in place it hides the next one of that kind, and tells readers something that is not so any more.',
    bad: '[auth.generic_oauth]\n; auth-cli-ignore pkce-off -- the provider knows no PKCE\nuse_pkce = true\n',
    good: '; auth-cli-ignore pkce-off -- the provider knows no PKCE\n[auth.generic_oauth]\nenabled = true\n',
    references: [REFERENCE],
  },
  check({ comments, ran, someAreOff, isPartial }, report) {
    if (isPartial) return;
    for (const directive of comments.directives) {
      const { variant, rules, used, about } = directive;
      if (variant !== '' && variant !== '-file') continue;
      const where = about === undefined ? 'in this file' : `on line ${about.from}`;
      const consequence = 'it would hide the next mistake of that kind';
      const help = 'delete the comment';
      if (rules.length === 0) {
        if (used.size === 0 && !someAreOff)
          report({
            ...place(directive),
            message: `nothing is found ${where}, so this comment switches nothing off`,
            consequence,
            help,
            fix: without(directive, []),
          });
        continue;
      }
      // A rule that did not run might have found something.
      const unused = rules.filter(({ name }) => ran.has(name) && !used.has(name));
      if (unused.length === 0) continue;
      report({
        ...place(directive, spanOf(unused)),
        message: `${quoted(unused)} ${unused.length === 1 ? 'finds' : 'find'} nothing ${where}, so the comment switches nothing off`,
        consequence,
        help: unused.length === rules.length ? help : 'take the name out of the comment',
        fix: without(directive, unused),
      });
    }
  },
};

export const ignoreWithoutReason: IgnoreRule = {
  id: 'ignore-without-reason',
  code: 'I03',
  severity: 'warning',
  summary: 'a comment switches a rule off and does not say why (only with requireIgnoreReason)',
  docs: {
    why: 'Nobody dares to remove what nobody can explain. A project that asks for reasons has requireIgnoreReason: true in its project file.',
    bad: '; auth-cli-ignore pkce-off\n[auth.generic_oauth]\nenabled = true\n',
    good: '; auth-cli-ignore pkce-off -- the provider knows no PKCE\n[auth.generic_oauth]\nenabled = true\n',
    references: [REFERENCE],
  },
  check({ comments, requireReason }, report) {
    if (!requireReason) return;
    for (const directive of comments.directives)
      if (directive.reason === '')
        report({
          ...place(directive),
          message: 'this comment does not say why the rule is switched off',
          help: 'write the reason behind "--": auth-cli-ignore RULE -- reason',
        });
  },
};

export const ignoreRules: readonly IgnoreRule[] = [ignoreUnknownRule, unusedIgnore, ignoreWithoutReason];
