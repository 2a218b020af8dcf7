/** Grafana with its login providers behind the common verbs. */
import type { Product } from './product.js';

export const grafana: Product = {
  id: 'grafana',
  title: 'Grafana',
  validate: async (files, options) => (await import('./grafana-validate.js')).validateGrafana(files, options),
  prepare: async (options) => (await import('./grafana-login.js')).prepareGrafanaLogin('grafana', options),
  compare: async (before, after) => (await import('./grafana-compare.js')).compareGrafana('grafana', before, after),
  login: async (context) => (await import('./grafana-live-login.js')).loginGrafana(grafana, context),
  demo: async (options) => (await import('./grafana-live-login.js')).demoGrafana(options),
};
