import { reportNotes } from './form-notes.js';
import type { GrafanaRule } from './subject.js';

const REQUIRED = `    client_id = "grafana"
    client_secret = var.oauth_client_secret
    auth_url = "https://id.example.org/authorize"
    token_url = "https://id.example.org/token"
    api_url = "https://id.example.org/userinfo"
`;
const resource = (attributes: string) =>
  `resource "grafana_sso_settings" "oauth" {\n  provider_name = "generic_oauth"\n  oauth2_settings {\n${REQUIRED}${attributes}  }\n}\n`;

export const formOmitted: GrafanaRule = {
  id: 'form-omitted',
  code: 'F16',
  severity: 'warning',
  summary: 'attributes left out of a Terraform resource, which sends them as empty or false',
  docs: {
    why: 'The resource grafana_sso_settings sends every attribute, those left out as empty or false. Sign-up is off then and nobody new gets in, no scope is asked for, and the name of the e-mail attribute is empty, whatever grafana.ini and the defaults say.',
    bad: resource(''),
    good: resource(
      '    name = "Corp"\n    allow_sign_up = true\n    scopes = "openid email profile"\n    email_attribute_name = "email:primary"\n    id_token_attribute_name = "id_token"\n    login_attribute_path = "login"\n    use_pkce = true\n    use_refresh_token = true\n',
    ),
    references: ['Terraform registry: grafana_sso_settings', 'grafana/terraform-provider-grafana#2566'],
  },
  exampleOptions: { form: 'terraform' },
  check: reportNotes('form-omitted'),
};
