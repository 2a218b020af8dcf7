/** `services.grafana.settings` of NixOS; texts reach the INI as they are, so they are quoted for it first. Source: forms overview §10. */
import { iniSections } from './ini.js';
import type { Writer } from './types.js';
import { indented } from './yaml-text.js';

export const writeNix: Writer = (settings, report) => {
  const sections = iniSections(settings, report, { lines: false, form: 'a line of the module' });
  const body = sections.flatMap(({ section, entries }) => {
    const lines = entries.flatMap(({ key, value }) => {
      if (/^[\w.-]+$/.test(key))
        return [`${attribute(key)} = ${/^(?:true|false)$/.test(value) ? value : nixText(value)};`];
      report.leave({ section, key, reason: '' }, 'the module cannot write such a key');
      return [];
    });
    return [`${attribute(section)} = {`, ...indented(lines, 2), '};'];
  });
  return `${[
    ...report.comments.map((line) => `# ${line}`),
    '{',
    '  services.grafana.settings = {',
    ...indented(body, 4),
    '  };',
    '}',
  ].join('\n')}\n`;
};

/** Attribute names of Nix end at a dot; its own words are none. */
function attribute(name: string): string {
  const word = /^[A-Za-z_][\w'-]*$/.test(name) && !/^(?:assert|else|if|in|inherit|let|or|rec|then|with)$/.test(name);
  return word ? name : nixText(name);
}

function nixText(value: string): string {
  const escaped = value
    .replace(/[\\"]/g, '\\$&')
    .replace(/\$(?=\{)/g, '\\$')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r');
  return `"${escaped}"`;
}
