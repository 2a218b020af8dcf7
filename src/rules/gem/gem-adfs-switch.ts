import { block } from './example.js';
import type { GemRule } from './subject.js';
import { valuePlace } from './subject.js';

export const gemAdfsSwitch: GemRule = {
  id: 'gem-adfs-switch',
  code: 'G30',
  severity: 'info',
  summary: 'The AD FS switch is on for another provider',
  docs: {
    why: 'adfs_compatibility relaxes something that is not explained in public. For other providers there is no reason to have it on.',
    bad: block({ adfs_compatibility: 'true' }),
    good: block({ issuer_url: 'https://adfs.example.com/adfs', adfs_compatibility: 'true' }),
    references: ['GEM 2.6 configuration descriptor (adfs_compatibility)'],
  },
  check(subject, report) {
    const entry = subject.config.get('auth.admin.oidc.adfs_compatibility');
    if (entry === undefined || !subject.config.flag('auth.admin.oidc.adfs_compatibility')) return;
    if ((subject.issuer?.value ?? '').toLowerCase().includes('adfs')) return;
    report({
      ...valuePlace(entry),
      message: 'adfs_compatibility is on, and the issuer does not look like AD FS',
      consequence: 'something undocumented is relaxed',
      help: 'leave it off',
    });
  },
};
