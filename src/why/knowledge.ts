/** All entries, in the order in which they are told where several fit one record. */
import { CONFIGURATION_TROUBLES } from './entries/configuration.js';
import { LOGIN_TROUBLES } from './entries/login.js';
import { PERSON_TROUBLES } from './entries/person.js';
import { PRODUCT_TROUBLES } from './entries/products.js';
import { TOKEN_TROUBLES } from './entries/token.js';
import type { Trouble } from './types.js';

export const TROUBLES: readonly Trouble[] = [
  ...CONFIGURATION_TROUBLES,
  ...PERSON_TROUBLES,
  ...LOGIN_TROUBLES,
  ...TOKEN_TROUBLES,
  ...PRODUCT_TROUBLES,
];
