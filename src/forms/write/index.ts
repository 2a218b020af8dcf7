/**
 * Settings as text in the forms people keep Grafana's configuration in, each with the quoting its readers need. What is written
 * reads back equal; what a form cannot hold is left out and named.
 * Source: forms overview, §0.1 (layers of quoting) and §11 (conversion).
 */
import { versionProfile } from '../../settings/versions.js';
import { emptyOrExpanding } from './meaning.js';
import type {
  Reference,
  Remark,
  WriteOptions,
  WriteReport,
  Writer,
  WriteSetting,
  WriteTarget,
  Written,
} from './types.js';

export type { Reference, Remark, WriteOptions, WriteSetting, WriteTarget, Written } from './types.js';
export { WRITE_TARGETS } from './types.js';

// biome-ignore format: one line a form
const WRITERS: Readonly<Record<WriteTarget, () => Promise<Writer>>> = {
  ini: async () => (await import('./ini.js')).writeIni,
  'env-file': async () => (await import('./env-file.js')).writeEnvFile,
  'docker-env-file': async () => (await import('./env-file.js')).writeDockerEnvFile,
  systemd: async () => (await import('./env-file.js')).writeSystemdEnv,
  compose: async () => (await import('./compose.js')).writeComposeMap,
  'compose-list': async () => (await import('./compose.js')).writeComposeList,
  helm: async () => (await import('./helm.js')).writeHelm,
  'helm-env': async () => (await import('./helm.js')).writeHelmEnv,
  kps: async () => (await import('./helm.js')).writeStack,
  operator: async () => (await import('./operator.js')).writeOperator,
  configmap: async () => (await import('./kubernetes.js')).writeConfigMap,
  secret: async () => (await import('./kubernetes.js')).writeSecret,
  'pod-env': async () => (await import('./kubernetes.js')).writePodEnv,
  ansible: async () => (await import('./ansible.js')).writeAnsible,
  nix: async () => (await import('./nix.js')).writeNix,
  terraform: async () => (await import('./terraform.js')).writeTerraform,
  'sso-api': async () => (await import('./sso-api.js')).writeSsoApi,
};

/**
 * Writes settings in a form.
 * @param settings in the order in which they are to stand; of a key given twice the last one is written
 */
export async function writeForm(
  target: WriteTarget,
  settings: readonly WriteSetting[],
  options: WriteOptions = {},
): Promise<Written> {
  const report = new Report(options);
  const kept = emptyOrExpanding(lastOfEach(settings), target, report);
  const text = (await WRITERS[target]())(kept, report);
  const { left, changed, references, notes } = report;
  return { text, left, changed, references, notes: [...notes] };
}

/** The last value of each key, at the place of the first. */
function lastOfEach(settings: readonly WriteSetting[]): readonly WriteSetting[] {
  const found = new Map<string, WriteSetting>();
  for (const setting of settings) found.set(JSON.stringify([setting.section, setting.key]), setting);
  return [...found.values()];
}

class Report implements WriteReport {
  readonly profile: WriteReport['profile'];
  readonly service: string;
  readonly name: string;
  readonly comments: readonly string[];
  readonly chartVersion?: string;
  readonly left: Remark[] = [];
  readonly changed: Remark[] = [];
  readonly references: Reference[] = [];
  readonly notes = new Set<string>();

  constructor({ profile, chartVersion, service, name, comments }: WriteOptions) {
    this.profile = profile ?? versionProfile()!;
    this.service = service ?? 'grafana';
    this.name = name ?? 'grafana';
    this.comments = comments ?? [];
    if (chartVersion !== undefined) this.chartVersion = chartVersion;
  }

  leave({ section, key }: Remark | WriteSetting, reason: string): void {
    this.left.push({ section, ...(key === undefined ? {} : { key }), reason });
  }

  change({ section, key }: WriteSetting, reason: string): void {
    this.changed.push({ section, key, reason });
  }

  refer({ section, key }: WriteSetting, where: string): void {
    this.references.push({ section, key, where });
  }

  note(text: string): void {
    this.notes.add(text);
  }
}
