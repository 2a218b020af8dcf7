import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/demo-idp/presets/index.js';
import { IDENTITY_PROVIDERS, providerNamed, recognise } from '../../src/providers/index.js';
import { loadDetails, loadSamples, loadTroubles, PRESET_IDS } from '../../src/providers/load.js';
import { fill, variablesIn, variablesOf } from '../../src/providers/templates.js';
import type { ProviderDetails } from '../../src/providers/types.js';

const all = await Promise.all(PRESET_IDS.map(async (id) => (await loadDetails(id))!));

const examples = (details: ProviderDetails) =>
  Object.fromEntries(details.variables.map(({ name, example }) => [name, example]));

describe('what is known of a provider', () => {
  it('is there for all that the demo provider imitates, and no other', () => {
    expect([...PRESET_IDS].sort()).toEqual(PRESETS.map((preset) => preset.id).sort());
    expect(all.map((details) => details.id)).toEqual(PRESET_IDS);
  });

  it('has facts under the same id, and names that lead to one provider only', () => {
    for (const id of PRESET_IDS) expect(providerNamed(id)?.id).toBe(id);
    const names = IDENTITY_PROVIDERS.flatMap((provider) => [provider.id, ...provider.aliases]);
    expect(new Set(names).size).toBe(names.length);
    expect(providerNamed('AzureAD')?.id).toBe('entra');
    expect(providerNamed('nobody')).toBeUndefined();
  });

  it.each(all.map((details) => [details.id, details] as const))('%s: facts and details agree', (id, details) => {
    const facts = providerNamed(id)!;
    expect(facts.authStyle).toBe(details.clientAuth.style);
    expect(facts.tailSafe).toBe(details.grafana.tailSafe);
    expect(facts.noSub ?? false).toBe(!details.sub.present);
    expect(facts.issuerSlash).toBe(details.issuer.slash);
    if (facts.groups) expect(facts.groups.limit).toBe(details.groups.limit?.at);
    expect((facts.invalidScopes ?? []).map(({ scope }) => scope)).toEqual(
      (details.scopes.invalid ?? []).map((text) => text.split(' ')[0]),
    );
    for (const scope of details.scopes.recommended ?? [])
      expect(facts.invalidScopes?.filter(({ unless }) => !unless).map((one) => one.scope) ?? []).not.toContain(scope);
  });

  it.each(all.map((details) => [details.id, details] as const))(
    '%s: variables are described, and used',
    (_id, details) => {
      const declared = details.variables.map(({ name }) => name);
      const discovered = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'end_session_endpoint'];
      const texts = [
        details.issuer.pattern,
        ...Object.values(details.endpoints).flat(),
        ...Object.values(details.grafana.settings),
        ...details.checklist,
      ].filter((text): text is string => typeof text === 'string');
      const used = new Set(texts.flatMap(variablesIn));
      used.delete('grafana_enc');
      for (const name of used)
        expect([...declared, ...(details.id === 'generic-oidc' ? discovered : [])]).toContain(name);
    },
  );

  it.each(all.map((details) => [details.id, details] as const))(
    '%s: is recognised by its own addresses, and its variables read back',
    (id, details) => {
      if (id.startsWith('generic')) return;
      const values = examples(details);
      const { auth_url, token_url, api_url } = details.grafana.settings;
      const [auth, token, api] = [auth_url!, token_url!, api_url!].map((text) => fill(text, values)) as [
        string,
        string,
        string,
      ];
      // Red Hat Single Sign-On is Keycloak, and has its addresses.
      expect(recognise({ auth, token, api })?.provider.id).toBe(id === 'redhat-sso' ? 'keycloak' : id);
      for (const [template, address] of [
        [auth_url!, auth],
        [token_url!, token],
        [api_url!, api],
      ] as const) {
        const read = variablesOf(template, address)!;
        for (const [name, value] of Object.entries(read)) expect(value).toBe(values[name]);
      }
    },
  );

  it.each(PRESET_IDS)('%s: every error says what it means, every trap has its own name', async (id) => {
    const { errors, traps } = (await loadTroubles(id))!;
    for (const error of errors) expect(error.meaning).not.toBe('');
    expect(new Set(traps.map((trap) => trap.id)).size).toBe(traps.length);
    expect((await loadSamples(id)).length).toBeGreaterThan(2);
  });

  it('is not loaded for a name that is no preset', async () => {
    expect(await loadDetails('nobody')).toBeUndefined();
    expect(await loadTroubles('gitea')).toBeUndefined();
    expect(await loadSamples('nobody')).toEqual([]);
  });
});

describe('a template', () => {
  it('is filled in, and keeps what is not known', () => {
    expect(fill('https://{host}/realms/{realm}', { host: 'sso.acme.io' })).toBe('https://sso.acme.io/realms/{realm}');
    expect(fill('contains(x, `{}`) a{2}', { host: 'x' })).toBe('contains(x, `{}`) a{2}');
  });

  it('gives the variables of an address of its form', () => {
    const template = 'https://{host}/realms/{realm}/protocol';
    expect(variablesOf(template, 'https://sso.acme.io:8443/realms/main/protocol?x=1')).toEqual({
      host: 'sso.acme.io:8443',
      realm: 'main',
    });
    expect(variablesOf(template, 'https://sso.acme.io/realms/a/b/protocol')).toBeUndefined();
    expect(variablesOf(template, 'https://sso.acme.io/x/realms/main/protocol')).toBeUndefined();
    expect(variablesOf('{issuer_base}/auth', 'https://acme.io/dex/auth')).toEqual({
      issuer_base: 'https://acme.io/dex',
    });
    expect(variablesOf('https://{a}/{a}', 'https://x/y')).toBeUndefined();
  });
});
