/** Characters XML 1.0 cannot hold even as references: most control characters, halves of surrogate pairs. */
const IMPOSSIBLE =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text inside XML, in elements and in quoted attributes; line breaks survive in both. What XML cannot hold becomes `�`. */
export function escapeXml(text: string): string {
  return text.replace(IMPOSSIBLE, '\ufffd').replace(/[<>&"'\r\n\t]/g, (char) => `&#${char.codePointAt(0)};`);
}
