/** Who the person is and whether they may come in: role, e-mail, lists, accounts. */
import { EXPRESSIONS, expressionHas, isOff, isSet, lacksScope, serverFlag, unset } from '../decide.js';
import { GENERIC, GRAFANA, type Trouble, type WhyConfig } from '../types.js';

const EVAL = 'auth-cli eval-role PAYLOAD --config grafana.ini tells who gets what, step by step';

/** Says nothing where the list is set: whether the person is in it, only a payload tells. */
const listOnly = (option: string) => (config: WhyConfig) =>
  config.text(option) === '' ? ({ verdict: 'unlikely', because: `${option} is not set` } as const) : undefined;

/** A list written with blanks, read as several entries. */
const blanksInList = (option: string) => (config: WhyConfig) => {
  const text = config.text(option);
  if (text === '') return { verdict: 'unlikely', because: `${option} is not set` } as const;
  if (/^\[[^"\]]*\]$/.test(text))
    return {
      verdict: 'holds',
      because: `${option} is ${text}: no JSON, brackets become part of the entries or empty the list`,
      option,
    } as const;
  return !text.startsWith('[') && !text.includes('"') && /\S\s+\S/.test(text.replace(/\s*,\s*/g, ','))
    ? ({ verdict: 'holds', because: `${option} has blanks: ${text}`, option } as const)
    : ({ verdict: 'unlikely', because: `${option} has no blanks within entries`, option } as const);
};

export const PERSON_TROUBLES: readonly Trouble[] = [
  {
    id: 'no-valid-role',
    title: 'Nothing gave the person a valid role',
    products: GRAFANA,
    denials: ['role_attribute_strict'],
    patterns: [
      /Integration requires a valid org role assigned in idP/i,
      /no valid role found/i,
      /role_attribute_strict_violation/,
      /could not evaluate any valid roles/i,
      /idp did not return a (?:valid )?role attribute/i,
      /role_attribute_path misconfigured/i,
    ],
    texts: [
      { text: 'Integration requires a valid org role assigned in idP. Assigned role: " "', from: 'Grafana 9' },
      {
        text: 'No valid role found. Skipping role sync. In Grafana 10, this will result in the user being assigned the default role and overriding manual assignment.',
        from: 'Grafana 9.3 to 10.0',
      },
      {
        text: '[oauth.role_attribute_strict_violation] could not evaluate any valid roles using IdP provided data',
        from: 'Grafana 10.1 and later',
      },
      {
        text: 'IdP did not return a role attribute, please contact your administrator',
        from: 'Grafana 10.1 and later',
      },
      {
        text: 'Instance role_attribute_path misconfigured, please contact your administrator',
        from: 'Grafana 10.1 and later',
      },
    ],
    causes: [
      {
        cause:
          'the claim that role_attribute_path looks at is not in the ID token and not in UserInfo; in the access token alone Grafana up to 12.0 does not see it',
        check: `${EVAL}; auth-cli test-login shows which claim is where`,
        options: ['role_attribute_path'],
      },
      {
        cause: 'role_attribute_path is not set',
        check: 'set it, or switch role_attribute_strict off',
        options: ['role_attribute_path'],
        decide: unset('role_attribute_path'),
      },
      {
        cause: 'the expression gives something that is no role: a group name, a list, a text in other letters',
        check: EVAL,
        options: ['role_attribute_path'],
      },
      {
        cause: 'the expression does not parse or fails: Grafana says nothing about that',
        check: 'auth-cli validate; auth-cli eval EXPRESSION PAYLOAD',
        options: ['role_attribute_path'],
      },
    ],
    source: 'Grafana source; grafana/grafana#68827, #22631, #33735',
  },
  {
    id: 'contains-on-nothing',
    title: 'contains() was given a claim that is not there',
    products: GENERIC,
    patterns: [/Invalid type for: <nil>, expected: \[\]jmespath\.jpType/i, /invalid type for.{0,40}<nil>/i],
    texts: [
      {
        text: `Failed to extract role: failed to search user info JSON response with provided path: "contains(realm_access.roles[*], 'x') && 'Admin'": Invalid type for: <nil>, expected: []jmespath.jpType{"array", "string"}`,
        from: 'Grafana 9',
      },
    ],
    causes: [
      {
        cause:
          'the claim is missing for this person or in this source, and contains() of nothing is an error that ends the whole expression',
        check:
          "write contains([claim][], 'x'), which is false where the claim is missing; auth-cli eval shows the part that is null",
        options: ['role_attribute_path', 'groups_attribute_path'],
        decide: expressionHas(/contains\(/, 'uses contains()', ...EXPRESSIONS),
      },
    ],
    source: 'go-jmespath 0.4.0; grafana/grafana#25037, #33735',
  },
  {
    id: 'expression-colon',
    title: 'A claim name with a colon stands without quotes',
    products: GENERIC,
    patterns: [/SyntaxError: Invalid token: (?:tColon|TOKColon)/i],
    texts: [{ text: 'SyntaxError: Invalid token: tColon', from: 'go-jmespath 0.4.0' }],
    causes: [
      {
        cause:
          'names such as cognito:groups need double quotes, and an INI file takes one pair of quotes around the whole value away',
        check: `write "cognito:groups"[*], and look at it with auth-cli show`,
        options: ['groups_attribute_path', 'role_attribute_path'],
        decide: expressionHas(/(?<!["'\w])\w+:\w/, 'has a colon outside quotes', ...EXPRESSIONS),
      },
    ],
    source: 'go-jmespath 0.4.0; grafana/grafana#22986',
  },
  {
    id: 'expression-hyphen',
    title: 'A claim name with a hyphen stands without quotes',
    products: GENERIC,
    patterns: [/SyntaxError: Invalid token: (?:tNumber|TOKNumber)/i],
    texts: [{ text: 'SyntaxError: Invalid token: tNumber', from: 'go-jmespath 0.4.0' }],
    causes: [
      {
        cause: 'names such as my-client need double quotes: resource_access."my-client".roles',
        check: 'auth-cli eval EXPRESSION marks the place',
        options: ['role_attribute_path'],
        decide: expressionHas(/\w-\w/, 'has a hyphen', ...EXPRESSIONS),
      },
    ],
    source: 'go-jmespath 0.4.0; grafana/grafana#22631',
  },
  {
    id: 'expression-literal',
    title: 'A text stands in backticks or doubled quotes',
    products: GENERIC,
    patterns: [/invalid character '(?<sign>[^'<])' looking for beginning of value/i, /incorrect number of args/i],
    texts: [
      { text: "SyntaxError: invalid character 'a' looking for beginning of value", from: 'go-jmespath 0.4.0' },
      { text: 'incorrect number of args', from: 'go-jmespath 0.4.0' },
    ],
    causes: [
      {
        cause: "backticks hold JSON: a text stands in single quotes, 'admin'",
        check: 'auth-cli eval EXPRESSION marks the place',
        options: ['role_attribute_path'],
        decide: expressionHas(/`\s*[A-Za-z]/, 'has a bare word in backticks', ...EXPRESSIONS),
      },
      {
        cause:
          "quotes were doubled on the way through YAML or a shell: ''admin'' is two empty texts with a name between them",
        check: 'auth-cli show tells what arrives',
        options: ['role_attribute_path'],
        decide: expressionHas(/''/, 'has doubled quotes', ...EXPRESSIONS),
      },
      {
        cause: 'outside an expression: an answer of the provider that is no JSON',
        check: 'auth-cli test-login',
        options: ['token_url', 'api_url'],
      },
    ],
    source: 'go-jmespath 0.4.0; grafana/grafana#20383',
  },
  {
    id: 'expression-syntax',
    title: 'An expression does not parse',
    products: GENERIC,
    umbrella: true,
    patterns: [
      /failed to search user info JSON response with provided path/i,
      /\bSyntaxError: (?:Expected|Invalid token|Incomplete|Unknown char|Unclosed|Unexpected)/i,
    ],
    texts: [
      { text: `SyntaxError: Unknown char: '/'`, from: 'go-jmespath 0.4.0' },
      {
        text: '[json-failed-to-search] failed to search user info JSON response with provided path: "groups[": SyntaxError: Expected tStar, received: tEOF',
        from: 'Grafana 11 and later',
      },
    ],
    causes: [
      {
        cause:
          'brackets or quotes are not closed, a name with : / - or . in it stands without double quotes, or a word stands for an operator',
        check: 'auth-cli eval EXPRESSION marks the place and says what was probably meant',
        options: ['role_attribute_path', 'groups_attribute_path', 'org_attribute_path'],
      },
      {
        cause: 'the user interface or a URL encoded the expression: %27 for a quote',
        check: 'write it anew',
        options: ['role_attribute_path'],
        decide: expressionHas(/%2[0-9a-f]/i, 'has percent signs', ...EXPRESSIONS),
      },
    ],
    source: 'go-jmespath 0.4.0; grafana/grafana#26469, #89128',
  },
  {
    id: 'expression-mangled',
    title: 'The expression was encoded on its way',
    products: GENERIC,
    patterns: [/%27[^\s]{0,80}%27.{0,20}(?:&&|\|\|)/i, /contains\([^\n]*%27/i],
    texts: [{ text: "contains(groups[*],%27example@corp%27),&&,'Admin'", from: 'the user interface of Grafana' }],
    causes: [
      {
        cause: 'the settings page of the user interface stored it encoded',
        check:
          'write the expression anew there, or set it by file; GET /api/v1/sso-settings/generic_oauth shows what is stored',
        options: ['role_attribute_path'],
      },
    ],
    source: 'grafana/grafana#89128',
  },
  {
    id: 'not-in-groups',
    title: 'The person is in none of the required groups',
    products: GRAFANA,
    denials: ['allowed_groups'],
    patterns: [/user (?:is )?not a member of one of the required groups/i],
    texts: [{ text: 'user not a member of one of the required groups', from: 'Grafana' }],
    causes: [
      {
        cause: 'groups_attribute_path is not set: then nobody is in any group',
        check: 'set groups_attribute_path',
        options: ['groups_attribute_path'],
        decide: unset('groups_attribute_path'),
      },
      {
        cause:
          'the claim with the groups is missing: a scope, a mapper at the provider, or too many groups (Entra ID sends _claim_names instead above 200)',
        check: EVAL,
        options: ['groups_attribute_path', 'scopes'],
      },
      {
        cause: 'the names differ: ids instead of names, a slash in front (Keycloak), upper and lower case',
        check: EVAL,
        options: ['allowed_groups'],
      },
      {
        cause: 'the list is read otherwise than it was meant: blanks separate, brackets of a YAML list are no JSON',
        check: 'auth-cli show',
        options: ['allowed_groups'],
        decide: blanksInList('allowed_groups'),
      },
      {
        cause: 'the person really is in none of them',
        check: EVAL,
        options: ['allowed_groups'],
        decide: listOnly('allowed_groups'),
      },
    ],
    source: 'Grafana source; grafana/grafana#36215, #71756',
  },
  {
    id: 'not-in-teams',
    title: 'The person is in none of the required teams',
    products: GRAFANA,
    denials: ['team_ids'],
    patterns: [/user (?:is )?not a member of one of the required teams/i],
    texts: [{ text: 'user not a member of one of the required teams', from: 'Grafana' }],
    causes: [
      {
        cause: 'team_ids_attribute_path or teams_url is missing: both are needed',
        check: 'auth-cli validate',
        options: ['team_ids', 'teams_url', 'team_ids_attribute_path'],
        decide: (config) => {
          if (config.text('team_ids') === '') return { verdict: 'unlikely', because: 'team_ids is not set' };
          const missing = ['teams_url', 'team_ids_attribute_path'].filter((option) => config.text(option) === '');
          return missing.length > 0
            ? { verdict: 'holds', because: `${missing.join(' and ')} is not set`, option: 'team_ids' }
            : { verdict: 'unlikely', because: 'both are set' };
        },
      },
      {
        cause: 'the path gives numbers: ids are compared as texts',
        check: 'write to_string(…) in team_ids_attribute_path',
        options: ['team_ids_attribute_path'],
      },
      {
        cause: 'the request to teams_url (or api_url + "/teams") fails, which counts as "not a member"',
        check: 'auth-cli test-login shows every request',
        options: ['teams_url', 'scopes'],
      },
      {
        cause: 'the person really is in none of them',
        check: EVAL,
        options: ['team_ids'],
        decide: listOnly('team_ids'),
      },
    ],
    source: 'Grafana source; grafana/grafana#12498, #10964',
  },
  {
    id: 'not-in-organizations',
    title: 'The person is in none of the required organizations',
    products: GRAFANA,
    denials: ['allowed_organizations'],
    patterns: [/user (?:is )?not a member of one of the required organizations/i, /auth\.missing_organization/],
    texts: [
      { text: 'user not a member of one of the required organizations', from: 'Grafana' },
      {
        text: 'User is not a member of one of the required organizations. Please contact identity provider administrator.',
        from: 'Grafana 10.1 and later',
      },
    ],
    causes: [
      {
        cause:
          'the organization is compared with its short name (slug), upper and lower case count: its display name does not match',
        check: EVAL,
        options: ['allowed_organizations'],
        decide: blanksInList('allowed_organizations'),
      },
      {
        cause: 'for [auth.generic_oauth] Grafana asks api_url + "/orgs", which most providers do not have',
        check: 'use allowed_groups instead',
        options: ['allowed_organizations'],
        decide: (config) =>
          config.section === 'auth.generic_oauth'
            ? { verdict: 'holds', because: `api_url/orgs is ${config.text('api_url')}/orgs`, option: 'api_url' }
            : { verdict: 'unlikely', because: 'grafana.com lists them' },
      },
      {
        cause: 'the person really is in none of them',
        check: EVAL,
        options: ['allowed_organizations'],
        decide: listOnly('allowed_organizations'),
      },
    ],
    source: 'Grafana source; grafana/grafana#2451, #104982',
  },
  {
    id: 'domain-not-allowed',
    title: 'The domain of the e-mail address is not allowed',
    products: GENERIC,
    denials: ['allowed_domains'],
    patterns: [/required email domain not fulfilled/i, /auth\.oauth\.email\.not-allowed/],
    texts: [{ text: 'required email domain not fulfilled', from: 'Grafana' }],
    causes: [
      {
        cause: 'entries are written with @ or *: neither ever matches',
        check: 'write allowed_domains = example.com',
        options: ['allowed_domains'],
        decide: (config) =>
          /[@*]/.test(config.text('allowed_domains'))
            ? {
                verdict: 'holds',
                because: `allowed_domains = ${config.text('allowed_domains')}`,
                option: 'allowed_domains',
              }
            : { verdict: 'unlikely', because: 'no entry has @ or *', option: 'allowed_domains' },
      },
      {
        cause: 'the address is of a subdomain: example.com does not include mail.example.com',
        check: 'name each domain',
        options: ['allowed_domains'],
      },
      {
        cause: 'Grafana took another address than expected, such as the upn',
        check: EVAL,
        options: ['email_attribute_path', 'email_attribute_name'],
      },
    ],
    source: 'Grafana source; grafana/grafana#49252',
  },
  {
    id: 'no-email',
    yieldsTo: ['empty-address', 'unknown-host', 'connection-refused', 'certificate', 'timeout'],
    title: 'Grafana found no e-mail address',
    products: GRAFANA,
    denials: ['email', 'emails'],
    patterns: [
      /login provider didn't return an email address/i,
      /provider didn't return an email address/i,
      /auth\.oauth\.email\.missing/,
      /error getting email address/i,
      /error decoding email addresses/i,
    ],
    texts: [
      { text: "Login provider didn't return an email address", from: 'Grafana 9' },
      { text: "Provider didn't return an email address", from: 'Grafana 10.1 and later' },
      { text: 'Error getting email address: unsuccessful response status code 404', from: 'Grafana' },
    ],
    causes: [
      {
        cause: 'the scope email was not asked for',
        check: 'set scopes = openid profile email',
        options: ['scopes'],
        decide: lacksScope('email'),
      },
      {
        cause: 'UserInfo failed (only the debug log says so), and the ID token has no e-mail address',
        check: 'auth-cli test-login shows UserInfo',
        options: ['api_url'],
      },
      {
        cause: 'the address stands in a claim of another name',
        check: 'set email_attribute_path; auth-cli eval-role shows the places tried',
        options: ['email_attribute_path'],
        decide: unset('email_attribute_path'),
      },
      {
        cause:
          'the account at the provider has no e-mail address; Grafana then asks api_url + "/emails", and that error is what is shown',
        check: 'the account at the provider',
      },
    ],
    source: 'Grafana source; grafana/grafana#68678, #16339; goauthentik/authentik#13032',
  },
  {
    id: 'sign-up-disabled',
    title: 'Grafana does not know the person and may not create them',
    products: GRAFANA,
    patterns: [/system administrator has disabled signup/i, /user\.sync\.signup-disabled/, /sign ?up is disabled/i],
    texts: [
      { text: 'system administrator has disabled signup', from: 'Grafana 9' },
      { text: 'Sign up is disabled', from: 'Grafana 10.1 and later' },
    ],
    causes: [
      {
        cause: 'allow_sign_up is off for this provider, and the person has no account',
        check: 'set allow_sign_up = true in the section of the provider, or create the account',
        options: ['allow_sign_up'],
        decide: isOff('allow_sign_up'),
      },
      {
        cause:
          'the person has an account, but Grafana identifies people by the provider’s sub, not by e-mail address (since 10)',
        check: '[auth] oauth_allow_insecure_email_lookup',
        options: ['auth.oauth_allow_insecure_email_lookup'],
        decide: serverFlag('auth', 'oauth_allow_insecure_email_lookup', false),
      },
    ],
    source: 'Grafana source; grafana/grafana#18192',
  },
  {
    id: 'user-sync',
    title: 'Grafana could not match the person with an account',
    products: GRAFANA,
    patterns: [/user\.sync\.(?:internal|error)/, /user sync failed/i, /user already exists/i],
    texts: [
      { text: '[user.sync.internal]', from: 'Grafana 10 and later' },
      { text: 'user already exists', from: 'Grafana' },
    ],
    causes: [
      {
        cause:
          'an account with this login or e-mail address exists already, made by another provider, an invitation or an earlier version: since 10 people are identified by sub',
        check: '[auth] oauth_allow_insecure_email_lookup = true for as long as it takes to link the accounts',
        options: ['auth.oauth_allow_insecure_email_lookup'],
        decide: serverFlag('auth', 'oauth_allow_insecure_email_lookup', false),
      },
      {
        cause: 'oauth_allow_insecure_email_lookup stands in the section of the provider, where it does nothing',
        check: 'move it to [auth]',
        options: ['oauth_allow_insecure_email_lookup'],
        decide: (config) =>
          config.place('oauth_allow_insecure_email_lookup') === undefined
            ? undefined
            : {
                verdict: 'holds',
                because: 'it stands in the section of the provider',
                option: 'oauth_allow_insecure_email_lookup',
              },
      },
      {
        cause: 'the provider sends no sub: the first login works, every later one fails this way',
        check: 'auth-cli eval-role shows the identity',
        options: ['auth.oauth_allow_insecure_email_lookup'],
      },
    ],
    source: 'grafana/grafana#70203, #73214, #74154; AMRC-FactoryPlus/amrc-connectivity-stack#677',
  },
  {
    id: 'same-identity',
    title: 'Several people have the same identity or login',
    products: GRAFANA,
    patterns: [
      /UNIQUE constraint failed: user\.(?:login|email)/i,
      /duplicate key value violates unique constraint "UQE_user_(?:login|email)"/i,
    ],
    texts: [{ text: 'UNIQUE constraint failed: user.login', from: 'SQLite' }],
    causes: [
      {
        cause: 'the provider sends the same sub for everybody, or the same login',
        check: 'auth-cli eval-role with two people: compare id and login',
        options: ['login_attribute_path'],
      },
      {
        cause: 'an account with this login exists from before',
        check: '[auth] oauth_allow_insecure_email_lookup',
        options: ['auth.oauth_allow_insecure_email_lookup'],
      },
    ],
    source: 'grafana/grafana#74154, #85232',
  },
  {
    id: 'organization-missing',
    title: 'The organization the person belongs to does not exist',
    products: GRAFANA,
    patterns: [/user does not belong to org/i],
    texts: [{ text: 'user does not belong to org', from: 'Grafana' }],
    causes: [
      {
        cause: 'organization 1 was deleted, and auto_assign_org_id still names it',
        check: '[users] auto_assign_org_id',
        options: ['users.auto_assign_org_id'],
      },
      {
        cause: 'auto_assign_org is off, so new people get an organization of their own',
        check: '[users] auto_assign_org',
        options: ['users.auto_assign_org'],
        decide: serverFlag('users', 'auto_assign_org', false),
      },
    ],
    source: 'authentik manual; grafana/grafana#22188',
  },
  {
    id: 'account-refused',
    title: 'The account exists and may not be used',
    products: GRAFANA,
    patterns: [
      /users quota reached/i,
      /user sync forbidden/i,
      /protected role/i,
      /(?:user is disabled|account is disabled)/i,
    ],
    texts: [
      { text: 'users quota reached', from: 'Grafana' },
      { text: 'Unable to sync due to protected role', from: 'Grafana' },
    ],
    causes: [
      {
        cause: 'the quota of users is reached, or the account is disabled',
        check: 'the list of users in Grafana; section [quota]',
      },
      { cause: 'the account has a role that a login may not change', check: 'the roles of the account in Grafana' },
    ],
    source: 'Grafana source, user synchronization',
  },
  {
    id: 'entra-groups-overage',
    title: 'Entra ID sends a reference instead of the groups',
    products: GENERIC,
    patterns: [/"?_claim_names"?/, /"?hasgroups"?\s*[:=]\s*"?true/i],
    texts: [
      {
        text: '{"_claim_names":{"groups":"src1"},"_claim_sources":{"src1":{"endpoint":"https://graph.windows.net/…"}}}',
        from: 'Entra ID',
      },
    ],
    causes: [
      {
        cause: 'the person is in more than 200 groups, so the token holds none of them',
        check: 'send only the groups assigned to the application, or use app roles',
        options: ['groups_attribute_path', 'role_attribute_path'],
      },
    ],
    source: 'Microsoft documentation of group overage; grafana/grafana#36215',
  },
  {
    id: 'id-token-not-text',
    title: 'The token answer holds something else than a text as ID token',
    products: GENERIC,
    denials: ['id_token_attribute_name'],
    patterns: [/interface conversion: interface \{\} is (?<type>[\w.{}[\] ]+), not string/i],
    texts: [{ text: 'interface conversion: interface {} is float64, not string', from: 'Grafana up to 10.0' }],
    causes: [
      {
        cause: 'id_token_attribute_name names a member of the answer that is no text',
        check: 'leave it at id_token',
        options: ['id_token_attribute_name'],
        decide: isSet('id_token_attribute_name'),
      },
    ],
    source: 'Grafana source, generic OAuth connector',
  },
];
