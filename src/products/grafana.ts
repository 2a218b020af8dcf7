/** Grafana with its login providers behind the common verbs. */
import { UsageError } from '../errors.js';
import type { Product } from './product.js';

export const grafana: Product = {
  id: 'grafana',
  title: 'Grafana',
  validate: async (files, options) => (await import('./grafana-validate.js')).validateGrafana(files, options),
  prepare: async () => {
    throw new UsageError('logins to Grafana cannot be dry-run yet');
  },
};
