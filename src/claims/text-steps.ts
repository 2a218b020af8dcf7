/**
 * Where Grafana looks for a person's name, login and e-mail address within one source: fields and a path, in an order of their
 * own. Source: the study of Grafana's resolution, "Field by field", "E-mail".
 */
import { parseMailAddress } from '../text/go-mail.js';
import type { AttributePath } from './attribute-path.js';
import type { UserFields } from './documents.js';
import { show } from './tracer.js';

export type TextField = 'name' | 'login' | 'email';

export type TextStep =
  | { readonly path: AttributePath }
  | {
      readonly path?: undefined;
      /** As the trace calls it. */
      readonly claim: string;
      readonly option?: string;
      read(fields: UserFields): ClaimValue;
    };

export interface ClaimValue {
  readonly value: string;
  /** Nothing after it is tried, even where it is empty. */
  readonly final?: boolean;
  readonly note?: string;
}

const EMPTY: ClaimValue = { value: '' };

function claim(name: 'name' | 'display_name' | 'login' | 'username' | 'email'): TextStep {
  return { claim: name, read: (fields) => (fields[name] === '' ? EMPTY : { value: fields[name] }) };
}

/** `attributes[email_attribute_name][0]`. An empty first entry is taken as it is, and hides what comes after it. */
function attribute(name: string): TextStep {
  return {
    claim: `attributes[${JSON.stringify(name)}]`,
    option: 'email_attribute_name',
    read(fields) {
      const list = fields.attributes?.get(name);
      if (list === undefined || list === null || list.length === 0) return EMPTY;
      if (list[0] !== '') return { value: list[0]!, final: true };
      return {
        value: '',
        final: true,
        note: 'its first entry is empty: that is taken, and what comes after it is not tried',
      };
    },
  };
}

const UPN: TextStep = {
  claim: 'upn',
  read({ upn }) {
    if (upn === '') return EMPTY;
    const parsed = parseMailAddress(upn);
    return parsed.ok
      ? { value: parsed.address }
      : { value: '', note: `${show(upn)} is no e-mail address (${parsed.error})` };
  },
};

export function textSteps(
  paths: Readonly<Record<TextField, AttributePath | undefined>>,
  emailAttributeName: string,
): Readonly<Record<TextField, readonly TextStep[]>> {
  const path = (field: TextField): TextStep[] => (paths[field] === undefined ? [] : [{ path: paths[field] }]);
  return {
    name: [...path('name'), claim('name'), claim('display_name')],
    login: [claim('login'), ...path('login'), claim('username')],
    email: [claim('email'), ...path('email'), attribute(emailAttributeName), UPN],
  };
}
