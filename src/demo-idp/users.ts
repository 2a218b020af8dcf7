/**
 * The people who can sign in at the demo provider, as data. Each stands for a situation that decides something in Grafana.
 */

export interface DemoTeam {
  readonly id: number;
  readonly slug: string;
}

export interface DemoEmail {
  readonly email: string;
  readonly primary: boolean;
  readonly verified: boolean;
}

export interface DemoUser {
  /** Picks the person: `--user editor`. */
  readonly id: string;
  /** What this person is there to show. */
  readonly summary: string;
  readonly login: string;
  readonly name: string;
  readonly givenName: string;
  readonly familyName: string;
  /** Undefined: the provider has no address; empty: it sends an empty one. */
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly groups: readonly string[];
  /** The role the provider itself gives, where it speaks of roles. */
  readonly role?: 'GrafanaAdmin' | 'Admin' | 'Editor' | 'Viewer';
  readonly teams: readonly DemoTeam[];
  readonly orgs: readonly string[];
  readonly emails: readonly DemoEmail[];
  /** Claims added to (or replacing) what the provider says, in ID token and UserInfo. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

type Draft = Omit<DemoUser, 'name' | 'emails' | 'emailVerified' | 'email' | 'teams' | 'orgs' | 'groups'> &
  Partial<Pick<DemoUser, 'email' | 'emails' | 'emailVerified' | 'teams' | 'orgs' | 'groups'>>;

/** A person from what is special about them: address from the login name, one verified primary address, no groups. */
export function demoUser(draft: Draft): DemoUser {
  const email = 'email' in draft ? draft.email : `${draft.login}@example.com`;
  return {
    groups: [],
    teams: [],
    orgs: [],
    emailVerified: true,
    emails: email ? [{ email, primary: true, verified: true }] : [],
    ...draft,
    name: `${draft.givenName} ${draft.familyName}`,
    email,
  };
}

const TEAM: readonly DemoTeam[] = [{ id: 1001, slug: 'grafana' }];

export const DEMO_USERS: readonly DemoUser[] = [
  demoUser({
    id: 'admin',
    summary: 'in the group grafana-admins',
    login: 'ada',
    givenName: 'Ada',
    familyName: 'Adler',
    groups: ['grafana-admins', 'platform'],
    role: 'Admin',
    teams: TEAM,
    orgs: ['acme'],
    emails: [
      { email: 'ada.old@example.net', primary: false, verified: true },
      { email: 'ada@example.com', primary: true, verified: true },
    ],
  }),
  demoUser({
    id: 'editor',
    summary: 'in the group grafana-editors',
    login: 'eve',
    givenName: 'Eve',
    familyName: 'Ekman',
    groups: ['grafana-editors', 'developers'],
    role: 'Editor',
    teams: TEAM,
    orgs: ['acme'],
  }),
  demoUser({
    id: 'viewer',
    summary: 'in groups that map to no role',
    login: 'ben',
    givenName: 'Ben',
    familyName: 'Berg',
    groups: ['sales', 'staff'],
    role: 'Viewer',
    teams: [{ id: 2002, slug: 'sales' }],
    orgs: ['acme'],
  }),
  demoUser({
    id: 'server-admin',
    summary: 'in grafana-server-admins: GrafanaAdmin, where allow_assign_grafana_admin is on',
    login: 'sam',
    givenName: 'Sam',
    familyName: 'Sand',
    groups: ['grafana-server-admins', 'grafana-admins'],
    role: 'GrafanaAdmin',
    teams: TEAM,
    orgs: ['acme', 'operations'],
  }),
  demoUser({
    id: 'no-groups',
    summary: 'has no groups at all',
    login: 'noa',
    givenName: 'Noa',
    familyName: 'Nyman',
  }),
  demoUser({
    id: 'single-group',
    summary: 'in exactly one group, which some providers send as a string',
    login: 'eli',
    givenName: 'Eli',
    familyName: 'Ek',
    groups: ['grafana-editors'],
    role: 'Editor',
    orgs: ['acme'],
  }),
  demoUser({
    id: 'many-groups',
    summary: 'in 250 groups: more than some providers put into a token',
    login: 'oli',
    givenName: 'Oli',
    familyName: 'Over',
    groups: ['grafana-admins', ...Array.from({ length: 249 }, (_, n) => `project-${String(n + 1).padStart(3, '0')}`)],
    role: 'Admin',
    orgs: ['acme'],
  }),
  demoUser({
    id: 'nested',
    summary: 'nested groups with paths, and roles inside objects and arrays of objects',
    login: 'nia',
    givenName: 'Nia',
    familyName: 'Nest',
    groups: ['/departments/engineering/grafana-editors', '/departments/engineering'],
    role: 'Editor',
    orgs: ['acme'],
    claims: {
      realm_access: { roles: ['offline_access', 'grafana-editor'] },
      resource_access: { grafana: { roles: ['editor'] } },
      info: {
        roles: ['editor'],
        groups: [
          { id: 7, name: 'grafana-editors' },
          { id: 8, name: 'developers' },
        ],
      },
    },
  }),
  demoUser({
    id: 'no-email',
    summary: 'has no e-mail address anywhere: Grafana asks /emails and refuses',
    login: 'nick',
    givenName: 'Nick',
    familyName: 'Nomail',
    email: undefined,
    groups: ['grafana-editors'],
    role: 'Editor',
    orgs: ['acme'],
  }),
  demoUser({
    id: 'hidden-email',
    summary: 'address only behind the /emails endpoint',
    login: 'hal',
    givenName: 'Hal',
    familyName: 'Hidden',
    email: undefined,
    groups: ['grafana-editors'],
    role: 'Editor',
    orgs: ['acme'],
    emails: [
      { email: 'hal.second@example.net', primary: false, verified: true },
      { email: 'hal@example.com', primary: true, verified: true },
    ],
  }),
  demoUser({
    id: 'empty-email',
    summary: 'the e-mail claim is an empty string',
    login: 'mia',
    givenName: 'Mia',
    familyName: 'Moe',
    email: '',
    groups: ['grafana-editors'],
    role: 'Editor',
  }),
  demoUser({
    id: 'unverified',
    summary: 'an address nobody has verified',
    login: 'uma',
    givenName: 'Uma',
    familyName: 'Unsure',
    emailVerified: false,
    groups: ['grafana-editors'],
    role: 'Editor',
    orgs: ['acme'],
    emails: [{ email: 'uma@example.com', primary: true, verified: false }],
  }),
  demoUser({
    id: 'other-domain',
    summary: 'an address in another domain, for allowed_domains',
    login: 'xan',
    givenName: 'Xan',
    familyName: 'Xu',
    email: 'xan@partner.example.org',
    groups: ['grafana-editors'],
    role: 'Editor',
  }),
  demoUser({
    id: 'numeric-sub',
    summary: 'sub is a number: Grafana 10.0.1 and later drop the whole source',
    login: 'num',
    givenName: 'Num',
    familyName: 'Ber',
    groups: ['grafana-admins'],
    role: 'Admin',
    claims: { sub: 4711 },
  }),
  demoUser({
    id: 'odd-types',
    summary: 'a reserved claim (username) has the wrong type: the source is dropped',
    login: 'ott',
    givenName: 'Ott',
    familyName: 'Odd',
    groups: ['grafana-admins'],
    role: 'Admin',
    claims: { username: 4711 },
  }),
];
