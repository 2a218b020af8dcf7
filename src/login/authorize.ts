/**
 * The authorization request exactly as Grafana sends it (golang.org/x/oauth2 `AuthCodeURL`, Go's `url.Values.Encode`): the
 * product's own parameters, sorted, and nothing more. No nonce: a provider that demands one refuses Grafana, and that must show.
 */

const encoder = new TextEncoder();

/** Go's `url.QueryEscape`: letters, digits and `-_.~` stay, a blank becomes `+`, every other byte of the UTF-8 text `%XX`. */
export function goQueryEscape(text: string): string {
  if (/^[A-Za-z0-9_.~-]*$/.test(text)) return text;
  let result = '';
  for (const byte of encoder.encode(text)) {
    const char = String.fromCharCode(byte);
    if (/[A-Za-z0-9_.~-]/.test(char)) result += char;
    else if (char === ' ') result += '+';
    else result += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return result;
}

/** Go's `url.Values.Encode`: sorted by name (bytewise; parameter names here are ASCII). */
export function goFormEncode(values: Readonly<Record<string, string>>): string {
  return Object.keys(values)
    .sort()
    .map((name) => `${goQueryEscape(name)}=${goQueryEscape(values[name]!)}`)
    .join('&');
}

export type AuthStyle = 'AutoDetect' | 'InHeader' | 'InParams';

/** TLS material as PEM texts, read from the files the configuration names. */
export interface ClientTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly skipVerify?: boolean;
}

/** One OAuth client as the product would use it, after all reading. */
export interface OAuthClient {
  /** The client was given on the command line: the product has none of its own, so there is no option to look at. */
  readonly fromFlags?: true;
  /** Configuration section, `auth.generic_oauth`. */
  readonly section: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly authUrl: string;
  readonly tokenUrl: string;
  readonly scopes: readonly string[];
  readonly usePkce: boolean;
  readonly authStyle: AuthStyle;
  /** Exactly the text that is sent. */
  readonly redirectUri: string;
  /** Further parameters this version sends: `hd`, `prompt`, `access_type`. */
  readonly extra: Readonly<Record<string, string>>;
  readonly idTokenAttributeName: string;
  readonly tls: ClientTls;
}

export interface AuthorizationRequest {
  readonly url: string;
  /** In the order they are sent. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly state: string;
  readonly codeVerifier?: string;
  /** Sent in `--strict` only. */
  readonly nonce?: string;
}

export interface AuthorizationSecrets {
  readonly state: string;
  readonly codeVerifier?: string;
  readonly codeChallenge?: string;
  readonly nonce?: string;
}

/** The URL the browser is sent to. `authUrl` may already have a query; a fragment in it swallows the parameters, as in Grafana. */
export function authorizationRequest(client: OAuthClient, secrets: AuthorizationSecrets): AuthorizationRequest {
  const parameters: Record<string, string> = {
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    state: secrets.state,
    ...client.extra,
  };
  if (client.scopes.length > 0) parameters['scope'] = client.scopes.join(' ');
  if (secrets.codeChallenge !== undefined) {
    parameters['code_challenge'] = secrets.codeChallenge;
    parameters['code_challenge_method'] = 'S256';
  }
  if (secrets.nonce !== undefined) parameters['nonce'] = secrets.nonce;
  const sorted = Object.fromEntries(
    Object.keys(parameters)
      .sort()
      .map((name) => [name, parameters[name]!]),
  );
  return {
    url: client.authUrl + (client.authUrl.includes('?') ? '&' : '?') + goFormEncode(sorted),
    parameters: sorted,
    state: secrets.state,
    ...(secrets.codeVerifier === undefined ? {} : { codeVerifier: secrets.codeVerifier }),
    ...(secrets.nonce === undefined ? {} : { nonce: secrets.nonce }),
  };
}

/** Grafana's callback address: `root_url` without one trailing slash, then `/login/` and the provider's name. */
export function redirectUri(rootUrl: string, provider: string): string {
  return `${rootUrl.replace(/\/$/, '')}/login/${provider}`;
}

/** base64url without padding. */
export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
