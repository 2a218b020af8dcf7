/** The demo provider as the products use it: one person, one sign-in, the configuration that fits. */
import type { DemoIdp } from '../demo-idp/index.js';
import { UsageError } from '../errors.js';
import type { LoginFlags } from '../login/report.js';
import type { ProductDemo, ProductDemoOptions } from './product.js';

export interface DemoText {
  readonly path: string;
  readonly text: string;
  readonly flags?: Partial<LoginFlags>;
}

/** @throws UsageError for a provider or person it does not know. */
export async function demoWithProvider(
  options: ProductDemoOptions,
  standard: string,
  configure: (idp: DemoIdp, rootUrl: string) => DemoText,
): Promise<ProductDemo> {
  const { autoLogin, startDemoIdp } = await import('../demo-idp/index.js');
  const user = options.user ?? standard;
  const idp = await startDemoIdp({
    ...(options.as === undefined ? {} : { as: options.as }),
    ...(options.user === undefined || options.auto ? {} : { user: options.user }),
    ...options.serve,
    now: options.now,
  });
  if (!idp.users.some((known) => known.id === user)) {
    await idp.close();
    throw unknownPerson(user, idp.users);
  }
  const standIn = `http://127.0.0.1:${options.port ?? 0}/`;
  const rootUrl = options.serve === undefined ? standIn : (options.serve.productUrl ?? 'http://localhost:3000/');
  const { path, text, flags } = configure(idp, rootUrl);
  return {
    files: [{ path, text }],
    note: `demo provider: ${idp.issuer} (${idp.preset.id})`,
    users: idp.users,
    ...(flags === undefined ? {} : { flags }),
    signIn: (url) => autoLogin(url, user, { signal: options.signal }),
    close: () => idp.close(),
  };
}

export function unknownPerson(user: string, users: readonly { readonly id: string }[]): UsageError {
  return new UsageError(`the demo provider has no user "${user}"`, {
    because: `it has ${users.map((known) => known.id).join(', ')}`,
  });
}
