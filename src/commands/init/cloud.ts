/** `init grafana-cloud`: a Grafana of one's own with the login of grafana.com. */
import { EXIT, type ExitCode, UsageError } from '../../errors.js';
import type { WriteTarget } from '../../forms/write/types.js';
import { writeDraft } from '../../init/write.js';
import { redirectUri } from '../../login/authorize.js';
import { versionProfile } from '../../settings/versions.js';
import type { CommandContext } from '../command.js';
import { Asker, required } from './ask.js';
import { readRootUrl } from './grafana.js';
import type { InitOptions } from './options.js';

/** Grafana's database keeps no login of this kind. */
const NOT_THERE = new Set(['terraform', 'sso-api']);

export async function initCloud(context: CommandContext, options: InitOptions): Promise<ExitCode> {
  const target = (options.form === 'env' ? 'env-file' : (options.form ?? 'ini')) as WriteTarget;
  if (NOT_THERE.has(target))
    throw new UsageError(`the login of grafana.com cannot be written as ${target}`, {
      because: 'the SSO settings API does not know it',
    });
  const asker = new Asker(context, options.input);
  const clientId =
    options.clientId ?? (await asker.text('--client-id', 'Client id that grafana.com gave out?', required)) ?? '';
  const root =
    options.rootUrl ??
    (await asker.text('--root-url', 'Address of Grafana in the browser (https://grafana.acme.org)?', (text) => {
      try {
        readRootUrl(text);
        return true;
      } catch (error) {
        return (error as Error).message;
      }
    })) ??
    '';
  const orgs = options.org ?? [await asker.text('--org', 'Organization at grafana.com that may enter?', required)];
  asker.finish();
  const rootUrl = readRootUrl(root);
  for (const org of orgs)
    if (!/^[A-Za-z0-9_-]+$/.test(org ?? ''))
      throw new UsageError(`--org cannot be "${org}"`, {
        because: 'it is the short name in the address, such as acme',
      });
  const version = versionProfile(options.grafanaVersion)!;
  const secret = options.secretFile === undefined ? '' : `$__file{${options.secretFile}}`;
  const { file, references, left, notes } = await writeDraft(
    {
      sections: [
        { section: 'server', settings: { root_url: rootUrl.endsWith('/') ? rootUrl : `${rootUrl}/` } },
        {
          section: 'auth.grafana_com',
          settings: {
            enabled: 'true',
            allow_sign_up: 'true',
            client_id: clientId,
            client_secret: secret,
            use_pkce: 'true',
            allowed_organizations: orgs.join(' '),
          },
        },
      ],
      accepted: [],
    },
    target,
    {
      version,
      path: options.output === undefined || options.output === '-' ? 'made' : options.output,
      comments: ['Written by auth-cli init grafana-cloud'],
    },
  );
  // Variables set only what has a default, which this option lacks in the cloud section.
  const gaps = left.filter(({ key }) => key !== 'use_pkce');
  if (gaps.length > 0) throw new UsageError(`this cannot be written as ${target}`, { because: gaps[0]!.reason });
  const { validateGrafana } = await import('../../products/grafana-validate.js');
  const { findings } = await validateGrafana([file], { productVersion: version.asked });
  const where = options.secretFile ?? references.find(({ key }) => key === 'client_secret')?.where ?? null;
  if (context.format === 'json') {
    const value = {
      formatVersion: 1,
      product: 'grafana-cloud',
      form: target,
      text: file.text,
      secret: where,
      findings,
      notes,
    };
    await context.print(`${JSON.stringify(value, undefined, 2)}\n`);
    return EXIT.ok;
  }
  const { arrow } = context.errStyle.symbols;
  const said = [
    ...notes,
    ...left.map(({ key, reason }) => `${key} is left out: ${reason}`),
    ...findings.map((finding) => `${finding.severity}: ${finding.message} [${finding.rule}]`),
  ];
  await context.note(said.map((line) => `${arrow} ${line}`).join('\n'));
  await context.print(file.text);
  await context.note(
    `\nAt grafana.com\n  - an OAuth client with the redirect URI ${redirectUri(rootUrl, 'grafana_com')}\n\nNext\n  - the client secret: ${where}\n  - auth-cli validate ${options.output ?? 'FILE'}`,
  );
  return EXIT.ok;
}
