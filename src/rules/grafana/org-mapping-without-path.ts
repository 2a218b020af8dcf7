import { expressionsOf, isOn, mapsOrgs, skipsRoleSync } from './expressions.js';
import type { GrafanaRule, GrafanaSubject, ProviderView } from './subject.js';
import { given, items } from './support.js';

export const orgMappingWithoutPath: GrafanaRule = {
  id: 'org-mapping-without-path',
  code: 'M18',
  severity: 'error',
  summary: 'org_mapping with names, but nothing gives a person external organizations',
  versions: '>=11.1',
  when: ['org_mapping'],
  docs: {
    why: 'org_mapping compares its external names with the list org_attribute_path gives for a person. Without the path, or where it gives a text instead of a list, only entries for * match, and everybody lands in the default organization.',
    bad: '[auth.generic_oauth]\nenabled = true\norg_mapping = engineers:2:Editor\n',
    good: '[auth.generic_oauth]\nenabled = true\norg_attribute_path = groups\norg_mapping = engineers:2:Editor\n',
    references: ['Grafana manual: configure generic OAuth, organization mapping', 'Grafana issues 103095, 107360'],
  },
  check(subject, report) {
    for (const provider of subject.providers()) {
      if (!provider.isGeneric && provider.kind !== 'okta') continue;
      if (!isOn(provider) || !mapsOrgs(subject, provider) || skipsRoleSync(subject, provider)) continue;
      if (!items(subject, provider, 'org_mapping').some((entry) => !entry.startsWith('*:'))) continue;
      const problem = problemOf(subject, provider);
      if (problem === undefined) continue;
      report({
        ...provider.at(problem.key),
        message: problem.message,
        consequence: 'only entries for * match; everybody else lands in the default organization',
        help: problem.help,
        ...(problem.key === 'org_mapping'
          ? {}
          : { related: [subject.related('the mapping', provider.at('org_mapping'))] }),
      });
    }
  },
};

function problemOf(
  subject: GrafanaSubject,
  provider: ProviderView,
): { readonly key: string; readonly message: string; readonly help: string } | undefined {
  if (!given(subject, provider.section, 'org_attribute_path'))
    return {
      key: 'org_mapping',
      message: 'org_mapping is set, but org_attribute_path is not',
      help: 'name the claim with the external organizations, for example org_attribute_path = groups',
    };
  const path = expressionsOf(subject).find((one) => one.provider === provider && one.key === 'org_attribute_path');
  const never = path?.reading?.results.every(({ kind, ...rest }) => {
    if (kind === 'constant') return !Array.isArray((rest as { value: unknown }).value);
    return kind === 'string' || kind === 'number' || kind === 'boolean' || kind === 'object';
  });
  if (!never) return undefined;
  return {
    key: 'org_attribute_path',
    message: 'org_attribute_path never gives a list',
    help: 'a single value becomes a list with to_array(…)',
  };
}
