/** What every login keeps: its exchanges and its steps, cleaned of secrets before anybody sees them. */
import type { Host, HttpTls } from '../host.js';
import { type Exchange, Recorder } from './recorder.js';
import type { LoginFlags } from './report.js';
import type { LoginStep } from './steps.js';

export interface LoginRecordInput {
  readonly host: Host;
  readonly flags: Pick<LoginFlags, 'timeout' | 'resolve' | 'showTokens'>;
  readonly signal: AbortSignal;
  onStep(step: LoginStep): void;
  onExchange(exchange: Exchange): void;
}

export interface LoginRecord {
  readonly recorder: Recorder;
  /** So far, in order. */
  readonly steps: readonly LoginStep[];
  /** ISO 8601, UTC. */
  readonly recordedAt: string;
  /** Keeps a step and tells it. */
  readonly onStep: (step: LoginStep) => void;
}

export function startRecord(input: LoginRecordInput, tls?: HttpTls): LoginRecord {
  const { host, flags } = input;
  const recorder = new Recorder(host, {
    timeout: flags.timeout,
    ...(tls === undefined ? {} : { tls }),
    resolve: flags.resolve,
    signal: input.signal,
    keepSecrets: flags.showTokens,
    onExchange: input.onExchange,
  });
  const steps: LoginStep[] = [];
  const onStep = (step: LoginStep) => {
    const clean = {
      ...step,
      ...(step.request === undefined ? {} : { request: recorder.secrets.clean(step.request) }),
      notes: step.notes.map((note) => recorder.secrets.clean(note)),
    };
    steps.push(clean);
    input.onStep(clean);
  };
  return { recorder, steps, recordedAt: new Date(host.now()).toISOString(), onStep };
}
