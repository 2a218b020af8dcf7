import { dashboardConfigLikelihood, dashboardPayloadLikelihood } from '../dashboard/detect.js';
import type { ProductEntry } from './product.js';

export const dashboardEntry: ProductEntry = {
  id: 'dashboard',
  title: 'Dashboard (JWT)',
  versionOption: 'dashboard-version',
  detectConfig: dashboardConfigLikelihood,
  detectPayload: dashboardPayloadLikelihood,
  load: async () => (await import('./dashboard.js')).dashboard,
};
