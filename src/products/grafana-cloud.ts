/** The Grafana Cloud login (`[auth.grafana_com]` under any of its names) behind the common verbs. */
import type { Product } from './product.js';

export const grafanaCloud: Product = {
  id: 'grafana-cloud',
  title: 'Grafana Cloud login',
  validate: async (files, options) => (await import('./grafana-validate.js')).validateGrafana(files, options),
  prepare: async (options) => (await import('./grafana-login.js')).prepareGrafanaLogin('grafana-cloud', options),
  compare: async (before, after) =>
    (await import('./grafana-compare.js')).compareGrafana('grafana-cloud', before, after),
  login: async (context) => (await import('./grafana-live-login.js')).loginGrafana(grafanaCloud, context),
  demo: async (options) => (await import('./grafana-live-login.js')).demoGrafanaCloud(options),
};
