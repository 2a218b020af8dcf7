/** `auth-cli init`: writes a configuration from a preset, an issuer and a table of roles. */
import { Option } from 'commander';
import { UsageError } from '../errors.js';
import { PRESET_IDS } from '../providers/load.js';
import { closest } from '../text/suggest.js';
import { type CommandContext, defineCommand } from './command.js';
import { chartVersionOption, choiceOption, collect, countOption, grafanaVersionOption, PRODUCTS } from './flags.js';
import { INIT_FORMS, type InitOptions } from './init/options.js';

const NO_SECRETS = 'other people can read the command line of a program; the secret comes from a file at run time';

export default defineCommand<InitOptions>({
  description:
    'Write a configuration: a preset of the identity provider, its issuer, and a table of roles become settings that work together. Before writing, sample logins of the provider are put through them. What is not given by options is asked on a terminal.',
  formats: ['text', 'json'],
  shows: ['output'],
  define(command) {
    const add = (flags: string, description: string) => command.option(flags, description);
    const many = (flags: string, description: string) => command.option(flags, description, collect);
    command.argument(
      '[product]',
      'grafana (default): its [auth.generic_oauth]; grafana-cloud: login of grafana.com; gem: the OIDC settings of Grafana Enterprise Metrics; dashboard: its JWT login',
    );
    add('--preset <name>', `identity provider (${PRESET_IDS.join(', ')})`);
    add('--list', 'list the presets');
    add('--issuer <url>', 'address of the issuer; its discovery document is read');
    add('--no-discovery', 'ask no server: addresses come from the preset');
    many('--set <name=value>', 'a part of the addresses of the preset (such as host or realm); repeatable');
    add('--client-id <id>', 'client id that the provider gave out');
    add('--root-url <url>', 'address of Grafana in the browser');
    many('--role <group=role>', 'who gets which role; repeatable, the first that fits counts');
    add('--default-role <role>', 'role of everybody else who may enter');
    add('--strict', 'refuse everybody else (the default, where roles are given)');
    add('--keep-roles', 'roles are given in Grafana, and no login changes them');
    add('--claim <name>', 'claim with the groups, where it is not the usual one of the provider');
    add('--groups-delimiter <text>', 'the claim is one text, its groups separated by this');
    many('--allowed-domain <name>', 'let in e-mail addresses of this domain only; repeatable');
    many('--allowed-group <name>', 'let in members of this group only; repeatable');
    many('--team <id>', 'let in members of this team only (GitHub, Bitbucket); repeatable');
    add('--anyone', 'let in everybody with an account at the provider');
    add('--secret-file <file>', 'file Grafana reads the client secret from, as Grafana sees it');
    many('--org <name>', 'grafana-cloud: organization that may enter; repeatable');
    add('--audience <name>', 'gem: who tokens must be made for');
    add('--policy-regex <regex>', 'gem: one group that catches the name of the policy; default ^gem-([a-z0-9-]+)$');
    add('--idp-uri <url>', 'dashboard: address people are sent to for login');
    command.addOption(new Option('--issuer-uri <url>', 'dashboard: the same as --idp-uri').hideHelp());
    add('--site-url <url>', 'dashboard: its address in the browser');
    many('--group <name=id>', 'dashboard: ids of its groups (3 or 3,7) for a group of the token; repeatable');
    add('--email-attribute <name>', 'dashboard: claim with the e-mail address; default email');
    add('--first-name-attribute <name>', 'dashboard: claim with the first name; default first_name');
    add('--last-name-attribute <name>', 'dashboard: claim with the last name; default last_name');
    add('--button-name <text>', 'name on the login page');
    command.addOption(
      choiceOption('--form <form>', 'form of the configuration; default ini, for dashboard env', INIT_FORMS),
    );
    add('--service <name>', 'compose: name of the service (default: grafana; dashboard for dashboard)');
    add('--name <name>', 'Kubernetes forms: name of the object (default: grafana)');
    command.addOption(chartVersionOption('helm: version of the Grafana chart (default: the newest known)'));
    command.addOption(grafanaVersionOption('write what this version of Grafana knows (default: the newest known)'));
    add('--ca <file>', 'CA certificates to trust for discovery, PEM');
    command.addOption(countOption('--timeout <seconds>', 'limit for one request; default 10'));
    many('--resolve <host:address>', 'connect to this address for this host; repeatable');
    add('--force', 'overwrite the file of --output');
    add('--no-input', 'never ask; what is missing is an error');
    for (const flag of ['--client-secret <text>', '--secret <text>', '--password <text>'])
      command.addOption(
        new Option(flag).hideHelp().argParser(() => {
          throw new UsageError(`${flag.split(' ')[0]}: a secret is never taken from the command line`, {
            because: NO_SECRETS,
            hint: 'name the file it will stand in: --secret-file /run/secrets/grafana_oauth',
          });
        }),
      );
  },
  examples: [
    {
      command:
        'auth-cli init --preset keycloak --set host=sso.acme.org --set realm=main --client-id grafana --root-url https://grafana.acme.org --role grafana-admins=Admin --role grafana-editors=Editor',
      note: 'members of two groups may enter, everybody else is refused',
    },
    {
      command:
        'auth-cli init --issuer https://sso.acme.org/realms/main --client-id grafana --root-url https://grafana.acme.org --role ops=Admin --default-role Viewer --allowed-domain acme.org -o grafana.ini',
      note: 'the issuer tells addresses and provider; all of acme.org may look',
      notRun: 'asks a server',
    },
    {
      command:
        'auth-cli init dashboard --idp-uri https://login.acme.org/sso --site-url https://dashboard.acme.org --group analysts=3',
      note: 'the JWT login of Dashboard, its secret from the environment',
    },
    { command: 'auth-cli init --list', note: 'the presets there are' },
    { command: 'auth-cli init --preset keyclok', note: 'a typing error is answered with the nearest name', status: 2 },
  ],
  exitCodes: {
    0: 'the configuration was written',
    2: 'an answer is missing or makes no sense, or the file is there already',
    3: 'the discovery document could not be fetched or read',
  },
  async operands() {
    return [...PRODUCTS];
  },
  async run(context, operands, options) {
    if (options.list) {
      const { listPresets } = await import('./init/list.js');
      return listPresets(context);
    }
    const product = productOf(operands[0], options.product);
    if (product !== 'dashboard' && options.form === 'config-yml')
      throw new UsageError(`${product} cannot be written as config-yml`, { because: 'it is a form of Dashboard' });
    await refuseOverwriting(context, options);
    switch (product) {
      case 'grafana': {
        const { initGrafana } = await import('./init/grafana.js');
        return initGrafana(context, options);
      }
      case 'grafana-cloud': {
        const { initCloud } = await import('./init/cloud.js');
        return initCloud(context, options);
      }
      case 'gem': {
        const { initGem } = await import('./init/gem.js');
        return initGem(context, options);
      }
      case 'dashboard': {
        const { initDashboard } = await import('./init/dashboard.js');
        return initDashboard(context, options);
      }
    }
  },
});

type ProductName = (typeof PRODUCTS)[number];

function productOf(operand: string | undefined, option: ProductName | undefined): ProductName {
  const name = operand ?? option ?? 'grafana';
  const product = PRODUCTS.find((one) => one === name);
  if (product === undefined)
    throw new UsageError(`"${name}" is no product`, {
      suggestions: closest(name, PRODUCTS),
      because: `products are ${PRODUCTS.join(', ')}`,
    });
  if (option !== undefined && option !== product)
    throw new UsageError(`"${product}" and --product ${option} exclude each other`);
  return product;
}

/** Before any question: nobody answers ten of them to learn that the file is there. */
async function refuseOverwriting({ host }: CommandContext, { output, force }: InitOptions): Promise<void> {
  if (force || output === undefined || output === '-') return;
  const found = await host.stat(output);
  if (found === undefined) return;
  throw new UsageError(`${output} is there already`, {
    hint: found.kind === 'file' ? 'write to another file, or overwrite it with --force' : 'name a file',
  });
}
