/** The addresses a product asks after it has the token, asked in its order until it wants no more. */
import type { Resolution } from '../claims/trace.js';
import { InterruptedError } from '../errors.js';
import type { Received, Recorder } from './recorder.js';
import type { HttpAnswer } from './session.js';
import type { LoginStep, StepName } from './steps.js';

export interface AskInput {
  readonly recorder: Recorder;
  /** Sent along; absent for public documents. */
  readonly accessToken?: string;
  /** Dry run on what is known so far. */
  resolve(http: Readonly<Record<string, HttpAnswer>>): Promise<Resolution>;
  /** What an address is: the step it is shown as. */
  nameOf(url: string): StepName;
  /** What the product makes of an odd answer. */
  noteOn?(name: StepName, answer: Received): readonly string[];
  onStep(step: LoginStep): void;
}

/** As many rounds as the product has kinds of requests; the resolution never asks for more. */
const MAX_ROUNDS = 8;

/**
 * Asks every address the resolution wants, until it wants no more: what is requested is decided by the same code that
 * replays it. Redirects are followed on the same host only; elsewhere the access token would travel with them.
 */
export async function askAddresses(
  input: AskInput,
): Promise<{ http: Record<string, HttpAnswer>; resolution: Resolution }> {
  const http: Record<string, HttpAnswer> = {};
  for (let round = 0; ; round++) {
    const resolution = await input.resolve(http);
    const missing = resolution.requests.filter((url) => !Object.hasOwn(http, url));
    if (missing.length === 0 || round === MAX_ROUNDS) return { http, resolution };
    // One at a time: a later request may depend on what an earlier one answered.
    const url = missing[0]!;
    http[url] = await askOne(input, url);
  }
}

async function askOne(input: AskInput, url: string): Promise<HttpAnswer> {
  const headers: Record<string, string> =
    input.accessToken === undefined ? {} : { authorization: `Bearer ${input.accessToken}` };
  const notes: string[] = [];
  const step = input.nameOf(url);
  let target = url;
  try {
    for (let hop = 0; hop <= 10; hop++) {
      const answer = await input.recorder.send({ step, method: 'GET', url: target, headers });
      const location = answer.headers['location'];
      if (answer.status >= 300 && answer.status < 400 && location !== undefined && hop < 10) {
        const next = new URL(location, target);
        if (next.origin === new URL(target).origin) {
          notes.push(`redirected to ${next.pathname}`);
          target = next.href;
          continue;
        }
        notes.push(`redirects to ${next.origin}, which is not followed: the access token would go to another host`);
      }
      notes.push(...(input.noteOn?.(step, answer) ?? []));
      input.onStep({
        step,
        ok: answer.status < 300,
        request: `GET ${url}`,
        status: answer.status,
        elapsed: answer.elapsed,
        notes,
      });
      return { status: answer.status, body: answer.text };
    }
    return { error: 'stopped after 10 redirects' };
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    input.onStep({ step, ok: false, request: `GET ${url}`, notes: [...notes, message] });
    return { error: message };
  }
}
