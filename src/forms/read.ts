/** Which reader reads which form. Loaded only where a file is not INI. */
import type { SourceFile } from '../text/source.js';
import { LineMap } from '../text/source.js';
import type { FormFacts, FormId, FormReader, FormReading } from './types.js';

/** One line a form; a form without one is read as having no settings. */
const READERS: Partial<Record<Exclude<FormId, 'ini'>, () => Promise<FormReader>>> = {
  compose: async () => (await import('./compose.js')).readCompose,
  'env-file': async () => (await import('./env-file.js')).readEnvFile,
  'docker-env-file': async () => (await import('./env-file.js')).readDockerEnvFile,
  'docker-entrypoint': async () => (await import('./env-file.js')).readEntrypoint,
  'sso-api-json': async () => (await import('./sso-api.js')).readSsoApi,
  terraform: async () => (await import('./terraform.js')).readTerraform,
  ansible: async () => (await import('./ansible.js')).readAnsible,
  nix: async () => (await import('./nix.js')).readNix,
  'systemd-unit': async () => (await import('./systemd-unit.js')).readSystemdUnit,
  'systemd-env': async () => (await import('./env-file.js')).readSystemdEnvFile,
  'helm-values': async () => (await import('./kubernetes/reader.js')).readYamlForm,
  'helm-kps-values': async () => (await import('./kubernetes/reader.js')).readYamlForm,
  'helm-bitnami-values': async () => (await import('./kubernetes/reader.js')).readYamlForm,
  'k8s-configmap': async () => (await import('./kubernetes/reader.js')).readYamlForm,
  'k8s-secret': async () => (await import('./kubernetes/reader.js')).readYamlForm,
  'k8s-pod-env': async () => (await import('./kubernetes/reader.js')).readYamlForm,
  'grafana-operator-v1beta1': async () => (await import('./kubernetes/reader.js')).readYamlForm,
  'grafana-operator-v1alpha1': async () => (await import('./kubernetes/reader.js')).readYamlForm,
};

/** Reads a file of a form other than INI; never throws for bad text. */
export async function readForm(file: SourceFile, form: Exclude<FormId, 'ini'>, facts: FormFacts): Promise<FormReading> {
  const load = READERS[form];
  if (!load) return { form, file, lines: new LineMap(file.text), documents: [], variables: [], notes: [] };
  return (await load())({ ...file, form }, facts);
}

/** Forms that are read, with INI. */
export function formsWithReader(): readonly FormId[] {
  return ['ini', ...(Object.keys(READERS) as FormId[])];
}
