/** Texts with the names of variables in braces: filled in, and read back out of an address. */
import type { Template } from './types.js';

/** Variables that are characters, and not names of something: `{x}` of a regular expression or JMESPath is none. */
const NAME = /\{([a-z_]+)\}/g;

/** Names of the variables in a template, in order. */
export function variablesIn(template: Template): string[] {
  return [...new Set(Array.from(template.matchAll(NAME), (match) => match[1]!))];
}

/** The template with what is known filled in; a variable that is not known stays as it is. */
export function fill(template: Template, values: Readonly<Record<string, string>>): string {
  return template.replace(NAME, (whole, name: string) => values[name] ?? whole);
}

/**
 * The variables of an address that has the form of the template; undefined where it has another. A query is left out of account,
 * as providers take further parameters. Slashes belong to no variable, except to one that stands for the start of the address.
 */
export function variablesOf(template: Template, address: string): Record<string, string> | undefined {
  const known = new Set<string>();
  const pattern = withoutQuery(template).replace(
    /\{([a-z_]+)\}|[.*+?^${}()|[\]\\]/g,
    (text: string, name: string | undefined) => {
      if (name === undefined) return `\\${text}`;
      if (known.has(name)) return `\\k<${name}>`;
      known.add(name);
      return template.startsWith(text) ? `(?<${name}>.+?)` : `(?<${name}>[^/?#]+?)`;
    },
  );
  const match = new RegExp(`^${pattern}$`).exec(withoutQuery(address));
  return match ? { ...match.groups } : undefined;
}

function withoutQuery(text: string): string {
  const end = text.search(/[?#]/);
  return end === -1 ? text : text.slice(0, end);
}
