/**
 * Writing a value so that Grafana reads it back unchanged.
 */

/** Triple quotes or backticks around a value; undefined where neither can hold it (write it to a file instead). */
export function protect(value: string): string | undefined {
  if (!value.includes('"""') && !value.endsWith('"')) return `"""${value}"""`;
  if (!value.includes('`')) return `\`${value}\``;
  return undefined;
}
