/**
 * The rules about Grafana configurations, in the order they run: reading problems come first, so that what follows from them
 * is shown with them.
 */
import { duplicateKey } from './duplicate-key.js';
import type { GrafanaRule } from './subject.js';
import { truncatedValue } from './truncated-value.js';

export const grafanaRules: readonly GrafanaRule[] = [truncatedValue, duplicateKey];
