/**
 * What form a text is in, from its name and content. The order of the questions is that of the forms' overview: JSON, Terraform,
 * Kubernetes objects, Compose, Helm, Ansible, Nix, lines of variables, INI.
 */
import type { SourceFile } from '../text/source.js';
import { FORMS, type FormId } from './names.js';

/** `form` of the file where it names one, else what name and content say. Never throws; what nothing speaks for is INI. */
export function detectForm(file: SourceFile): FormId {
  const named = FORMS.find((form) => form === file.form);
  if (named) return named;
  const { path } = file;
  if (/\.ini$/i.test(path)) return 'ini';
  return detectOther(path, file.text.slice(0, 400_000)) ?? 'ini';
}

function detectOther(path: string, text: string): FormId | undefined {
  if (/\.tf$/i.test(path)) return 'terraform';
  if (/\.nix$/i.test(path)) return 'nix';
  const first = /^[\s\ufeff]*(?:[#;][^\n]*\n\s*)*([\s\S])/.exec(text)?.[1];
  if (first === '{' || (first === '[' && /^[\s\ufeff]*\[\s*[{\]]/.test(text))) return detectJson(text);
  if (/^\s*resource\s+"grafana_sso_settings"/m.test(text)) return 'terraform';
  if (/^services\.grafana\b|^\s*services\.grafana\.settings\b/m.test(text)) return 'nix';
  return detectYaml(path, text) ?? detectLines(path, text);
}

function detectJson(text: string): FormId | undefined {
  if (/"grafana_sso_settings"/.test(text)) return 'terraform';
  if (/"settings"\s*:/.test(text) && /"provider"\s*:/.test(text)) return 'sso-api-json';
  if (/"(?:clientId|authUrl|tokenUrl|apiUrl|roleAttributePath)"\s*:/i.test(text)) return 'sso-api-json';
  return detectYaml('', text);
}

function detectYaml(path: string, text: string): FormId | undefined {
  if (/^\s*"?apiVersion"?\s*:/m.test(text) && /^\s*"?kind"?\s*:/m.test(text)) return detectKubernetes(text);
  if (/^"?services"?\s*:/m.test(text) && /^\s+["']?image["']?\s*:|\bGF_[A-Z]/m.test(text)) return 'compose';
  if (/(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i.test(path)) return 'compose';
  if (/^\s*useGrafanaIniFile\s*:|^\s{2,}extraEnvVars\s*:/m.test(text)) return 'helm-bitnami-values';
  if (/^\s*-?\s*(?:grafana_ini|grafana_auth\w*)\s*:/m.test(text)) return 'ansible';
  const ini = /^([ \t]*)(["']?)grafana\.ini\2\s*:/m.exec(text);
  if (ini) return ini[1] === '' ? 'helm-values' : 'helm-kps-values';
  if (
    /^(?:env|envValueFrom|envRenderSecret|envFromSecrets?|envFromConfigMaps)\s*:/m.test(text) &&
    /\bGF_[A-Z]/.test(text)
  )
    return 'helm-values';
  if (/^grafana\s*:/m.test(text) && /\bGF_[A-Z]|^\s+ini\s*:/m.test(text)) return 'helm-kps-values';
  if (/^(["']?)auth\.[\w-]+\1\s*:\s*(?:#.*)?$/m.test(text)) return 'helm-values';
  return undefined;
}

function detectKubernetes(text: string): FormId | undefined {
  if (/^\s*"?apiVersion"?\s*:\s*["']?grafana\.integreatly\.org\//m.test(text)) return 'grafana-operator-v1beta1';
  if (/^\s*"?apiVersion"?\s*:\s*["']?integreatly\.org\//m.test(text)) return 'grafana-operator-v1alpha1';
  if (/^\s*"?kind"?\s*:\s*["']?(?:HelmRelease|Application)\b/m.test(text)) return 'helm-values';
  if (/^\s*"?kind"?\s*:\s*["']?(?:Deployment|StatefulSet|DaemonSet|Pod|Job|CronJob|ReplicaSet|List)\b/m.test(text))
    return 'k8s-pod-env';
  if (/^\s*"?kind"?\s*:\s*["']?Secret\b/m.test(text) && !/^\s*"?kind"?\s*:\s*["']?ConfigMap\b/m.test(text))
    return 'k8s-secret';
  if (/^\s*"?kind"?\s*:\s*["']?(?:ConfigMap|Secret)\b/m.test(text)) return 'k8s-configmap';
  return undefined;
}

function detectLines(path: string, text: string): FormId | undefined {
  if (/^\[(?:Service|Unit)\]\s*$/m.test(text)) return 'systemd-unit';
  if (/^[ \t]*\[[^\]\n]+\]/m.test(text)) return undefined;
  if (!/^[ \t]*(?:export[ \t]+)?GF_[A-Za-z0-9_]+[ \t]*=/m.test(text) && !/\.env$|(?:^|\/)\.env/.test(path))
    return undefined;
  if (/\/(?:default|sysconfig)\/grafana-server$/.test(path) || /^(?:CONF_FILE|GRAFANA_USER)=/m.test(text))
    return 'systemd-env';
  return 'env-file';
}
