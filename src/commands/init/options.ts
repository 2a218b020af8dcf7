/** Options of `init`, as commander gives them. */
import { WRITE_TARGETS } from '../../forms/write/types.js';
import type { GlobalOptions } from '../flags.js';

/** Forms a configuration can be written in; `env` is another name of the first of variables, `config-yml` is Dashboard's. */
export const INIT_FORMS = [...Object.keys(WRITE_TARGETS), 'env', 'config-yml'] as const;

export interface InitOptions extends GlobalOptions {
  readonly preset?: string;
  readonly list?: boolean;
  readonly issuer?: string;
  /** False with `--no-discovery`. */
  readonly discovery: boolean;
  readonly set?: readonly string[];
  readonly clientId?: string;
  readonly rootUrl?: string;
  readonly role?: readonly string[];
  readonly defaultRole?: string;
  readonly strict?: boolean;
  readonly keepRoles?: boolean;
  readonly claim?: string;
  readonly groupsDelimiter?: string;
  readonly allowedDomain?: readonly string[];
  readonly allowedGroup?: readonly string[];
  readonly team?: readonly string[];
  readonly anyone?: boolean;
  readonly service?: string;
  readonly name?: string;
  readonly org?: readonly string[];
  readonly audience?: string;
  readonly policyRegex?: string;
  readonly secretFile?: string;
  readonly idpUri?: string;
  readonly issuerUri?: string;
  readonly siteUrl?: string;
  readonly group?: readonly string[];
  readonly emailAttribute?: string;
  readonly firstNameAttribute?: string;
  readonly lastNameAttribute?: string;
  readonly buttonName?: string;
  readonly ca?: string;
  readonly timeout?: number;
  readonly resolve?: readonly string[];
  readonly force?: boolean;
  /** False with `--no-input`. */
  readonly input: boolean;
}
