/** The resource `grafana_sso_settings` of the Terraform provider. Source: forms overview §7. */

/** Attributes of `oauth2_settings`; everything else goes into `custom`. */
export const SCHEMA: ReadonlySet<string> = new Set(
  `enabled client_id client_secret name allow_sign_up auto_login scopes empty_scopes auth_url token_url api_url auth_style
allowed_organizations allowed_domains allowed_groups define_allowed_groups groups_attribute_path role_attribute_path
role_attribute_strict allow_assign_grafana_admin skip_org_role_sync org_mapping org_attribute_path email_attribute_name
email_attribute_path name_attribute_path login_attribute_path id_token_attribute_name signout_redirect_url login_prompt
use_pkce use_refresh_token tls_skip_verify_insecure tls_client_ca tls_client_cert tls_client_key teams_url team_ids
team_ids_attribute_path define_allowed_teams_ids`.split(/\s+/),
);

/** What the provider refuses or demands, by login provider. */
export const REFUSED: Readonly<Record<string, readonly string[]>> = {
  azuread: ['api_url', 'org_attribute_path'],
  github: ['auth_url', 'token_url', 'api_url', 'org_attribute_path'],
  gitlab: ['auth_url', 'token_url', 'api_url', 'org_attribute_path'],
  google: ['auth_url', 'token_url', 'api_url', 'org_attribute_path'],
};
export const DEMANDED: Readonly<Record<string, readonly string[]>> = {
  azuread: ['client_id', 'auth_url', 'token_url'],
  generic_oauth: ['client_id', 'auth_url', 'token_url', 'api_url'],
  okta: ['client_id', 'auth_url', 'token_url', 'api_url'],
};

/** Attributes that are booleans; all others are texts. */
export const BOOLEANS: ReadonlySet<string> = new Set(
  `enabled empty_scopes allow_sign_up auto_login role_attribute_strict allow_assign_grafana_admin skip_org_role_sync
define_allowed_groups define_allowed_teams_ids use_pkce use_refresh_token tls_skip_verify_insecure`.split(/\s+/),
);
