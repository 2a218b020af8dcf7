/** A recorded login: replayed with the configuration, and its failed answers searched. */
import { adviceOn } from '../claims/advice.js';
import { PayloadError, readPayload } from '../claims/payload.js';
import { UsageError } from '../errors.js';
import { productOfPayload } from '../products/index.js';
import { verdictText } from '../report/trace/words.js';
import type { WhyReport } from '../report/why.js';
import type { SourceFile } from '../text/source.js';
import type { Diagnoser } from '../why/diagnose.js';
import type { CommandContext } from './command.js';
import { readEnvironment, readSource } from './inputs.js';
import { loginTime, makeResolvers } from './resolvers.js';

export async function replaySession(
  context: CommandContext,
  path: string,
  files: readonly SourceFile[],
  diagnoser: Diagnoser,
): Promise<NonNullable<WhyReport['replay']>> {
  const source = await readSource(context, path);
  let envelope: ReturnType<typeof readPayload>;
  try {
    envelope = readPayload(source.text, 'userinfo');
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error;
    throw new UsageError(`${source.path} is no recorded session`, { because: error.message, cause: error });
  }
  const resolvers = makeResolvers(context, {
    files,
    env: await readEnvironment(context),
    now: typeof envelope['now'] === 'number' ? envelope['now'] : loginTime(context, undefined),
  });
  const [configured, prepare] = [...resolvers][0]!;
  const resolver = await prepare(configured ?? productOfPayload(envelope) ?? 'grafana');
  const resolution = await resolver.resolve(envelope, { trace: true });
  const { denial } = resolution;
  for (const step of resolution.trace) if (step.error !== undefined) diagnoser.add(step.error.message);
  if (denial === null)
    return {
      ok: true,
      advice: [],
      verdict: verdictText(resolution),
      message:
        'what Grafana does with these answers works: the trouble is before them (state, redirect, token) or in another person',
    };
  diagnoser.confirm(denial.rule, denial.productMessage ?? denial.message);
  return { ok: false, verdict: verdictText(resolution), message: denial.message, advice: adviceOn(resolution) };
}
