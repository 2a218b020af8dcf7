/** No secret that stands in a fixture may stand in what a command says. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../src/main.js';
import { isSecretName } from '../src/text/redact.js';
import { createFakeHost, ROOT } from './helpers/fake-host.js';
import { parseScenario, runScenario } from './helpers/scenario.js';

const FIXTURES = join(ROOT, 'fixtures');

function list(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? list(path) : [path];
  });
}

/** Values of secret options in configuration files and scenarios, long enough not to be there by chance. */
function secretsIn(text: string): string[] {
  return [...text.matchAll(/^[ \t]*(?:-[ \t]+)?([\w.]+)[ \t]*[=:][ \t]*(.+?)[ \t\r]*$/gm)]
    .filter(([, name = '']) => isSecretName(name))
    .map(([, , value = '']) => value.replace(/^(["'`]+)(.*)\1$/, '$2'))
    .filter((value) => value.length >= 6 && !/^\$|^\W+$|your|change|secret_?$|^<|\[redacted\]/i.test(value));
}

const configs = list(FIXTURES).filter((path) => /\.(?:ini|env|ya?ml)$/.test(path));
const scenarios = list(join(FIXTURES, 'scenarios')).filter((path) => path.endsWith('.scenario'));

it('finds secrets to look for', () => {
  expect(secretsIn('client_secret = s3cr3t-value\nclient_id = grafana\n')).toEqual(['s3cr3t-value']);
  expect(configs.flatMap((path) => secretsIn(readFileSync(path, 'utf8'))).length).toBeGreaterThan(0);
});

const withSecrets = configs
  .map((path) => [path.slice(ROOT.length).replaceAll('\\', '/'), secretsIn(readFileSync(path, 'utf8'))] as const)
  .filter(([, secrets]) => secrets.length > 0);

describe.each(withSecrets)('%s', (path, secrets) => {
  it.each([
    ['validate', '--verbose'],
    ['validate', '--json'],
    ['validate', '--format', 'compact'],
    ['validate', '--fix-dry-run', '--verbose'],
    ['validate', '--baseline', 'baseline.json', '--update-baseline', '--verbose'],
    ['validate', '--format', 'sarif'],
    ['validate', '--format', 'github'],
    ['validate', '--format', 'gitlab'],
    ['validate', '--format', 'junit'],
    ['validate', '--format', 'checkstyle'],
    ['validate', '--format', 'markdown'],
    ['show', '--all', '--verbose'],
    ['show', '--all', '--json'],
    ['convert', '--to', 'ini', '--verbose'],
    ['convert', '--to', 'helm'],
    ['convert', '--to', 'docker-env-file'],
    ['convert', '--to', 'terraform'],
  ])('%s %s', async (command, ...options) => {
    const host = createFakeHost();
    await main([command, path, ...options], host);
    const said = (options.includes('sarif') ? withoutRules(host.out()) : host.out()) + host.err();
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
  });
});

/** The descriptions of rules have example secrets, some of which fixtures use too. */
function withoutRules(sarif: string): string {
  return sarif.replace(/^ "tool": \{[\s\S]*?^ \},?$/m, '');
}

const scenariosWithSecrets = scenarios
  .map((path) => {
    const scenario = parseScenario(readFileSync(path, 'utf8'));
    const given = scenario.parts.filter((part) => ['file', 'stdin', 'env'].includes(part.name));
    return [path.slice(FIXTURES.length + 1), scenario, given.flatMap((part) => secretsIn(part.body))] as const;
  })
  // Somebody asked to see them.
  .filter(([, { call }, secrets]) => secrets.length > 0 && !call.includes('--show-secrets'));

it.each(scenariosWithSecrets)('%s says none', async (_name, scenario, secrets) => {
  const { stdout, stderr, written } = await runScenario(scenario);
  // A file that is fixed keeps what it says.
  const fixed = new Set(scenario.parts.filter((part) => part.name === 'file').map((part) => part.argument));
  const others = [...written].filter(([path]) => !fixed.has(path)).map(([, text]) => text);
  const said = [stdout, stderr, ...others].join('\n');
  expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
});
