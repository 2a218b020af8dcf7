import type { ProviderTroubles } from '../types.js';

export const TROUBLES: ProviderTroubles = {
  errors: [
    {
      where: 'authorize',
      text: 'MSIS9224 / MSIS9304 redirect_uri does not match',
      meaning: 'redirect',
      fix: 'register',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'MSIS9223: client_id not recognised',
      meaning: 'client',
      fix: 'check',
      basis: 'recalled',
    },
    {
      where: 'authorize',
      text: 'MSIS9330 / MSIS9605 no access to the resource',
      meaning: 'permission/scope not granted',
      fix: 'grant',
      basis: 'recalled',
    },
    {
      where: 'token',
      text: "MSIS9612: The authorization code received in 'code' parameter is invalid (already used)",
      meaning: 'second AutoDetect attempt',
      fix: 'InParams',
      basis: 'thread',
      reference: 'portainer/portainer#11725; golang/oauth2#373',
    },
    {
      where: 'token',
      text: 'MSIS9607 / MSIS9622 client authentication failed',
      meaning: 'secret',
      fix: 'copy',
      basis: 'recalled',
    },
    {
      where: 'login',
      text: 'Error getting email address',
      meaning: 'no email claim; userinfo has only sub',
      fix: 'send email or rely on upn',
      basis: 'thread',
      reference: 'portainer/portainer#7044',
    },
  ],
  traps: [
    {
      id: 'ADFS-SINGLE-STRING',
      severity: 'error',
      title: 'one group arrives as string',
      detail: 'Use [group][].',
      basis: 'inferred',
      reference: 'AD FS JWT serialisation, widely reported',
    },
    {
      id: 'ADFS-USERINFO',
      severity: 'warning',
      title: 'UserInfo returns sub only',
      basis: 'docs',
      reference: 'ad-fs-openid-connect-oauth-concepts.md; portainer/portainer#7044',
      check: 'userinfo keys == [sub]',
    },
    {
      id: 'ADFS-FORM-POST',
      severity: 'warning',
      title: 'documentation ties custom ID-token claims to response_mode=form_post',
      detail:
        'Grafana cannot receive a POST callback; allatclaims on 2019+ usually works through the token endpoint. Test it.',
      basis: 'thread',
      reference: 'grafana/grafana#40656; MS docs options 1 and 2',
      check: 'auth_url contains response_mode=form_post',
    },
    {
      id: 'ADFS-BURN',
      severity: 'error',
      title: 'code burned by AutoDetect',
      detail: 'InParams.',
      basis: 'thread',
      reference: 'portainer/portainer#11725',
      check: 'auth_style AutoDetect',
    },
    {
      id: 'ADFS-RESOURCE',
      severity: 'info',
      title: 'no resource means urn:microsoft:userinfo',
      detail: 'No issuance rules apply then; add ?resource=<id> to auth_url on 2016.',
      basis: 'docs',
      reference: 'concepts.md',
    },
  ],
  facts: [
    {
      text: 'UserInfo returns the subject claim only; scopes list; default resource',
      basis: 'docs',
      reference: 'ad-fs-openid-connect-oauth-concepts.md @093f0bfa',
      asOf: '2023-05',
    },
    {
      text: 'custom claims need allatclaims + KB4019472 + form_post according to the docs',
      basis: 'docs',
      asOf: '2023-05',
    },
  ],
};
