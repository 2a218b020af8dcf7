/** A configuration as the causes of troubles look at it. */
import { type DashboardConfig, readDashboardFiles } from '../dashboard/config.js';
import { readGemFiles } from '../gem/config.js';
import { loadConfig } from '../library/load-config.js';
import { chooseProduct } from '../library/validate.js';
import { productOfSection } from '../products/index.js';
import { recognise } from '../providers/index.js';
import { PROVIDER_SECTIONS } from '../settings/catalog.js';
import { cloudSection, isCloudSection, isWritten, readProvider } from '../settings/provider.js';
import type { EffectiveConfig, Setting } from '../settings/types.js';
import type { SourceFile } from '../text/source.js';
import type { WhyConfig } from '../why/types.js';
import type { CommandContext } from './command.js';
import { formFacts, readEnvironment } from './inputs.js';

export async function readWhyConfig(context: CommandContext, files: readonly SourceFile[]): Promise<WhyConfig> {
  const { options, host } = context;
  const entry = chooseProduct(files, options.product ?? productOfSection(options.section));
  const env = await readEnvironment(context);
  if (entry.id === 'dashboard') return dashboardConfig(readDashboardFiles(files, env));
  if (entry.id === 'gem') return gemConfig(readGemFiles(files));
  const config = await loadConfig(files, {
    ...(env ? { env } : {}),
    ...(options.grafanaVersion === undefined ? {} : { grafanaVersion: options.grafanaVersion }),
    readFile: (path) => host.readFile(path),
    forms: formFacts(context),
    hostname: host.hostname(),
  });
  return grafanaConfig(config, options.section, entry.id === 'grafana-cloud');
}

function grafanaConfig(config: EffectiveConfig, asked: string | undefined, cloud: boolean): WhyConfig {
  const section =
    asked === undefined ? mainSection(config, cloud) : asked.startsWith('auth.') ? asked : `auth.${asked}`;
  const provider = readProvider(config, section);
  const rootUrl = config.lookup('server', 'root_url')?.interpolated ?? '';
  const kind = isCloudSection(section) ? 'grafana_com' : section.slice('auth.'.length);
  const recognised = recognise({
    auth: provider.text('auth_url'),
    token: provider.text('token_url'),
    api: provider.text('api_url'),
  });
  return {
    product: isCloudSection(section) ? 'grafana-cloud' : 'grafana',
    section,
    order: config.profile.order,
    text: (option) => provider.text(option),
    flag: (option) => provider.flag(option, option === 'allow_sign_up'),
    server: (name, key) => config.lookup(name, key)?.interpolated ?? '',
    place(option) {
      const dot = option.lastIndexOf('.');
      return placeOf(dot === -1 ? provider.setting(option) : config.get(option.slice(0, dot), option.slice(dot + 1)));
    },
    redirectUri: rootUrl === '' ? undefined : `${rootUrl.replace(/\/$/, '')}/login/${kind}`,
    provider: recognised && { id: recognised.provider.id, name: recognised.provider.name },
  };
}

/** The section somebody wrote; the one that is switched on before the others. */
function mainSection(config: EffectiveConfig, cloud: boolean): string {
  if (cloud) return cloudSection(config);
  const written = PROVIDER_SECTIONS.filter((section) => isWritten(config, section));
  return written.find((section) => readProvider(config, section).enabled) ?? written[0] ?? 'auth.generic_oauth';
}

function placeOf(setting: Setting | undefined): string | undefined {
  const origin = setting?.origin;
  if (origin === undefined || origin.origin === 'default') return undefined;
  if (origin.variable !== undefined) return `env:${origin.variable}`;
  return origin.range ? `${origin.path}:${origin.range.start.line}` : origin.path;
}

const NOT_GRAFANA = {
  section: undefined,
  order: undefined,
  server: () => '',
  redirectUri: undefined,
  provider: undefined,
};

function dashboardConfig(config: DashboardConfig): WhyConfig {
  return {
    ...NOT_GRAFANA,
    product: 'dashboard',
    text: (option) => config.value(option),
    flag: (option) => config.flag(option),
    place(option) {
      const entry = config.get(option);
      return entry?.source ?? (entry?.valueRange ? `${entry.path}:${entry.valueRange.start.line}` : undefined);
    },
  };
}

function gemConfig(config: ReturnType<typeof readGemFiles>): WhyConfig {
  return {
    ...NOT_GRAFANA,
    product: 'gem',
    text: (option) => config.value(option),
    flag: (option) => config.flag(option),
    place(option) {
      const entry = config.get(option);
      return entry?.valueRange ? `${entry.path}:${entry.valueRange.start.line}` : undefined;
    },
  };
}
