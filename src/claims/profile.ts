/**
 * What the resolution of a login does differently from Grafana version to version, as data. Source: the version study (each
 * version's own code was run on the same cases); a row says what holds from that version on.
 */
import { PROFILE_IDS, type ProfileId } from '../settings/versions.js';

export interface ClaimsProfile {
  /** `sub` is a field of the sources: it is the person's id, and a `sub` that is no string drops the source. */
  readonly sub: boolean;
  /** What an ID token that is no string does: ends the login with HTTP 500, or counts as none. */
  readonly nonStringToken: 'panic' | 'ignored';
  /** The access token, where it is a JWT, is the third source. */
  readonly accessToken: boolean;
  /** Role names, lowest first. */
  readonly roles: readonly string[];
  /**
   * What becomes of the role that the sources gave.
   * `keep`: any text ends the search; an invalid or missing role leaves memberships alone.
   * `default`: only a valid one does; without one, `auto_assign_org_role` at every login.
   * `mapper`: the same through `org_mapping`; the role of the user itself stays empty.
   */
  readonly roleFlow: 'keep' | 'default' | 'mapper';
  /** `skip_org_role_sync` of generic OAuth has an effect at login. */
  readonly skipOrgRoleSync: boolean;
  /** What `[auth] oauth_skip_org_role_update_sync` does to generic OAuth. */
  readonly globalSkip: 'not-computed' | 'dropped' | 'ignored';
  /** `/emails` is asked even where `api_url` is empty (and fails). */
  readonly emailsWithoutApiUrl: boolean;
  /** Derived URLs and the texts of error answers pass through Sprintf as formats. */
  readonly sprintf: boolean;
  /** `allowed_groups` is read for generic OAuth. */
  readonly allowedGroups: boolean;
  /** `org_mapping` and `org_attribute_path` are read; `escapes`: `\:` is a colon. */
  readonly orgMapping: { readonly escapes: boolean } | null;
  /** What grafana.com's `role` becomes: as it is, or through the mapper with the default role. */
  readonly comRoleFlow: 'keep' | 'mapper';
  /** `[auth] oauth_skip_org_role_update_sync` drops the organization roles of a grafana.com login. */
  readonly comGlobalSkip: boolean;
  /** Written organization roles where memberships are left alone. */
  readonly noSync: 'empty' | 'null';
  readonly comNoSync: 'empty' | 'null';
  /** Texts the person or the log sees. */
  readonly texts: ProductTexts;
}

export interface ProductTexts {
  /** `{role}`: the role that was found. */
  readonly strict: string;
  readonly team: string;
  readonly organization: string;
  readonly group: string;
  readonly comOrganization: string;
  readonly emailMissing: string;
  readonly emailDomain: string;
  readonly signUpDisabled: string;
}

const FIRST: ClaimsProfile = {
  sub: false,
  nonStringToken: 'panic',
  accessToken: false,
  roles: ['Viewer', 'Editor', 'Admin'],
  roleFlow: 'keep',
  skipOrgRoleSync: false,
  globalSkip: 'not-computed',
  emailsWithoutApiUrl: true,
  sprintf: true,
  allowedGroups: false,
  orgMapping: null,
  comRoleFlow: 'keep',
  comGlobalSkip: true,
  noSync: 'empty',
  comNoSync: 'empty',
  texts: {
    strict: 'Integration requires a valid org role assigned in idP. Assigned role: {role}',
    team: 'user not a member of one of the required teams',
    organization: 'user not a member of one of the required organizations',
    group: 'user not a member of one of the required groups',
    comOrganization: 'user not a member of one of the required organizations',
    emailMissing: "login provider didn't return an email address",
    emailDomain: 'required email domain not fulfilled',
    signUpDisabled: 'system administrator has disabled signup',
  },
};

/** Where a version differs from the one before it; texts are merged one by one. */
const CHANGES: Partial<Record<ProfileId, Partial<Omit<ClaimsProfile, 'texts'>> & { texts?: Partial<ProductTexts> }>> = {
  '10.0': { sub: true },
  '10.1': {
    nonStringToken: 'ignored',
    roles: ['None', 'Viewer', 'Editor', 'Admin'],
    roleFlow: 'default',
    skipOrgRoleSync: true,
    globalSkip: 'dropped',
    allowedGroups: true,
    texts: {
      strict: '[oauth.role_attribute_strict_violation] idP did not return a role attribute',
      comOrganization:
        'User is not a member of one of the required organizations. Please contact identity provider administrator.',
      emailMissing: '[auth.oauth.email.missing] required attribute email was not provided',
      emailDomain: '[auth.oauth.email.not-allowed] provided email is not allowed',
      signUpDisabled: 'Sign up is disabled',
    },
  },
  '11.0': { globalSkip: 'ignored', comGlobalSkip: false },
  '11.1': {
    roleFlow: 'mapper',
    orgMapping: { escapes: false },
    noSync: 'null',
    texts: {
      strict: '[oauth.role_attribute_strict_violation] could not evaluate any valid roles using IdP provided data',
    },
  },
  '11.2': {
    orgMapping: { escapes: true },
    emailsWithoutApiUrl: false,
    comRoleFlow: 'mapper',
    comNoSync: 'null',
  },
  '11.6': {
    sprintf: false,
    texts: {
      team: 'User not a member of one of the required teams',
      organization: 'User not a member of one of the required organizations',
    },
  },
  '13.0': { accessToken: true },
};

const PROFILES: ReadonlyMap<ProfileId, ClaimsProfile> = build();

function build(): Map<ProfileId, ClaimsProfile> {
  const profiles = new Map<ProfileId, ClaimsProfile>();
  let current = FIRST;
  for (const id of PROFILE_IDS) {
    const change = CHANGES[id] ?? {};
    current = { ...current, ...change, texts: { ...current.texts, ...change.texts } };
    profiles.set(id, current);
  }
  return profiles;
}

export function claimsProfile(id: ProfileId): ClaimsProfile {
  return PROFILES.get(id)!;
}

/** The first known version in which a fact of the profile holds, for notes such as "from 10.1". */
export function since(holds: (profile: ClaimsProfile) => boolean): ProfileId | undefined {
  return PROFILE_IDS.find((id) => holds(claimsProfile(id)));
}
