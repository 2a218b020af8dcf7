/** Configuration that does not arrive: start-up errors, charts, settings pages. */
import { GRAFANA, type Trouble } from '../types.js';

export const CONFIGURATION_TROUBLES: readonly Trouble[] = [
  {
    id: 'line-without-delimiter',
    title: 'A line of the configuration has neither = nor :',
    products: GRAFANA,
    patterns: [/key-value delimiter not found: (?<line>.*)/i],
    texts: [{ text: "key-value delimiter not found: contains(groups[*], 'b') && 'Editor'", from: 'Grafana, at start' }],
    causes: [
      {
        cause: 'an expression runs over two lines, often from a | block in YAML: Grafana does not start',
        check: 'write it on one line, or end each line but the last with a backslash; auth-cli validate marks the line',
        options: ['role_attribute_path'],
      },
    ],
    source: 'go-ini 1.67',
  },
  {
    id: 'broken-file',
    title: 'The configuration file cannot be read',
    products: GRAFANA,
    patterns: [
      /unclosed section: /i,
      /empty section name/i,
      /missing closing key quote/i,
      /failed to parse .{0,80}\.ini/i,
    ],
    texts: [{ text: 'unclosed section: [auth.generic_oauth', from: 'Grafana, at start' }],
    causes: [{ cause: 'a bracket or a quote is not closed', check: 'auth-cli validate marks the line' }],
    source: 'go-ini 1.67',
  },
  {
    id: 'file-expander',
    title: 'A file that a setting refers to cannot be read',
    products: GRAFANA,
    patterns: [/got error while expanding (?<setting>\S+) with expander '(?<expander>\w+)'/i],
    texts: [
      {
        text: "got error while expanding auth.generic_oauth.client_secret with expander 'file': open /run/secrets/oauth: no such file or directory",
        from: 'Grafana, at start',
      },
    ],
    causes: [
      {
        cause: 'the file behind {setting} is not mounted, is called otherwise, or Grafana may not read it',
        check: 'the mount, and the user Grafana runs as',
      },
    ],
    source: 'Grafana source, expanders',
  },
  {
    id: 'nested-helm-values',
    title: 'Helm values are nested where one section is meant',
    products: GRAFANA,
    patterns: [/generic_oauth\s*=\s*map\[/i, /=\s*map\[\w+:/],
    texts: [{ text: 'generic_oauth = map[client_id:grafana enabled:true]', from: 'the grafana chart' }],
    causes: [
      {
        cause: 'auth: and generic_oauth: stand one below the other: the section is one key, "auth.generic_oauth"',
        check: 'auth-cli validate values.yaml',
      },
    ],
    source: 'grafana/helm-charts#948',
  },
  {
    id: 'helm-leaked-secret',
    title: 'The chart refuses a secret in its values',
    products: GRAFANA,
    patterns: [/Sensitive key '(?<key>[^']+)' should not be defined explicitly in values/i],
    texts: [
      {
        text: "Sensitive key 'auth.google.client_secret' should not be defined explicitly in values",
        from: 'the grafana chart, 7.1 and later',
      },
    ],
    causes: [
      {
        cause: '{key} holds the secret itself',
        check:
          'refer to it: $__env{NAME} with envFromSecret, or $__file{PATH} with extraSecretMounts; assertNoLeakedSecrets: false switches the check off',
      },
    ],
    source: 'grafana/helm-charts#2896',
  },
  {
    id: 'list-not-json',
    title: 'A list is no JSON, so it is empty',
    products: GRAFANA,
    patterns: [/invalid auth configuration setting/i],
    texts: [{ text: 'Invalid auth configuration setting', from: 'Grafana 11 and later, log' }],
    causes: [
      {
        cause:
          'a list begins with [ and is no JSON array of texts in double quotes: it counts as empty, and an empty list lets everybody in',
        check: 'auth-cli validate',
        options: ['allowed_groups', 'allowed_domains', 'allowed_organizations', 'team_ids'],
        decide: (config) => {
          for (const option of [
            'allowed_groups',
            'allowed_domains',
            'allowed_organizations',
            'team_ids',
            'org_mapping',
          ]) {
            const text = config.text(option).trim();
            if (!text.startsWith('[')) continue;
            try {
              const list: unknown = JSON.parse(text);
              if (Array.isArray(list) && list.every((item) => typeof item === 'string' || item === null)) continue;
            } catch {
              // that is what is looked for
            }
            return { verdict: 'holds', because: `${option} = ${text}`, option };
          }
          return undefined;
        },
      },
    ],
    source: 'Grafana source, list settings',
  },
  {
    id: 'sso-settings-invalid',
    title: 'The settings API refuses the settings',
    products: GRAFANA,
    patterns: [/sso\.invalidOauthConfig/, /sso\.settings/i],
    texts: [{ text: 'sso.invalidOauthConfig', from: 'Grafana 10.4 and later' }],
    causes: [
      {
        cause:
          'the API checks what the file never is checked for: Client Id, valid URLs, pairs of options that need each other',
        check: 'the text behind the code; auth-cli validate checks the same for a file',
      },
    ],
    source: 'Grafana source, SSO settings API',
  },
];
