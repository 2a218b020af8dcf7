/** The discovery document of the demo provider (OpenID Connect Discovery 1.0, section 3; RFC 8414, section 2). */
import { endpointsOf } from './config.js';
import { type Context, has } from './context.js';

export function discoveryDocument(context: Context): Record<string, unknown> {
  const { preset, issuer } = context;
  const endpoints = endpointsOf(preset, context.origin);
  const shown = has(context, 'discovery-other-issuer')
    ? 'https://somebody-else.example.com'
    : has(context, 'discovery-slash')
      ? issuer.endsWith('/')
        ? issuer.slice(0, -1)
        : `${issuer}/`
      : issuer;
  const oidc = preset.kind === 'oidc';
  const refresh = preset.refresh === 'never' ? [] : ['refresh_token'];
  const document: Record<string, unknown> = {
    issuer: shown,
    authorization_endpoint: endpoints.authorize,
    token_endpoint: endpoints.token,
    userinfo_endpoint: oidc ? endpoints.userinfo : undefined,
    jwks_uri: endpoints.jwks,
    end_session_endpoint: endpoints.endSession,
    scopes_supported: preset.scopes,
    response_types_supported: ['code'],
    response_modes_supported: oidc ? ['query', 'fragment', 'form_post'] : undefined,
    grant_types_supported: ['authorization_code', ...refresh, 'client_credentials'],
    subject_types_supported: oidc ? ['public'] : undefined,
    id_token_signing_alg_values_supported: oidc ? ['RS256'] : undefined,
    token_endpoint_auth_methods_supported: preset.clientAuth.methods,
    code_challenge_methods_supported: preset.pkce === 'ignored' ? undefined : ['S256'],
    authorization_response_iss_parameter_supported: oidc ? true : undefined,
  };
  return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined));
}
