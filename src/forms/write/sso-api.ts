/** Body for `PUT /api/v1/sso-settings/<provider>`; of several providers a list of them. Source: forms overview §8. */
import { booleanOf, isBoolean, providersOf } from './database.js';
import type { WriteReport, Writer, WriteSetting } from './types.js';

export const writeSsoApi: Writer = (settings, report) => {
  const bodies = [...providersOf(settings, report)].map(([provider, members]) => ({
    provider,
    settings: Object.fromEntries(members.flatMap((setting) => attribute(setting, report))),
  }));
  if (bodies.length > 1)
    report.note('the API takes one provider a request: send each part of the list to its own address');
  return `${JSON.stringify(bodies.length === 1 ? bodies[0] : bodies, null, 2)}\n`;
};

function attribute(setting: WriteSetting, report: WriteReport): [string, string | boolean][] {
  const { section, key, value } = setting;
  const name = key.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  if (setting.hidden) {
    report.refer(setting, `the member ${name}, in place of the words in angle brackets`);
    return [[name, `<${section.replace(/^auth\./, '')} ${key}>`]];
  }
  if (!isBoolean(setting)) return [[name, value]];
  const typed = booleanOf(setting, report);
  return typed === undefined ? [] : [[name, typed]];
}
