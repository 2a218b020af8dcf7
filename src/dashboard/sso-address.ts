/** The address that carries a token to Dashboard: `/auth/sso?jwt=…&return_to=…`. Source: the JWT study, "Second leg". */

/**
 * Both values are encoded once, as the server decodes them once. `siteUrl` is the address of Dashboard in the browser; a path in
 * it stays, a slash at its end does not count.
 */
export function ssoAddress(siteUrl: string, jwt: string, returnTo?: string): string {
  const address = new URL(`${siteUrl.replace(/\/+$/, '')}/auth/sso`);
  address.searchParams.set('jwt', jwt);
  if (returnTo !== undefined && returnTo !== '') address.searchParams.set('return_to', returnTo);
  return address.href;
}
