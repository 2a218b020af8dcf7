/** The parts of what is known of a provider that are loaded one by one. */
import type { ProviderDetails, ProviderTroubles, SampleLogin } from './types.js';

interface Parts {
  readonly details: () => Promise<{ readonly DETAILS: ProviderDetails }>;
  readonly troubles: () => Promise<{ readonly TROUBLES: ProviderTroubles }>;
  readonly samples: () => Promise<{ readonly SAMPLES: readonly SampleLogin[] }>;
}

/** From the most widespread provider to the least. */
const PARTS: Readonly<Record<string, Parts>> = {
  keycloak: {
    details: () => import('./data/keycloak.js'),
    troubles: () => import('./troubles/keycloak.js'),
    samples: () => import('./samples/keycloak.js'),
  },
  entra: {
    details: () => import('./data/entra.js'),
    troubles: () => import('./troubles/entra.js'),
    samples: () => import('./samples/entra.js'),
  },
  okta: {
    details: () => import('./data/okta.js'),
    troubles: () => import('./troubles/okta.js'),
    samples: () => import('./samples/okta.js'),
  },
  'okta-custom': {
    details: () => import('./data/okta-custom.js'),
    troubles: () => import('./troubles/okta-custom.js'),
    samples: () => import('./samples/okta-custom.js'),
  },
  authentik: {
    details: () => import('./data/authentik.js'),
    troubles: () => import('./troubles/authentik.js'),
    samples: () => import('./samples/authentik.js'),
  },
  google: {
    details: () => import('./data/google.js'),
    troubles: () => import('./troubles/google.js'),
    samples: () => import('./samples/google.js'),
  },
  auth0: {
    details: () => import('./data/auth0.js'),
    troubles: () => import('./troubles/auth0.js'),
    samples: () => import('./samples/auth0.js'),
  },
  gitlab: {
    details: () => import('./data/gitlab.js'),
    troubles: () => import('./troubles/gitlab.js'),
    samples: () => import('./samples/gitlab.js'),
  },
  cognito: {
    details: () => import('./data/cognito.js'),
    troubles: () => import('./troubles/cognito.js'),
    samples: () => import('./samples/cognito.js'),
  },
  authelia: {
    details: () => import('./data/authelia.js'),
    troubles: () => import('./troubles/authelia.js'),
    samples: () => import('./samples/authelia.js'),
  },
  dex: {
    details: () => import('./data/dex.js'),
    troubles: () => import('./troubles/dex.js'),
    samples: () => import('./samples/dex.js'),
  },
  'generic-oidc': {
    details: () => import('./data/generic-oidc.js'),
    troubles: () => import('./troubles/generic-oidc.js'),
    samples: () => import('./samples/generic-oidc.js'),
  },
  github: {
    details: () => import('./data/github.js'),
    troubles: () => import('./troubles/github.js'),
    samples: () => import('./samples/github.js'),
  },
  zitadel: {
    details: () => import('./data/zitadel.js'),
    troubles: () => import('./troubles/zitadel.js'),
    samples: () => import('./samples/zitadel.js'),
  },
  adfs: {
    details: () => import('./data/adfs.js'),
    troubles: () => import('./troubles/adfs.js'),
    samples: () => import('./samples/adfs.js'),
  },
  onelogin: {
    details: () => import('./data/onelogin.js'),
    troubles: () => import('./troubles/onelogin.js'),
    samples: () => import('./samples/onelogin.js'),
  },
  'pocket-id': {
    details: () => import('./data/pocket-id.js'),
    troubles: () => import('./troubles/pocket-id.js'),
    samples: () => import('./samples/pocket-id.js'),
  },
  'redhat-sso': {
    details: () => import('./data/redhat-sso.js'),
    troubles: () => import('./troubles/redhat-sso.js'),
    samples: () => import('./samples/redhat-sso.js'),
  },
  pingone: {
    details: () => import('./data/pingone.js'),
    troubles: () => import('./troubles/pingone.js'),
    samples: () => import('./samples/pingone.js'),
  },
  pingfederate: {
    details: () => import('./data/pingfederate.js'),
    troubles: () => import('./troubles/pingfederate.js'),
    samples: () => import('./samples/pingfederate.js'),
  },
  jumpcloud: {
    details: () => import('./data/jumpcloud.js'),
    troubles: () => import('./troubles/jumpcloud.js'),
    samples: () => import('./samples/jumpcloud.js'),
  },
  openshift: {
    details: () => import('./data/openshift.js'),
    troubles: () => import('./troubles/openshift.js'),
    samples: () => import('./samples/openshift.js'),
  },
  hydra: {
    details: () => import('./data/hydra.js'),
    troubles: () => import('./troubles/hydra.js'),
    samples: () => import('./samples/hydra.js'),
  },
  bitbucket: {
    details: () => import('./data/bitbucket.js'),
    troubles: () => import('./troubles/bitbucket.js'),
    samples: () => import('./samples/bitbucket.js'),
  },
  kanidm: {
    details: () => import('./data/kanidm.js'),
    troubles: () => import('./troubles/kanidm.js'),
    samples: () => import('./samples/kanidm.js'),
  },
  cyberark: {
    details: () => import('./data/cyberark.js'),
    troubles: () => import('./troubles/cyberark.js'),
    samples: () => import('./samples/cyberark.js'),
  },
  wso2: {
    details: () => import('./data/wso2.js'),
    troubles: () => import('./troubles/wso2.js'),
    samples: () => import('./samples/wso2.js'),
  },
  salesforce: {
    details: () => import('./data/salesforce.js'),
    troubles: () => import('./troubles/salesforce.js'),
    samples: () => import('./samples/salesforce.js'),
  },
  lemonldap: {
    details: () => import('./data/lemonldap.js'),
    troubles: () => import('./troubles/lemonldap.js'),
    samples: () => import('./samples/lemonldap.js'),
  },
  simplelogin: {
    details: () => import('./data/simplelogin.js'),
    troubles: () => import('./troubles/simplelogin.js'),
    samples: () => import('./samples/simplelogin.js'),
  },
  'generic-oauth2': {
    details: () => import('./data/generic-oauth2.js'),
    troubles: () => import('./troubles/generic-oauth2.js'),
    samples: () => import('./samples/generic-oauth2.js'),
  },
};

/** Ids of the providers that can be set up: the presets of `init`. */
export const PRESET_IDS: readonly string[] = Object.keys(PARTS);

/** How to set a provider up; undefined where there is no such preset. */
export async function loadDetails(id: string): Promise<ProviderDetails | undefined> {
  return (await PARTS[id]?.details())?.DETAILS;
}

/** Errors, traps and facts of a provider; undefined where nothing is known. */
export async function loadTroubles(id: string): Promise<ProviderTroubles | undefined> {
  return (await PARTS[id]?.troubles())?.TROUBLES;
}

/** What a provider sends for different people. */
export async function loadSamples(id: string): Promise<readonly SampleLogin[]> {
  return (await PARTS[id]?.samples())?.SAMPLES ?? [];
}
