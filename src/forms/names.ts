/** Names of the forms that Grafana's configuration is kept in. */
export const FORMS = [
  'ini',
  'helm-values',
  'helm-kps-values',
  'helm-bitnami-values',
  'k8s-configmap',
  'k8s-secret',
  'k8s-pod-env',
  'grafana-operator-v1beta1',
  'grafana-operator-v1alpha1',
  'compose',
  'env-file',
  'docker-env-file',
  'docker-entrypoint',
  'systemd-env',
  'systemd-unit',
  'terraform',
  'sso-api-json',
  'ansible',
  'nix',
] as const;

export type FormId = (typeof FORMS)[number];
