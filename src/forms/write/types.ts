/** What writing settings in a form takes and gives. */
import type { VersionProfile } from '../../settings/versions.js';
import type { FormId } from '../types.js';

/** One setting, its text as Grafana's reader has it: quotes of files gone, expanders and `%(name)s` as written. */
export interface WriteSetting {
  /** `auth.generic_oauth`; `DEFAULT` for what stands before any header. */
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** The section Grafana puts it into, where that is a parent of the one it is written in. */
  readonly home?: string;
  /** The value is not to be written; a reference that suits the form takes its place. */
  readonly hidden?: boolean;
  /** Where a Kubernetes Secret holds the value. */
  readonly from?: { readonly secret: string; readonly key: string };
  /** It stands in the database: nothing in it is expanded, and it counts also where it is empty. */
  readonly stored?: boolean;
}

export interface WriteOptions {
  /** Version of Grafana that is to read it; the newest known without it. */
  readonly profile?: VersionProfile;
  /** Version of the Grafana Helm chart (`8.5.2`); the newest known without it. */
  readonly chartVersion?: string;
  /** Service of a Compose file; `grafana` without it. */
  readonly service?: string;
  /** Name of the Kubernetes object; `grafana` without it. */
  readonly name?: string;
  /** Lines to say at the top, where the form has comments. */
  readonly comments?: readonly string[];
}

/** Something said of a setting, or of a whole section where there is no key. */
export interface Remark {
  readonly section: string;
  readonly key?: string;
  readonly reason: string;
}

/** Where a value that was not written is expected. */
export interface Reference {
  readonly section: string;
  readonly key: string;
  /** In words: "the file /run/secrets/x", "key x of the Secret y". */
  readonly where: string;
}

export interface Written {
  readonly text: string;
  /** What the form cannot hold, and why. */
  readonly left: readonly Remark[];
  /** What is written and means something else there. */
  readonly changed: readonly Remark[];
  readonly references: readonly Reference[];
  /** What to know about the text as a whole. */
  readonly notes: readonly string[];
}

/** The forms that can be written, with the form each is read as. */
export const WRITE_TARGETS = {
  ini: 'ini',
  'env-file': 'env-file',
  'docker-env-file': 'docker-env-file',
  systemd: 'systemd-env',
  compose: 'compose',
  'compose-list': 'compose',
  helm: 'helm-values',
  'helm-env': 'helm-values',
  kps: 'helm-kps-values',
  operator: 'grafana-operator-v1beta1',
  configmap: 'k8s-configmap',
  secret: 'k8s-secret',
  'pod-env': 'k8s-pod-env',
  ansible: 'ansible',
  nix: 'nix',
  terraform: 'terraform',
  'sso-api': 'sso-api-json',
} as const satisfies Readonly<Record<string, FormId>>;

export type WriteTarget = keyof typeof WRITE_TARGETS;

/** A form's writer. What it cannot hold it tells the report. */
export type Writer = (settings: readonly WriteSetting[], report: WriteReport) => string;

/** What writers are told and tell. */
export interface WriteReport extends Omit<WriteOptions, 'profile'> {
  readonly profile: VersionProfile;
  readonly service: string;
  readonly name: string;
  readonly comments: readonly string[];
  leave(setting: Remark | WriteSetting, reason: string): void;
  change(setting: WriteSetting, reason: string): void;
  refer(setting: WriteSetting, where: string): void;
  note(text: string): void;
}
