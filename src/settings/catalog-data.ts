/**
 * The options Grafana knows in its sections about login, one a line, in the order of the manual:
 *
 *     key type[:value|value] [required] [unread] [other] [since:X] [deprecated:X] [until:X] [by:key] [= default]
 *
 * `since` is the first version that reads the key (or has it in defaults.ini), `until` the first that no longer does;
 * `unread`: the key means something in other providers but nothing here; `other`: known, but not about login;
 * `by`: the key that replaces it. The default is the text of defaults.ini; without `=` the key is not in defaults.ini.
 * What a key does, and where each fact comes from, is in catalog-prose.ts, which only explanations load.
 */
export const CATALOG_TEXT = `
[auth.generic_oauth]
enabled bool since:4.0.0 = false
name string since:4.1.0 = OAuth
icon string since:8.4.1 = signin
allow_sign_up bool since:4.0.0 = true
auto_login bool since:9.4.0 = false
client_id string required since:4.0.0 = some_id
client_secret secret required since:4.0.0 =
scopes list since:4.0.0 = user:email
empty_scopes bool since:8.0.0 = false
email_attribute_name string since:5.3.0 = email:primary
email_attribute_path jmespath since:6.4.0 =
login_attribute_path jmespath since:7.2.0 =
name_attribute_path jmespath since:7.4.0 =
role_attribute_path jmespath since:6.5.0 =
role_attribute_strict bool since:8.0.0 = false
groups_attribute_path jmespath since:8.1.0 =
id_token_attribute_name string since:7.2.0 =
team_ids_attribute_path jmespath since:8.2.0 =
auth_url url required since:4.0.0 =
token_url url required since:4.0.0 =
api_url url required since:4.0.0 =
teams_url url since:8.2.0 =
allowed_domains list since:6.6.0 =
allowed_groups list since:10.1.0 =
team_ids list since:4.0.0 =
allowed_organizations list since:4.0.0 =
tls_skip_verify_insecure bool since:5.3.0 = false
tls_client_cert path since:5.3.0 =
tls_client_key path since:5.3.0 =
tls_client_ca path since:5.3.0 =
use_pkce bool since:8.3.0 = false
auth_style enum:AutoDetect|InParams|InHeader since:9.1.0 =
allow_assign_grafana_admin bool since:9.2.0 = false
skip_org_role_sync bool since:9.4.0 = false
use_refresh_token bool since:10.1.0 = false
signout_redirect_url url since:10.3.0 =
org_attribute_path jmespath since:11.1.0 =
org_mapping list since:11.1.0 =
login_prompt enum:login|consent|select_account since:12.2.0 =
validate_id_token bool since:12.4.0
jwk_set_url url since:12.4.0
hosted_domain string since:4.0.0
client_authentication enum:none|client_secret_post|managed_identity|workload_identity since:12.0.0
send_client_credentials_via_post bool since:6.0.0 deprecated:6.6.0 until:6.6.0 by:auth_style
[auth.grafana_com]
enabled bool since:4.3.0 = false
name string since:9.5.0 = Grafana.com
icon string since:9.5.0 = grafana
allow_sign_up bool since:4.3.0 = true
auto_login bool since:9.4.0 = false
client_id string required since:4.3.0 = some_id
client_secret secret required since:4.3.0 =
scopes list since:4.3.0 = user:email
allowed_organizations list since:4.3.0 =
skip_org_role_sync bool since:9.4.0 = false
use_refresh_token bool since:10.1.0 = false
use_pkce bool since:8.3.0
tls_skip_verify_insecure bool since:5.3.0
tls_client_cert path since:5.3.0
tls_client_key path since:5.3.0
tls_client_ca path since:5.3.0
signout_redirect_url url since:10.3.0
login_prompt enum:login|consent|select_account since:12.2.0
empty_scopes bool since:8.0.0
auth_url url unread
token_url url unread
api_url url unread
auth_style enum:AutoDetect|InParams|InHeader unread
allowed_domains list unread
allowed_groups list unread
role_attribute_path jmespath unread
role_attribute_strict bool unread
allow_assign_grafana_admin bool unread
groups_attribute_path jmespath unread
org_mapping list unread
teams_url url unread
[auth]
login_cookie_name string since:6.0.0 = grafana_session
disable_login bool since:9.3.0 = false
login_maximum_inactive_lifetime_duration duration since:7.2.0 =
login_maximum_lifetime_duration duration since:7.2.0 =
login_maximum_inactive_lifetime_days int since:6.0.0 deprecated:7.2.0 until:7.2.0 by:login_maximum_inactive_lifetime_duration
login_maximum_lifetime_days int since:6.0.0 deprecated:7.2.0 until:7.2.0 by:login_maximum_lifetime_duration
token_rotation_interval_minutes int since:6.0.0 = 10
disable_login_form bool since:4.0.0 = false
disable_signout_menu bool since:4.3.0 = false
signout_redirect_url url since:5.2.0 =
oauth_auto_login bool since:5.4.2 deprecated:9.4.0 by:auto_login = false
oauth_login_error_message string since:10.1.0
oauth_state_cookie_max_age int since:7.0.0 = 600
oauth_refresh_token_server_lock_min_wait_ms int since:11.0.0
oauth_skip_org_role_update_sync bool since:8.4.2 deprecated:9.4.0 until:11.0.0 by:skip_org_role_sync = false
oauth_allow_insecure_email_lookup bool since:9.5.5 = false
api_key_max_seconds_to_live int since:6.3.0 = -1
sigv4_auth_enabled bool since:7.3.0 = false
sigv4_verbose_logging bool since:8.4.0 = false
azure_auth_enabled bool since:9.1.0 = false
id_response_header_enabled bool since:10.3.0 = false
id_response_header_prefix string since:10.3.0 = X-Grafana
id_response_header_namespaces list since:10.3.0 = user api-key service-account
managed_service_accounts_enabled bool since:11.3.0 = false
[sso_settings]
reload_interval duration since:10.3.0 = 1m
configurable_providers list since:10.4.0 = github gitlab google generic_oauth azuread okta
[server]
protocol enum:http|https|h2|socket since:2.0.1 = http
http_addr string since:2.0.1 =
http_port int since:2.0.1 = 3000
domain string since:2.0.1 = localhost
enforce_domain bool since:2.1.0 = false
root_url url since:2.0.1 = %(protocol)s://%(domain)s:%(http_port)s/
serve_from_sub_path bool since:6.3.0 = false
cert_file path since:2.0.1 =
cert_key path since:2.0.1 =
router_logging bool other = false
static_root_path string other = public
enable_gzip bool other = false
socket_gid int other = -1
socket_mode int other = 0660
socket string other = /tmp/grafana.sock
cdn_url string other =
read_timeout int other = 0
min_tls_version string other since:10.1.0 =
certs_watch_interval string other since:11.0.0 =
[users]
allow_sign_up bool since:2.0.1 = false
allow_org_create bool since:2.0.1 = false
auto_assign_org bool since:2.0.1 = true
auto_assign_org_id int since:5.3.0 = 1
auto_assign_org_role role:None|Viewer|Editor|Admin since:2.0.1 = Viewer
login_default_org_id int since:11.0.0 =
verify_email_enabled bool since:2.5.0 = false
login_hint string since:2.6.0 =
password_hint string since:6.1.0 =
viewers_can_edit bool since:5.0.0 deprecated:11.5.0 = false
editors_can_admin bool since:6.1.0 = false
hidden_users list since:7.4.0 =
user_invite_max_lifetime_duration duration since:7.3.0 = 24h
case_insensitive_login bool since:9.3.0 until:11.0.0
default_theme string other = dark
default_language string other = en-US
home_page string other =
external_manage_link_url string other =
external_manage_link_name string other =
external_manage_info string other =
verification_email_max_lifetime_duration string other since:11.0.0 = 1h
[security]
secret_key secret since:2.0.1 = SW2YcwTIb9zpOOhoPsMm
admin_user string since:2.0.1 = admin
admin_password secret since:2.0.1 = admin
admin_email string since:9.2.0 = admin@localhost
disable_initial_admin_creation bool since:6.5.0 = false
cookie_secure bool since:6.0.0 = false
cookie_samesite enum:lax|strict|none|disabled since:6.0.0 = lax
allow_embedding bool since:6.2.0 = false
strict_transport_security bool since:6.2.3 = false
disable_brute_force_login_protection bool since:5.0.0 = false
brute_force_login_protection_max_attempts int since:11.3.0
csrf_always_check bool since:10.0.0 = false
csrf_trusted_origins list since:9.0.0
encryption_provider string other = secretKey.v1
available_encryption_providers string other =
disable_gravatar bool other = false
data_source_proxy_whitelist string other =
strict_transport_security_max_age_seconds int other = 86400
strict_transport_security_preload bool other = false
strict_transport_security_subdomains bool other = false
x_content_type_options bool other = true
x_xss_protection bool other = true
content_security_policy bool other = false
content_security_policy_template string other = script-src 'self' 'unsafe-eval' 'unsafe-inline' 'strict-dynamic' $NONCE;object-src 'none';font-src 'self';style-src 'self' 'unsafe-inline' blob:;img-src * data:;base-uri 'self';connect-src 'self' grafana.com ws://$ROOT_PATH wss://$ROOT_PATH;manifest-src 'self';media-src 'none';form-action 'self';
content_security_policy_report_only bool other = false
content_security_policy_report_only_template string other = script-src 'self' 'unsafe-eval' 'unsafe-inline' 'strict-dynamic' $NONCE;object-src 'none';font-src 'self';style-src 'self' 'unsafe-inline' blob:;img-src * data:;base-uri 'self';connect-src 'self' grafana.com ws://$ROOT_PATH wss://$ROOT_PATH;manifest-src 'self';media-src 'none';form-action 'self';
angular_support_enabled bool other = false
disable_frontend_sandbox_for_plugins string other since:10.1.0 = grafana-incident-app
[feature_toggles]
enable list since:6.4.0 =
accessTokenExpirationCheck bool since:9.3.0 until:10.3.0 by:use_refresh_token
authnService bool since:9.4.0 until:10.1.0
ssoSettingsApi bool since:10.3.0
ssoSettingsSAML bool since:11.0.0
ssoSettingsLDAP bool since:11.2.0
oauthRequireSubClaim bool since:10.4.0
refreshTokenRequired bool since:12.1.0
improvedExternalSessionHandling bool since:11.3.0
passwordlessMagicLinkAuthentication bool since:11.5.0
groupAttributeSync bool since:11.2.0
useSessionStorageForRedirection bool since:11.3.0
[grafana_com]
url url since:4.3.0 = https://grafana.com
api_url url since:9.4.0 = https://grafana.com/api
sso_api_token secret since:11.1.0 =
[auth.azuread]
name string since:6.7.0 = Microsoft
icon string since:9.5.0 = microsoft
enabled bool since:6.7.0 = false
allow_sign_up bool since:6.7.0 = true
auto_login bool since:9.4.0 = false
client_id string required since:6.7.0 = some_client_id
client_secret secret required since:6.7.0 =
scopes list since:6.7.0 = openid email profile
auth_url url since:6.7.0 = https://login.microsoftonline.com/<tenant-id>/oauth2/v2.0/authorize
token_url url since:6.7.0 = https://login.microsoftonline.com/<tenant-id>/oauth2/v2.0/token
signout_redirect_url url since:10.3.0 =
allowed_domains list since:6.7.0 =
role_attribute_strict bool since:8.5.0 = false
allow_assign_grafana_admin bool since:9.1.6 = false
skip_org_role_sync bool since:9.4.0 = false
org_mapping list since:11.2.0 =
tls_skip_verify_insecure bool since:9.5.0 = false
tls_client_cert path since:10.1.0 =
tls_client_key path since:10.1.0 =
tls_client_ca path since:10.1.0 =
use_refresh_token bool since:10.1.0 = true
login_prompt enum:login|consent|select_account since:12.2.0 =
auth_style enum:AutoDetect|InParams|InHeader since:9.1.0
empty_scopes bool since:8.0.0
use_pkce bool since:10.1.0 = true
allowed_groups list since:6.7.0 =
allowed_organizations list since:9.5.5 =
force_use_graph_api bool since:9.2.1 = false
client_authentication enum:none|client_secret_post|managed_identity|workload_identity since:12.0.0 = client_secret_post
managed_identity_client_id string since:12.0.0 =
federated_credential_audience enum:api://AzureADTokenExchange|api://AzureADTokenExchangeUSGov|api://AzureADTokenExchangeChina since:12.0.0 =
workload_identity_token_file path since:12.1.0 =
[auth.github]
name string since:9.5.0 = GitHub
icon string since:9.5.0 = github
enabled bool since:2.0.1 = false
allow_sign_up bool since:2.0.1 = true
auto_login bool since:9.4.0 = false
client_id string required since:2.0.1 = some_id
client_secret secret required since:2.0.1 =
scopes list since:2.0.1 = user:email,read:org
auth_url url since:2.0.1 = https://github.com/login/oauth/authorize
token_url url since:2.0.1 = https://github.com/login/oauth/access_token
api_url url since:2.0.1 = https://api.github.com/user
signout_redirect_url url since:10.3.0 =
allowed_domains list since:2.0.1 =
role_attribute_strict bool since:9.1.0 = false
allow_assign_grafana_admin bool since:9.1.6 = false
skip_org_role_sync bool since:9.4.0 = false
org_mapping list since:11.1.0 =
tls_skip_verify_insecure bool since:9.5.0 = false
tls_client_cert path since:10.1.0 =
tls_client_key path since:10.1.0 =
tls_client_ca path since:10.1.0 =
use_refresh_token bool since:10.1.0 = false
login_prompt enum:login|consent|select_account since:12.2.0 =
auth_style enum:AutoDetect|InParams|InHeader since:9.1.0
empty_scopes bool since:8.0.0
use_pkce bool since:8.3.0
team_ids list since:2.1.0 =
allowed_organizations list since:2.1.0 =
role_attribute_path jmespath since:9.1.0 =
[auth.gitlab]
name string since:9.5.0 = GitLab
icon string since:9.5.0 = gitlab
enabled bool since:5.3.0 = false
allow_sign_up bool since:5.3.0 = true
auto_login bool since:9.4.0 = false
client_id string required since:5.3.0 = some_id
client_secret secret required since:5.3.0 =
scopes list since:5.3.0 = openid email profile
auth_url url since:5.3.0 = https://gitlab.com/oauth/authorize
token_url url since:5.3.0 = https://gitlab.com/oauth/token
api_url url since:5.3.0 = https://gitlab.com/api/v4
signout_redirect_url url since:10.3.0 =
allowed_domains list since:6.6.0 =
role_attribute_strict bool since:9.0.0 = false
allow_assign_grafana_admin bool since:9.1.6 = false
skip_org_role_sync bool since:9.4.0 = false
org_mapping list since:11.1.0 =
tls_skip_verify_insecure bool since:9.5.0 = false
tls_client_cert path since:10.1.0 =
tls_client_key path since:10.1.0 =
tls_client_ca path since:10.1.0 =
use_refresh_token bool since:10.1.0 = true
login_prompt enum:login|consent|select_account since:12.2.0 =
auth_style enum:AutoDetect|InParams|InHeader since:9.1.0
empty_scopes bool since:8.0.0
use_pkce bool since:10.1.0 = true
allowed_groups list since:5.3.0 =
role_attribute_path jmespath since:9.0.0 =
validate_id_token bool since:12.4.0
jwk_set_url url since:12.4.0
[auth.google]
name string since:9.5.0 = Google
icon string since:9.5.0 = google
enabled bool since:2.0.1 = false
allow_sign_up bool since:2.0.1 = true
auto_login bool since:9.4.0 = false
client_id string required since:2.0.1 = some_client_id
client_secret secret required since:2.0.1 =
scopes list since:2.0.1 = openid email profile
auth_url url since:2.0.1 = https://accounts.google.com/o/oauth2/v2/auth
token_url url since:2.0.1 = https://oauth2.googleapis.com/token
api_url url since:2.0.1 = https://openidconnect.googleapis.com/v1/userinfo
signout_redirect_url url since:10.3.0 =
allowed_domains list since:2.0.1 =
role_attribute_strict bool since:10.2.0 = false
allow_assign_grafana_admin bool since:10.2.0 = false
skip_org_role_sync bool since:9.4.0 = true
org_mapping list since:11.1.0 =
tls_skip_verify_insecure bool since:9.5.0 = false
tls_client_cert path since:10.1.0 =
tls_client_key path since:10.1.0 =
tls_client_ca path since:10.1.0 =
use_refresh_token bool since:10.1.0 = true
login_prompt enum:login|consent|select_account since:12.2.0 =
auth_style enum:AutoDetect|InParams|InHeader since:9.1.0
empty_scopes bool since:8.0.0
use_pkce bool since:10.1.0 = true
hosted_domain string since:4.0.0 =
validate_hd bool since:11.0.0 = true
allowed_groups list since:10.2.0 =
role_attribute_path jmespath since:10.2.0 =
validate_id_token bool since:12.4.0
jwk_set_url url since:12.4.0
[auth.okta]
name string since:7.0.0 = Okta
icon string since:8.4.1 = okta
enabled bool since:7.0.0 = false
allow_sign_up bool since:7.0.0 = true
auto_login bool since:9.4.0 = false
client_id string required since:7.0.0 = some_id
client_secret secret required since:7.0.0 =
scopes list since:7.0.0 = openid profile email groups
auth_url url since:7.0.0 = https://<tenant-id>.okta.com/oauth2/v1/authorize
token_url url since:7.0.0 = https://<tenant-id>.okta.com/oauth2/v1/token
api_url url since:7.0.0 = https://<tenant-id>.okta.com/oauth2/v1/userinfo
signout_redirect_url url since:10.3.0 =
allowed_domains list since:7.0.0 =
role_attribute_strict bool since:8.0.0 = false
allow_assign_grafana_admin bool since:9.1.6 = false
skip_org_role_sync bool since:9.4.0 = false
org_mapping list since:11.1.0 =
tls_skip_verify_insecure bool since:9.5.0 = false
tls_client_cert path since:10.1.0 =
tls_client_key path since:10.1.0 =
tls_client_ca path since:10.1.0 =
use_refresh_token bool since:10.1.0 = false
login_prompt enum:login|consent|select_account since:12.2.0 =
auth_style enum:AutoDetect|InParams|InHeader since:9.1.0
empty_scopes bool since:8.0.0
use_pkce bool since:10.1.0 = true
allowed_groups list since:7.0.0 =
role_attribute_path jmespath since:7.0.0 =
org_attribute_path jmespath since:11.1.0 =
validate_id_token bool since:12.4.0
jwk_set_url url since:12.4.0
[auth.jwt]
enabled bool since:8.0.0 = false
enable_login_token bool since:9.1.0 = false
header_name string since:8.0.0 =
email_claim string since:8.0.0 =
username_claim string since:8.0.0 =
email_attribute_path jmespath since:11.1.0 =
username_attribute_path jmespath since:11.1.0 =
jwk_set_url url since:8.0.0 =
jwk_set_bearer_token_file path since:12.0.0
jwk_set_file path since:8.0.0 =
cache_ttl duration since:8.0.0 = 60m
expect_claims string since:8.0.0 = {}
key_file path since:8.0.0 =
key_id string since:10.2.0 =
role_attribute_path jmespath since:9.2.0 =
role_attribute_strict bool since:9.2.0 = false
groups_attribute_path jmespath since:10.4.0 =
auto_sign_up bool since:8.4.0 = false
url_login bool since:9.2.3 = false
allow_assign_grafana_admin bool since:9.2.0 = false
skip_org_role_sync bool since:9.5.0 = false
signout_redirect_url url since:10.3.0 =
org_mapping list since:11.5.0 =
org_attribute_path jmespath since:11.5.0 =
tls_client_ca path since:11.3.0
tls_skip_verify_insecure bool since:11.3.0
expected_claims string since:8.0.0 deprecated:9.3.0 until:9.3.0 by:expect_claims
[auth.proxy]
enabled bool since:2.1.0 = false
header_name string since:2.1.0 = X-WEBAUTH-USER
header_property enum:username|email since:2.1.0 = username
auto_sign_up bool since:2.1.0 = true
sync_ttl int since:6.5.0 = 15
ldap_sync_ttl int since:4.1.0 deprecated:6.5.0 until:9.0.0 by:sync_ttl
whitelist list since:4.1.0 =
headers list since:5.3.4 =
headers_encoded bool since:8.4.4 = false
enable_login_token bool since:6.5.0 = false
[auth.ldap]
enabled bool since:2.1.0 = false
config_file path since:2.1.0 = /etc/grafana/ldap.toml
allow_sign_up bool since:4.0.0 = true
skip_org_role_sync bool since:9.2.1 = false
sync_cron string since:6.2.0 = 0 1 * * *
active_sync_enabled bool since:6.2.0 = true
[auth.saml]
enabled bool since:6.3.0
name string since:9.5.0
entity_id url since:11.2.0
single_logout bool since:8.0.0
allow_sign_up bool since:8.0.0
auto_login bool since:9.4.0
allow_idp_initiated bool since:8.0.0
certificate secret required since:6.3.0
certificate_path path since:6.3.0
private_key secret required since:6.3.0
private_key_path path since:6.3.0
signature_algorithm enum:rsa-sha1|rsa-sha256|rsa-sha512 since:8.0.0
idp_metadata string required since:6.3.0
idp_metadata_path path since:6.3.0
idp_metadata_url url since:6.3.0
max_issue_delay duration since:6.3.0
metadata_valid_duration duration since:6.3.0
relay_state string since:8.0.0
assertion_attribute_name string since:6.3.0
assertion_attribute_login string since:6.3.0
assertion_attribute_email string since:6.3.0
assertion_attribute_groups string since:8.0.0
assertion_attribute_role string since:8.0.0
assertion_attribute_org string since:8.0.0
assertion_attribute_external_uid string since:12.0.0
allowed_organizations list since:8.0.0
org_mapping list since:8.0.0
role_values_none list since:10.2.0
role_values_viewer list since:11.0.0
role_values_editor list since:8.0.0
role_values_admin list since:8.0.0
role_values_grafana_admin list since:8.0.0
skip_org_role_sync bool since:9.2.0
name_id_format string since:9.5.0
client_id string since:11.2.0
client_secret secret since:11.2.0
token_url url since:11.2.0
force_use_graph_api bool since:11.2.0
[auth.anonymous]
enabled bool since:2.0.1 = false
org_name string since:2.0.1 = Main Org.
org_role role since:2.0.1 = Viewer
hide_version bool since:7.1.0 = false
device_limit int since:10.3.0 =
[auth.basic]
enabled bool since:2.1.0 = true
password_policy bool since:10.4.0 = false
`;
