/** Checks configurations of Grafana Enterprise Metrics, and payloads beside them. */
import { readGemFiles } from '../gem/config.js';
import { readEvidence } from '../gem/evidence.js';
import type { GemProfile } from '../gem/versions.js';
import { gemAccessVerdict } from '../rules/gem/access-verdict.js';
import { gemRules } from '../rules/gem/index.js';
import { GemSubject } from '../rules/gem/subject.js';
import { ignoreComments } from '../rules/ignores/comments.js';
import { lint } from '../rules/lint.js';
import type { SourceFile } from '../text/source.js';
import type { ProductFindings, ProductValidateOptions } from './product.js';

/** `files` are layers of one configuration, later ones over earlier ones. Bad configuration never throws. */
export async function validateGem(
  files: readonly SourceFile[],
  profile: GemProfile,
  options: ProductValidateOptions = {},
): Promise<ProductFindings> {
  const config = readGemFiles(files);
  const subject = new GemSubject(config, profile, readEvidence(files, options.discovery), !profile.isDefault);
  const result = await lint(gemRules, subject, {
    order: profile.order,
    isDefaultVersion: profile.isDefault,
    rules: options.rules,
    comments: ignoreComments([], files),
    requireIgnoreReason: options.requireIgnoreReason,
    isPartial: config.problems.length > 0,
    ignored: options.ignored,
  });
  const verdict = gemAccessVerdict(subject, result.findings);
  const issuer = subject.issuer?.value ?? '';
  return {
    version: profile.asked,
    findings: result.findings,
    notes: [
      `read as GEM ${profile.asked}${profile.isDefault ? ' (the newest known; choose with --gem-version)' : ''}`,
      ...(profile.note === undefined ? [] : [profile.note]),
      `auth.type: ${config.authType(profile)}`,
      issuer === '' ? 'OIDC is not active' : `OIDC issuer: ${issuer}`,
    ],
    notChecked: result.notChecked,
    rulesRun: result.rulesRun,
    ...(verdict === undefined ? {} : { verdict }),
  };
}
