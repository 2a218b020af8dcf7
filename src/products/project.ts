/** The project file of auth-cli itself, checked like any other configuration. Nobody logs in with it, so it is no product to choose. */
import { ruleIds } from '../rules/catalogue.js';
import { ignoreComments } from '../rules/ignores/comments.js';
import { lint } from '../rules/lint.js';
import { type Project, readProject } from '../rules/project/read.js';
import { type ProjectSubject, projectRules } from '../rules/project/rules.js';
import type { SourceFile } from '../text/source.js';
import type { ProductFindings, ProductValidateOptions } from './product.js';

/** Reads one as far as it can be read. */
export async function loadProject(source: SourceFile): Promise<Project> {
  return readProject(source, new Set(await ruleIds()));
}

/**
 * Findings about a project file.
 * @param unused see `ProjectSubject`
 */
export async function validateProject(
  project: Project,
  options: ProductValidateOptions = {},
  unused?: ProjectSubject['unused'],
): Promise<ProductFindings> {
  const subject: ProjectSubject = { project, now: options.now, ...(unused === undefined ? {} : { unused }) };
  const result = await lint(projectRules, subject, {
    rules: options.rules,
    comments: ignoreComments([], [project.source]),
    requireIgnoreReason: options.requireIgnoreReason,
    isPartial: project.problems.length > 0,
    ignored: options.ignored,
  });
  return {
    version: '1',
    findings: result.findings,
    notes: ['read as a project file of auth-cli'],
    notChecked: result.notChecked,
    rulesRun: result.rulesRun,
  };
}
