/** Rules about the project file of auth-cli. */
import type { Rule, RuleDocs } from '../rule.js';
import type { Project, ProjectIgnore, ProjectProblemKind } from './read.js';

export interface ProjectSubject {
  readonly project: Project;
  /** Seconds since 1970; without it nothing has expired. */
  readonly now: number | undefined;
  /** Entries of `ignore` that hid nothing in a check of everything; undefined where that is not known. */
  readonly unused?: ReadonlySet<ProjectIgnore>;
}

export type ProjectRule = Rule<ProjectSubject>;

const REFERENCES = ['auth-cli explain project-file'];

function aboutProblems(
  kind: ProjectProblemKind,
  rule: Pick<ProjectRule, 'id' | 'code' | 'summary'> & { readonly docs: Omit<RuleDocs, 'references'> },
): ProjectRule {
  return {
    ...rule,
    severity: 'error',
    docs: { ...rule.docs, references: REFERENCES },
    check({ project }, report) {
      for (const { kind: found, message, help, suggestions, range } of project.problems)
        if (found === kind)
          report({
            path: project.source.path,
            range,
            message,
            consequence: 'auth-cli does not run with this project file',
            ...(help === undefined ? {} : { help }),
            ...(suggestions === undefined ? {} : { suggestions }),
          });
    },
  };
}

/** The last moment of a day, in seconds since 1970. */
const endOfDay = (day: string) => Date.parse(`${day}T23:59:59.999Z`) / 1000;

/** Whether an entry of `ignore` holds no more. */
export function hasExpired({ until }: ProjectIgnore, now: number | undefined): boolean {
  return until !== undefined && now !== undefined && now > endOfDay(until);
}

export const projectSyntax = aboutProblems('syntax', {
  id: 'project-syntax',
  code: 'Y01',
  summary: 'the project file cannot be read',
  docs: {
    why: 'A project file that is no YAML says nothing, and a check without its settings is another check.',
    bad: 'rules: [pkce-off\n',
    good: 'rules:\n  pkce-off: "off"\n',
  },
});

export const projectUnknownSetting = aboutProblems('unknown-setting', {
  id: 'project-unknown-setting',
  code: 'Y02',
  summary: 'the project file has a setting that does not exist',
  docs: {
    why: 'A mistyped setting would have no effect: a pipeline meant to fail on warnings would pass with them.',
    bad: 'fail_on: warning\n',
    good: 'failOn: warning\n',
  },
});

export const projectWrongType = aboutProblems('wrong-type', {
  id: 'project-wrong-type',
  code: 'Y03',
  summary: 'a setting of the project file has a value it cannot have',
  docs: {
    why: 'The setting would have no effect, or another one than was meant.',
    bad: 'files: deploy\nmaxWarnings: few\n',
    good: 'files: [deploy]\nmaxWarnings: 5\n',
  },
});

export const projectUnknownRule = aboutProblems('unknown-rule', {
  id: 'project-unknown-rule',
  code: 'Y04',
  summary: 'the project file names a rule that does not exist',
  docs: {
    why: 'The rule that was meant keeps its severity, and nobody is told.',
    bad: 'rules:\n  pkce-of: error\n',
    good: 'rules:\n  pkce-off: error\n',
  },
});

const place = ({ project }: ProjectSubject, { range }: ProjectIgnore) => ({ path: project.source.path, range });

export const projectIgnoreExpired: ProjectRule = {
  id: 'project-ignore-expired',
  code: 'Y05',
  severity: 'warning',
  summary: 'an entry of "ignore" in the project file has expired',
  docs: {
    why: 'What was to be mended by that day is reported again, and the entry should go or be given a new day.',
    bad: 'ignore:\n  - rule: pkce-off\n    reason: the provider learns PKCE this year\n    until: 2019-12-31\n',
    good: 'ignore:\n  - rule: pkce-off\n    reason: the provider learns PKCE some day\n',
    references: REFERENCES,
  },
  check(subject, report) {
    for (const entry of subject.project.settings.ignore ?? [])
      if (hasExpired(entry, subject.now))
        report({
          ...place(subject, entry),
          message: `findings of ${entry.rule} are ignored until ${entry.until}, which is over`,
          consequence: 'they are reported again',
          help: 'mend what it was for and delete the entry, or give it another day',
        });
  },
};

export const projectIgnoreUnused: ProjectRule = {
  id: 'project-ignore-unused',
  code: 'Y06',
  severity: 'warning',
  summary: 'an entry of "ignore" in the project file hides nothing (told by a check of all files)',
  docs: {
    why: 'The mistake it was written for is gone. Left in place it hides the next one of that kind.',
    bad: 'files: [grafana.ini]\nignore:\n  - rule: pkce-off\n    files: [moved-away.ini]\n',
    good: 'files: [grafana.ini]\nignore:\n  - rule: pkce-off\n    files: [grafana.ini]\n',
    references: REFERENCES,
  },
  check(subject, report) {
    for (const entry of subject.unused ?? [])
      if (!hasExpired(entry, subject.now))
        report({
          ...place(subject, entry),
          message: `no finding of ${entry.rule} is hidden by this entry`,
          consequence: 'it would hide the next mistake of that kind',
          help: 'delete the entry',
        });
  },
};

export const projectIgnoreWithoutReason: ProjectRule = {
  id: 'project-ignore-without-reason',
  code: 'Y07',
  severity: 'warning',
  summary: 'an entry of "ignore" does not say why (only with requireIgnoreReason)',
  docs: {
    why: 'Nobody dares to remove what nobody can explain.',
    bad: 'requireIgnoreReason: true\nignore:\n  - rule: pkce-off\n',
    good: 'requireIgnoreReason: true\nignore:\n  - rule: pkce-off\n    reason: the provider knows no PKCE\n',
    references: REFERENCES,
  },
  check(subject, report) {
    const { settings } = subject.project;
    if (!settings.requireIgnoreReason) return;
    for (const entry of settings.ignore ?? [])
      if ((entry.reason ?? '').trim() === '')
        report({
          ...place(subject, entry),
          message: `this entry does not say why ${entry.rule} is ignored`,
          help: 'give it a reason',
        });
  },
};

export const projectRules: readonly ProjectRule[] = [
  projectSyntax,
  projectUnknownSetting,
  projectWrongType,
  projectUnknownRule,
  projectIgnoreExpired,
  projectIgnoreUnused,
  projectIgnoreWithoutReason,
];
