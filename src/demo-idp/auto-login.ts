/**
 * A person without a browser: follows redirects of the demo provider, answers its sign-in page and reports where the
 * browser would have ended. Talks to loopback addresses only.
 */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { RemoteError } from '../errors.js';
import { isLoopback } from './context.js';

export interface AutoLoginOptions {
  /** PEM, for a provider with its own CA. */
  readonly ca?: string;
  /** Milliseconds for each request. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** Start of the address that ends the sign-in, where it is not the redirect URI of the request. */
  readonly back?: string;
}

interface Page {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const STEPS = 20;

/**
 * Signs in as `user` (undefined: declines) and returns the address the provider sends the browser back to, not fetched.
 * @throws RemoteError where the provider shows an error page, leaves loopback or never comes to an end.
 */
export async function autoLogin(
  authorizationUrl: string,
  user: string | undefined,
  options: AutoLoginOptions = {},
): Promise<string> {
  const home = new URL(authorizationUrl);
  const back = options.back ?? home.searchParams.get('redirect_uri');
  const cookies = new Map<string, { readonly value: string; readonly path: string }>();
  let next: { url: URL; form?: string } = { url: home };

  for (let step = 0; step < STEPS; step++) {
    if (!isLoopback(next.url.href)) {
      throw new RemoteError(`the sign-in leads to ${next.url.origin}, which only a browser may follow`);
    }
    const page = await fetchPage(next.url, next.form, cookieHeader(cookies, next.url), options);
    keepCookies(cookies, page.headers['set-cookie'] ?? []);
    const location = page.headers.location;
    if (location !== undefined && page.status >= 300 && page.status < 400) {
      const target = new URL(location, next.url);
      if (back !== null && target.href.startsWith(back)) return target.href;
      if (options.back === undefined && target.origin !== home.origin) return target.href;
      next = { url: target };
      continue;
    }
    const action = /<form method="post" action="([^"]+)"/.exec(page.body)?.[1];
    if (page.status !== 200 || action === undefined) throw refused(page);
    const answer = new URLSearchParams(user === undefined ? { cancel: 'yes' } : { user });
    next = { url: new URL(action, next.url), form: answer.toString() };
  }
  throw new RemoteError('the sign-in does not come to an end', { because: `${STEPS} redirects and still no way back` });
}

function refused(page: Page): RemoteError {
  const said = [...page.body.matchAll(/<p>(.*?)<\/p>/gs)].map((match) => match[1]!.replace(/<[^>]*>/g, ''));
  const text = said
    .join(': ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .slice(0, 300);
  return new RemoteError(`the provider did not show its sign-in page (HTTP ${page.status})`, {
    because: text || undefined,
  });
}

function keepCookies(cookies: Map<string, { value: string; path: string }>, lines: readonly string[]): void {
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split(/; */);
    const at = pair.indexOf('=');
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
    const name = `${pair.slice(0, at)} ${path}`;
    if (pair.slice(at + 1) === '') cookies.delete(name);
    else cookies.set(name, { value: pair, path });
  }
}

function cookieHeader(cookies: ReadonlyMap<string, { value: string; path: string }>, url: URL): string {
  const fits = (path: string) =>
    url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
  return [...cookies.values()]
    .filter((cookie) => fits(cookie.path))
    .map((cookie) => cookie.value)
    .join('; ');
}

function fetchPage(url: URL, form: string | undefined, cookie: string, options: AutoLoginOptions): Promise<Page> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) =>
      reject(new RemoteError(`cannot reach ${url.origin}${url.pathname}`, { because: cause.message, cause }));
    const request = send(
      url,
      {
        method: form === undefined ? 'GET' : 'POST',
        agent: false,
        ca: options.ca,
        timeout: options.timeout ?? 10_000,
        signal: options.signal,
        headers: {
          accept: 'text/html',
          ...(cookie === '' ? {} : { cookie }),
          ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', fail);
    request.end(form);
  });
}
