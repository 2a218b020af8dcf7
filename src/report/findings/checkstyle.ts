/** The XML of Checkstyle, which many code review and build servers read. */
import { escapeXml } from '../../text/xml.js';
import type { CheckedFile, FindingsFormat } from './format.js';
import { asText, type PlacedFinding, placed, rangeOf, slashed } from './place.js';

export const checkstyle: FindingsFormat = ({ windows }) => ({
  begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n',
  files(checked) {
    const byPath = new Map<string, string>(checked.files.map(({ path }: CheckedFile) => [path, '']));
    for (const one of placed(checked)) {
      const path = one.path ?? one.finding.source ?? '<environment>';
      byPath.set(path, (byPath.get(path) ?? '') + element(one));
    }
    return [...byPath]
      .map(([path, errors]) => `<file name="${escapeXml(slashed(path, windows))}">\n${errors}</file>\n`)
      .join('');
  },
  end: () => '</checkstyle>\n',
});

function element(one: PlacedFinding): string {
  const { finding } = one;
  const { line, column } = rangeOf(one).start;
  return `  <error line="${line}" column="${column}" severity="${finding.severity}" message="${escapeXml(asText(finding))}" source="auth-cli.${escapeXml(finding.rule)}"/>\n`;
}
