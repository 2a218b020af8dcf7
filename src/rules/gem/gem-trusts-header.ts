import { block } from './example.js';
import type { GemRule } from './subject.js';
import { fixTo, valuePlace } from './subject.js';

export const gemTrustsHeader: GemRule = {
  id: 'gem-trusts-header',
  code: 'G01',
  severity: 'error',
  summary: 'Authentication is off: the X-Scope-OrgID header is believed',
  docs: {
    why: 'With auth.type trust anybody who reaches GEM names a tenant in X-Scope-OrgID and reads and writes its data. The OIDC settings are idle. trust was the default up to 1.x; since 2.0 it is enterprise.',
    bad: block({}, { type: 'trust' }),
    good: block(),
    references: ['GEM 1.7 and 2.6 configuration descriptors (auth.type)', 'mimirtool: conversion of GEM 1.7 to 2.0'],
  },
  failOpen: true,
  check(subject, report) {
    const { config, profile } = subject;
    const entry = config.get('auth.type');
    if (entry === undefined || entry.value === '') {
      if (profile.defaultAuthType !== 'trust' || config.entries.length === 0) return;
      report({
        ...subject.oidcPlace,
        option: 'auth.type',
        message: `auth.type is not set, and GEM ${profile.asked} then trusts the X-Scope-OrgID header`,
        consequence:
          'no token is looked at: whoever reaches GEM names any tenant, and the other auth settings are idle',
        help: 'set auth.type: enterprise',
      });
      return;
    }
    if (entry.value !== 'trust') return;
    report({
      ...valuePlace(entry),
      message: 'auth.type is trust',
      consequence:
        'no token is looked at: whoever reaches GEM names any tenant in X-Scope-OrgID, and the oidc settings are idle',
      help: 'set auth.type: enterprise',
      ...fixTo(entry, 'enterprise'),
    });
  },
};
