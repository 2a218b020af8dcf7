/**
 * Providers that are switched off: what is wrong in their sections harms nobody, and would be news on the day they are switched
 * on. Only how much there would be is said.
 */
import { providerRules } from '../rules/grafana/index.js';
import { findPlaceholder } from '../rules/grafana/placeholders.js';
import { GrafanaSubject, type ProviderView } from '../rules/grafana/subject.js';
import { given } from '../rules/grafana/support.js';
import { type LintOptions, lint } from '../rules/lint.js';
import type { Finding } from '../rules/rule.js';
import { readBoolean } from '../settings/read.js';

/** Switched off in so many words, and set up: not the section of a sample that nobody filled in. */
export function switchedOff(subject: GrafanaSubject): readonly ProviderView[] {
  return subject.providers().filter((provider) => {
    if (provider.enabled || !provider.isSet('enabled') || readBoolean(provider.text('enabled')) !== false) return false;
    return given(subject, provider.section, 'client_id') && !findPlaceholder(provider.text('client_id'));
  });
}

/** One note for each of them about what is not looked for in it. `found`: what was found as it is. */
export async function offNotes(
  subject: GrafanaSubject,
  off: readonly ProviderView[],
  found: readonly Finding[],
  options: LintOptions,
): Promise<string[]> {
  const sections = off.map(({ section }) => section);
  const assumed = new GrafanaSubject(subject.config, { assumeOn: sections });
  const { findings } = await lint(providerRules, assumed, { ...options, provides: [] });
  const identity = ({ rule, path, range, message }: Finding) => JSON.stringify([rule, path, range, message]);
  const known = new Set(found.map(identity));
  return sections.map((section) => {
    const more = findings.filter(
      (one) => one.section === section && one.severity !== 'info' && !known.has(identity(one)),
    );
    const errors = more.filter(({ severity }) => severity === 'error').length;
    if (more.length === 0) return `[${section}] is off`;
    const count = `${more.length} ${more.length === 1 ? 'problem' : 'problems'}`;
    const grave = errors === 0 ? '' : `, ${errors} of them ${errors === 1 ? 'an error' : 'errors'}`;
    return `[${section}] is off: ${count} not reported that would show with enabled = true${grave}`;
  });
}
