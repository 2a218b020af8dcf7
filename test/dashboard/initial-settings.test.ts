import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDashboardFiles } from '../../src/dashboard/config.js';
import {
  DASHBOARD_FORMS,
  type DashboardAnswers,
  type DashboardForm,
  dashboardConfiguration,
  dashboardPeople,
  mergeGroups,
  readAddress,
  readClaimName,
  readGroupRow,
  readSiteUrl,
} from '../../src/dashboard/initial-settings.js';
import { viewOf } from '../../src/dashboard/settings-view.js';
import { dashboard } from '../../src/products/dashboard.js';
import type { SourceFile } from '../../src/text/source.js';

const VERSIONS = ['43', '45', '46.7', '49', '52', '54', '55', '56', '57', '58', undefined];

const SIMPLE: DashboardAnswers = {
  idpUri: 'https://login.acme.org/sso?app=dashboard&x=1',
  siteUrl: 'https://dashboard.acme.org/bi/',
  claims: {},
  groups: [],
};

const FULL: DashboardAnswers = {
  ...SIMPLE,
  claims: {
    MB_JWT_ATTRIBUTE_EMAIL: 'https://acme.org/claims#email',
    MB_JWT_ATTRIBUTE_FIRSTNAME: 'given_name',
    MB_JWT_ATTRIBUTE_LASTNAME: 'last_name',
    MB_JWT_ATTRIBUTE_GROUPS: 'roles',
  },
  groups: [
    { name: 'analysts', ids: [3] },
    { name: 'cn=staff, dc=acme # "all" $HOME', ids: [4, 7] },
  ],
};

const fileOf = (answers: DashboardAnswers, form: DashboardForm): SourceFile => ({
  path: 'made',
  text: dashboardConfiguration(answers, { form, service: 'dashboard', comments: ['Written by a test'] }),
});

describe('the settings of Dashboard', () => {
  it.each(DASHBOARD_FORMS)('%s: validate has nothing to say in any version', async (form) => {
    for (const answers of [SIMPLE, FULL])
      for (const productVersion of VERSIONS) {
        const { findings, notes } = await dashboard.validate([fileOf(answers, form)], {
          ...(productVersion === undefined ? {} : { productVersion }),
        });
        expect(findings).toEqual([]);
        expect(notes).toContain('JWT login is on');
      }
  });

  it.each(DASHBOARD_FORMS)('%s: names what is not the default, and reads back as it was meant', (form) => {
    const { text } = fileOf(FULL, form);
    expect(text).not.toContain('last_name');
    const view = viewOf(readDashboardFiles([fileOf(FULL, form)]));
    expect(view).toMatchObject({
      enabled: true,
      uri: FULL.idpUri,
      siteUrl: FULL.siteUrl,
      emailClaim: 'https://acme.org/claims#email',
      firstNameClaim: 'given_name',
      lastNameClaim: 'last_name',
      groupsClaim: 'roles',
      groupSync: true,
      provisioning: true,
    });
  });

  it.each(DASHBOARD_FORMS)('%s: any group keeps its name and ids', (form) => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            name: fc.string({ unit: 'grapheme', minLength: 1 }),
            ids: fc.array(fc.integer({ min: 1, max: 999_999_999 }), { minLength: 1 }),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        (given) => {
          const rows = given.flatMap(({ name, ids }) => {
            try {
              return [readGroupRow(`${name}=${ids.join(',')}`)];
            } catch {
              return [];
            }
          });
          fc.pre(rows.length > 0);
          const groups = mergeGroups(rows);
          const { mappings } = viewOf(readDashboardFiles([fileOf({ ...SIMPLE, groups }, form)]));
          if (!mappings.ok) throw new Error(mappings.problem);
          expect(new Map(mappings.table)).toEqual(new Map(groups.map(({ name, ids }) => [name, ids])));
        },
      ),
    );
  });

  it.each(DASHBOARD_FORMS)('%s: sample tokens get the groups of the table', async (form) => {
    for (const productVersion of VERSIONS) {
      const resolver = await dashboard.prepare({
        files: [fileOf(FULL, form)],
        ...(productVersion === undefined ? {} : { productVersion }),
      });
      const results = await Promise.all(
        dashboardPeople(FULL).map(({ claims, before }) =>
          resolver.resolve({ id_token_claims: claims, ...(before ? { currentGroups: before } : {}) }),
        ),
      );
      expect(results.map(({ outcome }) => outcome)).toEqual(['allowed', 'allowed', 'allowed', 'denied']);
      expect(results.map(({ user }) => user?.['groups'] ?? null)).toEqual([[1, 3], [1, 4, 7], [1], null]);
      expect(results[2]!.user?.['removed']).toEqual([3, 4, 7]);
    }
  });
});

describe('answers', () => {
  it.each([
    ['analysts', 'NAME=ID'],
    ['=3', 'NAME=ID'],
    ['analysts=', 'no id of a group'],
    ['analysts=0', 'no id of a group'],
    ['analysts=3,x', 'no id of a group'],
    ['a\u0007=3', 'control character'],
    ['{{env X}}=3', '{{'],
  ])('--group %s is refused', (text, said) => {
    const read = () => readGroupRow(text);
    expect(read).toThrow();
    let told = '';
    try {
      read();
    } catch (error) {
      told = `${(error as Error).message} ${(error as { because?: string }).because ?? ''}`;
    }
    expect(told).toContain(said);
  });

  it('rows of one name become one', () => {
    expect(mergeGroups(['a=3', 'b=4', 'a=5,3'].map(readGroupRow))).toEqual([
      { name: 'a', ids: [3, 5] },
      { name: 'b', ids: [4] },
    ]);
  });

  it.each([
    'login.acme.org/sso',
    'ftp://x',
    'https://a b',
    'https://u:p@x.org',
    'https://x.org/#a',
    'https://x.org/$HOME',
    'http://',
    '',
  ])('--idp-uri %j is refused', (text) =>
    expect(() => readAddress(text, '--idp-uri', 'https://x')).toThrow('--idp-uri'),
  );

  it('an address with a password is not repeated', () => {
    expect(() => readAddress('https://u:hunter2@x.org', '--idp-uri', 'https://x')).not.toThrow('hunter2');
  });

  it.each(['https://x.org/?a=b', 'https://x.org/auth/sso'])('--site-url %s is refused', (text) =>
    expect(() => readSiteUrl(text)).toThrow('--site-url'),
  );

  it.each(['', ' email', 'a b', '$email', '#email', '"email"'])('the claim %j is refused', (text) =>
    expect(() => readClaimName(text, '--claim')).toThrow('--claim cannot be'),
  );
});
