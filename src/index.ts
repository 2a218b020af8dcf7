/**
 * The library. No side effects on import; nothing here prints, exits or reads the world beyond its arguments.
 */
export type { SourceFile } from './text/source.js';
