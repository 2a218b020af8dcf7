/**
 * The library. No side effects on import; nothing here prints, exits or reads the world beyond its arguments.
 */
export type { ClaimPresence, Denial, Resolution, TraceStep } from './claims/trace.js';
export type { GrafanaUser } from './claims/verdict.js';
export type { EvaluationResult, ExpressionError } from './expression/compile.js';
export { type EvaluateOptions, evaluate } from './library/evaluate.js';
export { loadConfig } from './library/load-config.js';
export { type ResolveOptions, resolve } from './library/resolve.js';
export { type ValidateOptions, validate } from './library/validate.js';
export type { PayloadEnvelope } from './products/product.js';
export type { Finding, Fix, Related, Severity, TextEdit, ValidationReport } from './rules/rule.js';
export type {
  ConfigProblem,
  EffectiveConfig,
  IgnoredVariable,
  LoadOptions,
  Origin,
  Setting,
  TextTable,
} from './settings/types.js';
export type { Position, Range, SourceFile } from './text/source.js';
