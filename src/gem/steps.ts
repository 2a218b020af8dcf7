/** The trace of one dry run while it grows. */
import type { TraceStep } from '../claims/trace.js';

export class Steps {
  readonly list: TraceStep[] = [];

  add(step: TraceStep): void {
    this.list.push(step);
  }

  get undetermined(): boolean {
    return this.list.some((step) => step.certainty === 'undetermined');
  }
}
