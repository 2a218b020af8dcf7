/**
 * Who could log in with a configuration as it stands: the judgement at the end of a report. Products make it, reports show it.
 */
import type { Finding } from './rule.js';

export type AccessJudgement =
  /** Every way in that was looked at refuses everybody. */
  | 'nobody'
  /** A way in keeps no stranger out. */
  | 'anybody'
  /** Some people can, others cannot. */
  | 'some'
  /** A value decides that is not known here, or a way in that is not looked at. */
  | 'unknown';

/** What the judgement rests on. */
export interface AccessReason extends Pick<Finding, 'section' | 'option' | 'path' | 'range' | 'source'> {
  /** Rule that says more about it. */
  readonly rule?: string;
  readonly message: string;
}

export interface AccessVerdict {
  readonly verdict: AccessJudgement;
  /** One sentence for the person who runs the product, without a capital and without a full stop. Holds no secret. */
  readonly sentence: string;
  readonly because: readonly AccessReason[];
}
