import { describe, expect, it } from 'vitest';
import { type ClaimsProfile, claimsProfile, since } from '../../src/claims/profile.js';
import { PROFILE_IDS } from '../../src/settings/versions.js';

describe('what differs by version', () => {
  it.each<[string, (profile: ClaimsProfile) => boolean, string]>([
    ['sub is the id', (one) => one.sub, '10.0'],
    ['an ID token that is no text is ignored', (one) => one.nonStringToken === 'ignored', '10.1'],
    ['None is a role', (one) => one.roles.includes('None'), '10.1'],
    ['the default role at every login', (one) => one.roleFlow === 'default', '10.1'],
    ['skip_org_role_sync of generic OAuth works', (one) => one.skipOrgRoleSync, '10.1'],
    ['allowed_groups works', (one) => one.allowedGroups, '10.1'],
    ['the switch of [auth] is ignored', (one) => one.globalSkip === 'ignored' && !one.comGlobalSkip, '11.0'],
    ['org_mapping works', (one) => one.orgMapping !== null, '11.1'],
    ['it knows escapes', (one) => one.orgMapping?.escapes === true, '11.2'],
    ['grafana.com goes through the mapper', (one) => one.comRoleFlow === 'mapper', '11.2'],
    ['no /emails without api_url', (one) => !one.emailsWithoutApiUrl, '11.2'],
    ['percent signs in URLs survive', (one) => !one.sprintf, '11.6'],
    ['the access token is a source', (one) => one.accessToken, '13.0'],
  ])('%s', (_what, holds, first) => {
    expect(since(holds)).toBe(first);
    const later = PROFILE_IDS.slice(PROFILE_IDS.indexOf(first as (typeof PROFILE_IDS)[number]));
    // a way of 10.1 to 11.0 ends again; everything else stays
    if (!_what.includes('default role')) for (const id of later) expect(holds(claimsProfile(id)), id).toBe(true);
  });
});
