/** What a payload is, and what resolves it, to everything above the products' own procedures. */
import type { Resolution } from './trace.js';

/** One payload with everything it carries; see the contract of `eval-role`. Unknown keys are kept. */
export interface PayloadEnvelope {
  readonly product?: string;
  readonly name?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly config?: unknown;
  readonly id_token?: unknown;
  readonly id_token_claims?: unknown;
  readonly access_token?: unknown;
  readonly token?: unknown;
  readonly userinfo?: unknown;
  readonly emails?: unknown;
  readonly teams?: unknown;
  readonly orgs?: unknown;
  readonly http?: unknown;
  readonly server?: Readonly<Record<string, unknown>>;
  readonly organizations?: unknown;
  readonly expect?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/**
 * Resolves payload after payload with one prepared configuration (compiled expressions, read settings), so that bulk runs
 * pay for the preparation once.
 */
export interface PreparedResolver {
  resolve(envelope: PayloadEnvelope, options?: { readonly trace?: boolean }): Promise<Resolution> | Resolution;
}
