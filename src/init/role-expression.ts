/**
 * A role table as one JMESPath expression. It gives the role of the first row that fits, and false where none does: false is no
 * role, so Grafana goes on to the next source of claims, and a claim that comes with UserInfo only is not shadowed by the ID token.
 * Values are compared whole, a missing or null claim is no error, and one text counts like a list of one.
 */
import type { RoleRow } from './role-table.js';

export type ClaimShape =
  /** A list of texts, or one text. */
  | 'list'
  /** One text. */
  | 'value'
  /** One text with several values and delimiters in it, or a list. */
  | 'delimited'
  /** An object whose keys are the values. */
  | 'map';

export interface TableClaim {
  /** Names from the outside in: `realm_access`, `roles`. */
  readonly path: readonly string[];
  readonly shape: ClaimShape;
  /** Between the values of a delimited text. */
  readonly delimiter?: string;
}

/**
 * The names of a claim as people write it: `groups`, `realm_access.roles`, `resource_access.my-client.roles`. A name with `:` or
 * `/` in it (`cognito:groups`, `https://acme.org/roles`) is one name, dots and all; so is one in double quotes.
 */
export function claimPath(text: string): readonly string[] {
  const trimmed = text.trim();
  const names: string[] = [];
  let rest = trimmed.replace(/^@\./, '');
  while (rest !== '') {
    const quoted = /^("(?:[^"\\]|\\.)*")(?:\.|$)/.exec(rest);
    if (quoted) {
      names.push(unquote(quoted[1]!));
      rest = rest.slice(quoted[0].length);
      continue;
    }
    if (/[:/]/.test(rest)) return [...names, rest];
    const end = rest.indexOf('.');
    names.push(end === -1 ? rest : rest.slice(0, end));
    rest = end === -1 ? '' : rest.slice(end + 1);
  }
  return names;
}

function unquote(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}

/** The expression of a table; an empty table gives an empty text. */
export function roleExpression(rows: readonly RoleRow[], claim: TableClaim): string {
  return rows.map(({ value, role }) => `${condition(value, claim)} && '${role}'`).join(' || ');
}

/** The values of the claim as a list, for `groups_attribute_path`; undefined where no expression can give them. */
export function groupsExpression(claim: TableClaim): string | undefined {
  switch (claim.shape) {
    case 'list':
    case 'value':
      return `[${pathText(claim.path)}][]`;
    case 'map':
      return `keys(${startOf(claim.path)} || \`{}\`)`;
    case 'delimited':
      return undefined;
  }
}

function condition(value: string, claim: TableClaim): string {
  switch (claim.shape) {
    case 'list':
      return `contains([${pathText(claim.path)}][], ${literal(value)})`;
    case 'value':
      return `${startOf(claim.path)} == ${literal(value)}`;
    case 'delimited': {
      const mark = claim.delimiter ?? ',';
      const between = literal(mark);
      const all = `join(${between}, [${pathText(claim.path)}][])`;
      return `contains(join('', [${between}, ${all}, ${between}]), ${literal(mark + value + mark)})`;
    }
    case 'map':
      return `${startOf(claim.path)}.${name(value)}`;
  }
}

/** An expression must not begin with a double quote: a value that begins and ends with one loses both in an INI file. */
function startOf(path: readonly string[]): string {
  const text = pathText(path);
  return text.startsWith('"') ? `@.${text}` : text;
}

export function pathText(path: readonly string[]): string {
  return path.map(name).join('.');
}

function name(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) ? text : jsonText(text);
}

/**
 * A text as an expression. In plain quotes where both JMESPath libraries read it alike (they differ about two backslashes), else
 * as JSON between backticks.
 */
export function literal(text: string): string {
  const plain = !HAZARDS.test(text) && !/\\(\\|'|$)|`/.test(text);
  return plain ? `'${text.replaceAll("'", "\\'")}'` : `\`${jsonText(text)}\``;
}

/**
 * What something between the configuration and the expression would take for its own: `$` for Grafana, Compose and shells,
 * `%(` for Grafana, braces for chart and Terraform templates, three double quotes and backticks for INI readers, `#` and `;` for
 * those that see a comment.
 */
const HAZARDS = /[$`%{}#;"\x00-\x1f\x7f-\x9f\u2028\u2029]/;

/** JSON in which hazards are written as `\u0024`. */
function jsonText(text: string): string {
  const body = JSON.stringify(text).slice(1, -1);
  return `"${body.replace(/\\"/g, '\\u0022').replace(/[$`%{}#;\x7f-\x9f\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}
