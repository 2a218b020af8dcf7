import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from './helpers/fake-host.js';
import { parseScenario, renderExpected, renderOutcome, runScenario, updateScenario } from './helpers/scenario.js';

const folder = `${ROOT}fixtures/scenarios/`;
const names = readdirSync(folder).filter((name) => name.endsWith('.scenario'));

describe.each(names)('%s', (name) => {
  const text = readFileSync(folder + name, 'utf8');
  const scenario = parseScenario(text);

  it(scenario.title.split('\n')[0]!, async () => {
    const outcome = await runScenario(scenario);
    if (process.env['UPDATE']) {
      const updated = updateScenario(scenario, outcome);
      if (updated !== text) writeFileSync(folder + name, updated);
      return;
    }
    expect(renderOutcome(outcome)).toBe(renderExpected(scenario));
  });
});

describe('the harness', () => {
  const right = `Shows the version.
--- call
auth-cli --version
--- status
0
--- stdout
auth-cli 0.1.0
`;
  const agrees = async (text: string) => {
    const scenario = parseScenario(text);
    return renderOutcome(await runScenario(scenario)) === renderExpected(scenario);
  };

  it('passes what is right', async () => {
    expect(await agrees(right)).toBe(true);
  });

  it.each([
    ['another status', right.replace('status\n0', 'status\n1')],
    ['another text', right.replace('0.1.0', '0.1.1')],
    ['a text that is not expected', right.slice(0, right.indexOf('--- stdout'))],
    ['a missing line break', right.replace('0.1.0\n', '0.1.0\n\\ no line break at the end\n')],
    ['an error that does not come', `${right}--- stderr\nerror: no\n`],
    ['a file that is not written', `${right}--- written report.json\n{}\n`],
  ])('fails %s', async (_what, text) => {
    expect(await agrees(text)).toBe(false);
  });

  it('refuses a text that is no scenario', () => {
    expect(() => parseScenario('Nothing to call.\n--- status\n0\n')).toThrow('needs a part "call"');
    expect(() => parseScenario('A typo.\n--- cal\nauth-cli\n')).toThrow('no part "cal"');
  });
});
