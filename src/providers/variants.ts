/** A provider in another version or place: the same details with other addresses. */
import { variablesIn, variablesOf } from './templates.js';
import type { ProviderDetails, ProviderVariable, ProviderVariant, Template } from './types.js';

/** Variants that have addresses of their own; the others are about what the provider sends. */
export function addressVariants({ variants = [] }: ProviderDetails): readonly ProviderVariant[] {
  return variants.filter(({ overrides }) => overrides?.['auth_url'] !== undefined);
}

/** The variant that an issuer is of, where it is not one of the usual form. */
export function variantOfIssuer(details: ProviderDetails, issuer: string): ProviderVariant | undefined {
  const plain = issuer.replace(/\/$/, '');
  const fits = (template: Template | undefined) =>
    template !== undefined && variablesOf(template.replace(/\/$/, ''), plain) !== undefined;
  if (fits(details.issuer.pattern)) return undefined;
  return addressVariants(details).find(({ overrides }) => fits(overrides?.['issuer']));
}

/** The details with the addresses of a variant. The address after logout moves along with the one of the login. */
export function withVariant(details: ProviderDetails, { overrides = {} }: ProviderVariant): ProviderDetails {
  const { issuer, ...addresses } = overrides;
  const usual = details.grafana.settings;
  const signOut = moved(usual['signout_redirect_url'], usual['auth_url'], addresses['auth_url']);
  const settings = { ...usual, ...addresses, ...(signOut === undefined ? {} : { signout_redirect_url: signOut }) };
  const declared = new Set(details.variables.map(({ name }) => name));
  const further: ProviderVariable[] = [...new Set(Object.values(settings).flatMap(variablesIn))]
    .filter((name) => !declared.has(name) && name !== 'grafana_enc')
    .map((name) => ({ name, example: `${name}.example.com`, about: `${name} of the server` }));
  return {
    ...details,
    variables: [...details.variables, ...further],
    issuer: { ...details.issuer, ...(issuer === undefined ? {} : { pattern: issuer }) },
    grafana: { ...details.grafana, settings },
  };
}

/** What `address` becomes where its start is that of `from` and this one becomes `to`. */
function moved(
  address: Template | undefined,
  from: Template | undefined,
  to: Template | undefined,
): Template | undefined {
  if (address === undefined || from === undefined || to === undefined) return address;
  let same = 0;
  while (same < from.length && from[same] === address[same]) same++;
  const start = from.slice(0, same).replace(/[^/]*$/, '');
  const tail = from.slice(start.length);
  if (!to.endsWith(tail)) return address;
  return to.slice(0, to.length - tail.length) + address.slice(start.length);
}
