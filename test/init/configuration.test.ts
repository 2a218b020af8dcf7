import { describe, expect, it } from 'vitest';
import type { PayloadEnvelope } from '../../src/claims/resolver.js';
import { WRITE_TARGETS, type WriteTarget } from '../../src/forms/write/types.js';
import { draftConfiguration, type InitAnswers } from '../../src/init/configuration.js';
import { samplePeople } from '../../src/init/people.js';
import { readRoleRow } from '../../src/init/role-table.js';
import { withAccepted, writeDraft } from '../../src/init/write.js';
import { grafana } from '../../src/products/grafana.js';
import { validateGrafana } from '../../src/products/grafana-validate.js';
import { loadSamples, PRESET_IDS } from '../../src/providers/load.js';
import type { SourceFile } from '../../src/text/source.js';
import { answersFor } from './answers.js';

const VERSIONS = ['9.4', '10.1', '10.4', '11.6', '12.1', '13.0'];
const ANYONE = { domains: [], groups: [], teams: [], anyone: true };
const STAFF = { domains: ['acme.org'], groups: [], teams: [], anyone: false };

/** These give no address that a company's domain could fit, so a gate by domain is a mistake there. */
const NO_ADDRESS = new Set(['openshift', 'simplelogin']);
const gated = (id: string, rest: Partial<InitAnswers>): Partial<InitAnswers> =>
  NO_ADDRESS.has(id) && rest.gate === STAFF ? { ...rest, gate: ANYONE } : rest;

/** Ways to answer who may enter as what. */
const WAYS: Readonly<Record<string, Partial<InitAnswers>>> = {
  'refuses everybody else': {},
  'lets others in by domain': { others: 'Viewer', gate: STAFF },
  'lets anyone in': { others: 'Editor', gate: ANYONE },
  'leaves roles to Grafana': { rows: [], gate: STAFF },
};

/** The files a person gets, and what validate says to them. */
async function written(answers: InitAnswers, target: WriteTarget) {
  const draft = draftConfiguration(answers);
  const { version } = answers;
  const made = await writeDraft(draft, target, { version, path: 'made', comments: ['Written by a test'] });
  expect(made.left).toEqual([]);
  expect(made.changed).toEqual([]);
  const check = async (files: readonly SourceFile[]) => ({
    files,
    ...(await validateGrafana(files, { productVersion: version.asked })),
  });
  const files = made.beside ? [made.beside, made.file] : [made.file];
  const { findings } = await check(files);
  return check(files.map((file) => withAccepted(file, [...draft.accepted, ...made.accepted], findings)));
}

const said = async (answers: InitAnswers, target: WriteTarget) =>
  (await written(answers, target)).findings.map(
    ({ rule, message }) => `${target} ${answers.version.asked}: ${message} [${rule}]`,
  );

const filesOf = async (answers: InitAnswers, target: WriteTarget = 'ini') => (await written(answers, target)).files;

