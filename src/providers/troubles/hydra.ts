import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'token',
      text: "The OAuth 2.0 Client supports client authentication method 'client_secret_basic', but method 'client_secret_post' was requested.",
      meaning: 'AutoDetect second try or wrong style',
      fix: 'InHeader',
      basis: 'docs',
      reference: 'fosite/client_authentication.go @83127c57',
    },
    {
      where: 'authorize',
      text: "invalid_state: Request parameter 'state' must be at least be 8 characters long",
      meaning: 'short state (not Grafana, 44 chars)',
      basis: 'docs',
      reference: 'fosite authorize_request_handler.go',
    },
    {
      where: 'authorize',
      text: 'invalid_scope: The requested scope is invalid … not allowed to request scope',
      meaning: 'client scope list',
      fix: 'add',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: "invalid_request: The 'redirect_uri' parameter does not match any of the OAuth 2.0 Client's pre-registered redirect urls.",
      meaning: 'mismatch',
      fix: 'register',
      basis: 'recalled',
    },
    {
      where: 'login',
      text: 'No e-mail found',
      meaning: 'consent app',
      fix: 'set session.id_token.email',
      basis: 'thread',
      reference: 'grafana/grafana#89897',
    },
  ],
  traps: [
    {
      id: 'HYDRA-METHOD',
      severity: 'error',
      title: 'registered auth method enforced',
      basis: 'docs',
      reference: 'fosite/client_authentication.go',
      check: 'auth_style AutoDetect',
    },
    {
      id: 'HYDRA-EXT',
      severity: 'info',
      title: 'custom claims under ext in JWT access tokens',
      basis: 'docs',
      reference: 'config keys allowed_top_level_claims, mirror_top_level_claims',
    },
    {
      id: 'HYDRA-EMPTY',
      severity: 'error',
      title: 'nothing but sub by default',
      basis: 'thread',
      reference: 'grafana/grafana#89897',
    },
  ],
  facts: [
    {
      text: 'discovery values, default auth method, state length 8, refresh scopes offline/offline_access',
      basis: 'docs',
      reference: 'ory/hydra @83127c57',
      asOf: '2026-07-24',
    },
  ],
};
