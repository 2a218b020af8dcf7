import { gemConfigLikelihood, gemPayloadLikelihood } from '../gem/detect.js';
import type { ProductEntry } from './product.js';

export const gemEntry: ProductEntry = {
  id: 'gem',
  title: 'Grafana Enterprise Metrics',
  versionOption: 'gem-version',
  detectConfig: gemConfigLikelihood,
  detectPayload: gemPayloadLikelihood,
  load: async () => (await import('./gem.js')).gem,
};
