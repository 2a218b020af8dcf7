/** What the versions of the Grafana chart do with its values. Source: forms, "Chart versions". */

export interface ChartProfile {
  /** How a value of a section is written: as it is, through `toYaml` and `tpl`, or texts alone through `tpl`. */
  readonly printing: 'plain' | 'yaml' | 'template';
  readonly lists: 'go' | 'json';
  /** Values beside the sections are written; before, they stopped the render. */
  readonly topLevel: boolean;
  /** The refusal of secrets as plain text: none, of every value, of what is no reference. */
  readonly secrets: 'none' | 'every-value' | 'no-reference';
  /** `envFromSecrets` and `envFromConfigMaps` exist. */
  readonly envFromLists: boolean;
  /** As given, or undefined for the newest known. */
  readonly version: string | undefined;
}

/** From a version on, in rising order; a later row adds to the earlier ones. */
const CHANGES: readonly (readonly [version: string, change: Partial<ChartProfile>])[] = [
  ['6.4.5', { printing: 'yaml' }],
  ['6.7.5', { printing: 'template' }],
  ['6.16.5', { envFromLists: true }],
  ['6.29.7', { topLevel: true }],
  ['7.1.0', { secrets: 'every-value' }],
  ['7.2.2', { secrets: 'no-reference' }],
  ['8.5.6', { lists: 'json' }],
];

const OLDEST: Omit<ChartProfile, 'version'> = {
  printing: 'plain',
  lists: 'go',
  topLevel: false,
  secrets: 'none',
  envFromLists: false,
};

/** The profile of a version (`8.5.2`, `v8.5.2`); of the newest where there is none or it is no version (`>=8`, `*`). */
export function chartProfile(version: string | undefined): ChartProfile {
  const asked = version === undefined ? undefined : order(version);
  let profile: ChartProfile = { ...OLDEST, version: asked === undefined ? undefined : version };
  for (const [from, change] of CHANGES)
    if (asked === undefined || asked >= order(from)!) profile = { ...profile, ...change };
  return profile;
}

function order(version: string): number | undefined {
  const parts = /^\s*v?(\d{1,4})\.(\d{1,4})\.(\d{1,4})(?:[-+].*)?\s*$/.exec(version);
  return parts ? (Number(parts[1]) * 10_000 + Number(parts[2])) * 10_000 + Number(parts[3]) : undefined;
}

/** Keys the chart's own values give a value, so that a template that names one is not empty where the file does not set it. */
export const CHART_VALUES: ReadonlySet<string> = new Set(
  `global rbac serviceAccount replicas headlessService automountServiceAccountToken autoscaling podDisruptionBudget
  deploymentStrategy readinessProbe livenessProbe image testFramework dnsPolicy dnsConfig securityContext
  containerSecurityContext createConfigmap extraConfigmapMounts extraEmptyDirMounts extraLabels downloadDashboardsImage
  downloadDashboards podAnnotations podLabels podPortName gossipPortName service serviceMonitor extraExposePorts
  hostAliases ingress route resources nodeSelector tolerations affinity topologySpreadConstraints extraInitContainers
  extraContainers extraContainerVolumes persistence initChownData adminUser admin env envValueFrom envFromSecret
  envRenderSecret envFromSecrets envFromConfigMaps enableServiceLinks extraSecretMounts extraVolumeMounts extraVolumes
  lifecycleHooks plugins datasources alerting notifiers dashboardProviders dashboards dashboardsConfigMaps grafana.ini
  ldap smtp sidecar namespaceOverride networkPolicy enableKubeBackwardCompatibility useStatefulSet extraObjects
  assertNoLeakedSecrets imageRenderer kubeVersion defaultCurlOptions gossip shareProcessNamespace revisionHistoryLimit
  nameOverride fullnameOverride schedulerName priorityClassName adminPassword`.split(/\s+/),
);
