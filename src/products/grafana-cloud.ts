/** The Grafana Cloud login (`[auth.grafana_com]` under any of its names) behind the common verbs. */
import { UsageError } from '../errors.js';
import type { Product } from './product.js';

export const grafanaCloud: Product = {
  id: 'grafana-cloud',
  title: 'Grafana Cloud login',
  validate: async (files, options) => (await import('./grafana-validate.js')).validateGrafana(files, options),
  prepare: async () => {
    throw new UsageError('Grafana Cloud logins cannot be dry-run yet');
  },
};
