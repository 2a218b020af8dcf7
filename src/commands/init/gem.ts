/** `init gem`: OIDC settings of Grafana Enterprise Metrics. */
import { EXIT, type ExitCode, UsageError } from '../../errors.js';
import { gemConfiguration } from '../../init/gem.js';
import { fill } from '../../providers/templates.js';
import type { CommandContext } from '../command.js';
import { Asker, required } from './ask.js';
import type { InitOptions } from './options.js';
import { choosePreset } from './preset.js';

/** A prefix that only the identity provider gives, so that no other group becomes a policy. */
const USUAL_REGEX = '^gem-([a-z0-9-]+)$';

export async function initGem(context: CommandContext, options: InitOptions): Promise<ExitCode> {
  if (options.form !== undefined) throw new UsageError('--form is for Grafana: the configuration of GEM is YAML');
  const asker = new Asker(context, options.input);
  const preset = await choosePreset(context, options, asker, 'issuer');
  const audience =
    options.audience ?? (await asker.text('--audience', 'Audience that tokens are made for?', required)) ?? '';
  asker.finish();
  const { facts, details, variables, issuer, notes } = preset!;
  if (details.gem === undefined)
    throw new UsageError(`${facts.name} gives no tokens that GEM could check`, {
      because: 'it publishes no issuer with keys',
    });
  if (issuer === undefined)
    throw new UsageError('the issuer is not known', { hint: 'give it with --issuer, as the provider publishes it' });
  const told = details.gem.claim !== undefined && !details.gem.claim.includes(' ') ? details.gem.claim : undefined;
  const claim = options.claim ?? (told && fill(told, variables)) ?? 'groups';
  const text = gemConfiguration({ issuer, claim, regex: options.policyRegex ?? USUAL_REGEX, audience }, [
    `Written by auth-cli init gem --preset ${facts.id}`,
  ]);
  const { gem } = await import('../../products/gem.js');
  const path = options.output === undefined || options.output === '-' ? 'gem.yaml' : options.output;
  const { findings } = await gem.validate([{ path, text }], {
    ...(options.gemVersion === undefined ? {} : { productVersion: options.gemVersion }),
  });
  const said = [
    ...notes,
    `token to send: ${details.gem.token}${details.gem.notes ? ` (${details.gem.notes})` : ''}`,
    ...(told === undefined && options.claim === undefined && details.gem.claim
      ? [`claim ${claim} is a guess; at ${facts.name}: ${details.gem.claim}`]
      : []),
    ...findings.map((finding) => `${finding.severity}: ${finding.message} [${finding.rule}]`),
  ];
  if (context.format === 'json') {
    const value = { formatVersion: 1, product: 'gem', preset: facts.id, issuer, claim, text, findings, notes: said };
    await context.print(`${JSON.stringify(value, undefined, 2)}\n`);
    return EXIT.ok;
  }
  const { arrow } = context.errStyle.symbols;
  await context.note(said.map((line) => `${arrow} ${line}`).join('\n'));
  await context.print(text);
  await context.note(
    `\nNext\n  - make an access policy in GEM for each name the expression can catch\n  - auth-cli validate --product gem ${options.output ?? 'FILE'}`,
  );
  return EXIT.ok;
}
