/** Checks configurations of Dashboard JWT login, and payloads beside them. */
import { readDashboardFiles } from '../dashboard/config.js';
import { readEvidence } from '../dashboard/evidence.js';
import { whyDisabled } from '../dashboard/settings-view.js';
import type { DashboardProfile } from '../dashboard/versions.js';
import { dashboardAccessVerdict } from '../rules/dashboard/access-verdict.js';
import { dashboardRules } from '../rules/dashboard/index.js';
import { DashboardSubject } from '../rules/dashboard/subject.js';
import { ignoreComments } from '../rules/ignores/comments.js';
import { lint } from '../rules/lint.js';
import type { SourceFile } from '../text/source.js';
import type { ProductFindings, ProductValidateOptions } from './product.js';

/** `files` are layers of one configuration, the environment comes on top. Bad configuration never throws. */
export async function validateDashboard(
  files: readonly SourceFile[],
  profile: DashboardProfile,
  options: ProductValidateOptions = {},
): Promise<ProductFindings> {
  const config = readDashboardFiles(files, options.env);
  const subject = new DashboardSubject(config, profile, readEvidence(files));
  const result = await lint(dashboardRules, subject, {
    rules: options.rules,
    comments: ignoreComments([], files),
    requireIgnoreReason: options.requireIgnoreReason,
    isPartial: config.problems.length > 0,
    ignored: options.ignored,
  });
  const verdict = dashboardAccessVerdict(subject, result.findings);
  const off = whyDisabled(subject.view, profile, true);
  return {
    version: profile.asked,
    findings: result.findings,
    notes: [
      `read as Dashboard ${profile.asked}${profile.isDefault ? ' (choose with --dashboard-version)' : ''}`,
      ...(profile.note === undefined ? [] : [profile.note]),
      off === undefined ? 'JWT login is on' : `JWT login is off: ${off}`,
    ],
    notChecked: result.notChecked,
    rulesRun: result.rulesRun,
    ...(verdict === undefined ? {} : { verdict }),
  };
}