describe('a configuration from a preset', () => {
  it.each(PRESET_IDS.flatMap((id) => Object.keys(WAYS).map((way) => [id, way] as const)))(
    '%s that %s has no finding in any version',
    async (id, way) => {
      for (const version of VERSIONS) {
        expect(await said(await answersFor(id, version, gated(id, WAYS[way]!)), 'ini')).toEqual([]);
      }
    },
  );

  it.each(PRESET_IDS)(
    '%s has no finding in any form',
    async (id) => {
      // Grafana 9.4 has no settings API to write to.
      for (const target of Object.keys(WRITE_TARGETS) as WriteTarget[])
        for (const version of ['terraform', 'sso-api'].includes(target) ? ['12.1'] : ['9.4', '12.1']) {
          const answers = await answersFor(id, version, gated(id, { others: 'Viewer', gate: STAFF }));
          // JSON has no comments that could say why, and no reference to a secret.
          const without = (text: string) =>
            !(target === 'sso-api' && /\[(?:missing-sub|pkce-off|open-sign-up|placeholder)\]$/.test(text));
          const found = (await said(answers, target)).filter(without);
          // What Terraform sends for the scopes left out stands beside empty_scopes.
          const sent = target === 'terraform' && id === 'generic-oauth2' ? /\[empty-scopes-conflict\]$/ : /^$/;
          expect(found.filter((text) => !sent.test(text))).toEqual([]);
        }
    },
    60_000,
  );

  it.each(PRESET_IDS)('%s gives the people of its samples the roles of the table, and others none', async (id) => {
    for (const version of ['9.4', '11.2', '13.0']) {
      const rows = ['the ops=Admin', "O'Brien=Editor", 'ACME\\viewers=Viewer'].map(readRoleRow);
      const answers = await answersFor(id, version, { rows });
      const people = samplePeople(answers, await loadSamples(id));
      const resolver = await grafana.prepare({
        files: await filesOf(answers),
        productVersion: version,
      });
      const results = await Promise.all(
        people.map(async (person) => ({ person, result: await resolver.resolve(person.payload as PayloadEnvelope) })),
      );
      const inTable = results.filter(({ person }) => person.kind === 'row');
      expect(inTable.map(({ result }) => result.user?.['role'])).toEqual(['Admin', 'Editor', 'Viewer']);
      for (const { person, result } of results)
        if (person.kind === 'user' || person.kind === 'no-groups')
          expect(result.outcome, person.name).not.toBe('allowed');
    }
  });

  it('tries people of the own domain, team and claim', async () => {
    const github = await answersFor('github', undefined, {
      rows: [],
      gate: { ...STAFF, teams: ['4711'] },
    });
    const people = samplePeople(github, await loadSamples('github'));
    const resolver = await grafana.prepare({ files: await filesOf(github) });
    const outcomes = await Promise.all(people.map(({ payload }) => resolver.resolve(payload as PayloadEnvelope)));
    expect(people.map(({ name }) => name)).toEqual(['user, public e-mail', 'not in the team']);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['allowed', 'denied']);

    for (const [shape, delimiter] of [['list'], ['delimited', ';'], ['map'], ['value']] as const) {
      const other = await answersFor('keycloak', undefined, {
        rows: ['ops=Admin'].map(readRoleRow),
        claim: { path: ['realm_access', 'roles'], shape, ...(delimiter ? { delimiter } : {}) },
      });
      const [first] = samplePeople(other, await loadSamples('keycloak'));
      const own = await grafana.prepare({ files: await filesOf(other) });
      expect((await own.resolve(first!.payload as PayloadEnvelope)).user?.['role'], shape).toBe('Admin');
    }
  });

  it('groups follow the claim of the table, where they came from the one it replaces', async () => {
    const groups = (answers: InitAnswers) =>
      draftConfiguration(answers).sections.at(-1)!.settings['groups_attribute_path'];
    const memberOf = { path: ['memberOf'], shape: 'list' } as const;
    expect(groups(await answersFor('keycloak'))).toBe('groups');
    expect(groups(await answersFor('keycloak', undefined, { claim: memberOf }))).toBe('[memberOf][]');
    expect(groups(await answersFor('entra', undefined, { claim: memberOf }))).toBe('groups');
    expect(groups(await answersFor('auth0'))).toBe('@."https://grafana.acme.org/roles"');
    expect(
      groups(await answersFor('keycloak', undefined, { claim: { ...memberOf, shape: 'delimited', delimiter: ',' } })),
    ).toBeUndefined();
  });

  it('says what no version can have', async () => {
    const draft = async (id: string, version: string, rest: Partial<InitAnswers>) =>
      draftConfiguration(await answersFor(id, version, rest));
    const gate = { domains: [], groups: ['staff'], teams: [], anyone: false };
    await expect(draft('keycloak', '10.0', { gate })).rejects.toThrow('--allowed-group needs Grafana 10.1.0');
    await expect(draft('keycloak', '10.1', { gate })).resolves.toBeDefined();
    await expect(draft('keycloak', '13.0', { gate: { ...gate, groups: [], teams: ['1'] } })).rejects.toThrow('--team');
    await expect(draft('keycloak', '10.1', { others: 'None', gate: STAFF })).rejects.toThrow('None needs Grafana 10.2');
    await expect(draft('keycloak', '13.0', { rows: [] })).rejects.toThrow('nothing limits');
    await expect(
      draft('onelogin', '13.0', { gate, claim: { path: ['groups'], shape: 'delimited', delimiter: ';' } }),
    ).rejects.toThrow('exclude each other');
  });

  it('keeps names with blanks and commas whole', async () => {
    const gate = { domains: ['acme.org'], groups: ['Grafana Users', 'a,b'], teams: [], anyone: false };
    const { sections } = draftConfiguration(await answersFor('keycloak', undefined, { gate }));
    expect(sections.at(-1)!.settings['allowed_groups']).toBe('["Grafana Users","a,b"]');
  });
});
