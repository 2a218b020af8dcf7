/** What a failed login by code says: the step, the server's words, what they usually mean, what to try. */
import { type CliError, EXIT } from '../errors.js';
import type { OAuthClient } from './authorize.js';
import { type Explanation, explainAuthorizationError, explainNetworkError, explainTokenError } from './explain.js';
import { errorCode, type Recorder } from './recorder.js';
import type { LoginFailure, StepName } from './steps.js';
import type { CallbackError, TokenTry } from './token-request.js';

/** A failure that was thrown, as the end of a step. */
export function thrownFailure(step: StepName, error: CliError): LoginFailure {
  return {
    step,
    message: error.message,
    ...(error.because === undefined ? {} : { usually: error.because }),
    ...(error.hint === undefined ? {} : { try: error.hint }),
    remote: error.exitCode === EXIT.remote,
  };
}

export function wrongReturn(url: URL, redirectUri: string, recorder: Recorder): LoginFailure {
  return {
    step: 'authorize',
    message: 'the provider did not send the browser back to the redirect URI',
    server: recorder.secrets.clean(`it ended on ${url.origin}${url.pathname}`),
    usually: 'the redirect URI is not registered, or the provider shows an error page of its own',
    try: `register exactly ${redirectUri}`,
    remote: true,
  };
}

/** An explanation as part of a failure: options are named only where a configuration has them. */
export function explained(
  explanation: Explanation | undefined,
  client: Pick<OAuthClient, 'fromFlags'>,
): Pick<LoginFailure, 'usually' | 'try' | 'lookAt'> {
  if (explanation === undefined) return {};
  if (client.fromFlags) return { usually: explanation.usually, try: explanation.tryFlags ?? explanation.try };
  return { usually: explanation.usually, try: explanation.try, lookAt: explanation.options };
}

/** What Grafana shows or logs; with a client of the tool there is no Grafana. */
const shownBy = (client: OAuthClient, productMessage: string) => (client.fromFlags ? {} : { productMessage });

export function callbackFailure(error: CallbackError, client: OAuthClient, recorder: Recorder): LoginFailure {
  const base = { step: 'callback', message: error.message } as const;
  switch (error.kind) {
    case 'provider-error': {
      const explanation = explainAuthorizationError(error.error ?? '');
      return {
        ...base,
        server: recorder.secrets.clean(
          `error=${error.error}${error.description === undefined ? '' : ` "${error.description}"`}`,
        ),
        ...explained(explanation, client),
        ...shownBy(client, 'Login provider denied login request'),
        remote: true,
      };
    }
    case 'state-missing':
    case 'state-mismatch':
      return {
        ...base,
        usually: 'the answer belongs to another login attempt, or something on the way changed the address',
        try: 'start again and finish in the window that was opened',
        ...shownBy(client, 'Provided state does not match stored state'),
        remote: true,
      };
    case 'code-missing':
      return {
        ...base,
        usually: 'the client is registered for another flow (implicit), or the answer came in the fragment',
        try: 'enable the authorization code flow for this client at the provider',
        remote: true,
      };
    default:
      return { ...base, remote: true };
  }
}

/** Grafana shows the last error only; here the first one counts where AutoDetect's second try spoils it. */
export function tokenFailure(tries: readonly TokenTry[], client: OAuthClient, recorder: Recorder): LoginFailure {
  const last = tries[tries.length - 1]!;
  const first = tries[0]!;
  if (last.error !== undefined) {
    const explanation = explainNetworkError(
      errorCode(last.error),
      client.fromFlags ? 'the token endpoint' : 'token_url',
    );
    return {
      step: 'token',
      message: 'the token endpoint cannot be reached',
      server: recorder.secrets.clean(last.error.message),
      ...explained(explanation, client),
      ...shownBy(client, 'Failed to get token from provider'),
      remote: true,
    };
  }
  const answer = last.answer !== undefined && !last.answer.ok ? last.answer : undefined;
  const firstAnswer = first.answer !== undefined && !first.answer.ok ? first.answer : undefined;
  const spent = tries.length > 1 && answer?.error === 'invalid_grant' && firstAnswer?.error !== 'invalid_grant';
  const explanation = explainTokenError(spent ? firstAnswer?.error : answer?.error, last.status);
  const said = tries
    .map((attempt, index) => {
      if (attempt.answer === undefined || attempt.answer.ok) return '';
      const { error, description, message } = attempt.answer;
      const text =
        error === undefined ? message : `error=${error}${description === undefined ? '' : ` "${description}"`}`;
      return tries.length > 1 ? `try ${index + 1}: ${attempt.status} ${text}` : `${attempt.status} ${text}`;
    })
    .filter((text) => text !== '');
  return {
    step: 'token',
    message: last.status === 200 ? 'the token endpoint gives no token' : 'the token endpoint refuses the code',
    server: recorder.secrets.clean(said.join('; ')),
    ...(spent
      ? {
          usually:
            'AutoDetect tried the header first; the provider refused it and threw the code away, so the second try could only fail. Grafana shows only the second error',
          try: 'set auth_style to InParams or InHeader, whichever this client has at the provider; compare the secret, too',
          lookAt: ['auth_style', 'client_secret'],
        }
      : explained(explanation, client)),
    ...shownBy(client, 'Failed to get token from provider'),
    remote: true,
  };
}
