/** Environment files on their own: of Compose, of docker run, as the image's start script reads them, of systemd. */

import type { SourceFile } from '../text/source.js';
import { LineMap } from '../text/source.js';
import { readDockerEnv } from './docker-env.js';
import { readDotenv } from './dotenv.js';
import { startScript } from './entrypoint.js';
import { type EnvText, type EnvVariable, inFile, optionFacts, placeVariables } from './env-variable.js';
import { lookupIn } from './interpolate.js';
import { readSystemdEnv } from './systemd-env.js';
import type { FormFacts, FormId, FormNote, FormReader, FormReading } from './types.js';

/** `env-file`: as Compose reads it. */
export const readEnvFile: FormReader = (file, facts) => {
  const read = readDotenv(file.text, lookupIn(facts.shell));
  return reading(file, 'env-file', read.variables, [...read.notes, ...whereDockerDiffers(read)]);
};

/** `docker-env-file`. */
export const readDockerEnvFile: FormReader = (file, facts) => {
  const { variables, notes } = readDockerEnv(file.text, facts.shell);
  return reading(file, 'docker-env-file', variables, notes);
};

/** `docker-entrypoint`: the environment a container is started with, in the lines of an environment file. */
export const readEntrypoint: FormReader = async (file, facts: FormFacts) => {
  const lines = new LineMap(file.text);
  const read = readDotenv(file.text, lookupIn(facts.shell));
  const started = await startScript(inFile(read.variables, file.path, lines), facts, true);
  return {
    form: 'docker-entrypoint',
    file,
    lines,
    documents: [],
    variables: placeVariables(started.variables),
    notes: [...read.notes, ...started.notes],
  };
};

/** `systemd-env`. */
export const readSystemdEnvFile: FormReader = (file) => {
  const { variables, notes } = readSystemdEnv(file.text);
  const [kept, withoutScript] = withoutStartScript(variables);
  return reading(file, 'systemd-env', kept, [...notes, ...withoutScript]);
};

function reading(
  file: SourceFile,
  form: FormId,
  variables: readonly EnvVariable[],
  notes: readonly FormNote[],
): FormReading {
  const lines = new LineMap(file.text);
  return {
    form,
    file,
    lines,
    documents: [],
    variables: placeVariables(inFile(variables, file.path, lines)),
    notes: [...notes, ...variables.flatMap(singleUnderscore)],
  };
}

/** `GF_…__FILE` where no start script of the image runs: dropped, with a note. */
export function withoutStartScript<Variable extends Pick<EnvVariable, 'name' | 'nameSpan'>>(
  variables: readonly Variable[],
): [Variable[], FormNote[]] {
  const kept: Variable[] = [];
  const notes: FormNote[] = [];
  for (const variable of variables) {
    const target = /^(GF_.+)__FILE$/.exec(variable.name)?.[1];
    if (target === undefined) kept.push(variable);
    else
      notes.push({
        kind: 'form-file-suffix',
        span: variable.nameSpan,
        ...optionFacts(target),
        severity: 'error',
        message: `${variable.name} is read by the start script of the container image, which does not run here`,
        consequence: `nothing reads the file, and ${target} is not set`,
        help: `write ${target}=$__file{…} with the path between the braces`,
      });
  }
  return [kept, notes];
}

/** `GF_…_FILE` with one underscore, for an option Grafana has. */
export function singleUnderscore({ name, nameSpan }: Pick<EnvVariable, 'name' | 'nameSpan'>): FormNote[] {
  const target = /^(GF_.*[^_])_FILE$/.exec(name)?.[1];
  if (target === undefined || optionFacts(name).option !== undefined) return [];
  const facts = optionFacts(target);
  if (facts.option === undefined) return [];
  return [
    {
      kind: 'form-file-suffix',
      span: nameSpan,
      ...facts,
      severity: 'error',
      message: `${name} has one underscore in front of FILE: nothing reads it`,
      consequence: `${target} is not set, and its default holds`,
      help: `in the container image write ${target}__FILE, with two; elsewhere ${target}=$__file{…}`,
      fix: {
        description: 'write two underscores',
        edits: [{ span: { start: nameSpan.end - 4, end: nameSpan.end - 4 }, newText: '_' }],
      },
    },
  ];
}

/** Said once, at the first value that `docker run --env-file` would take otherwise. */
function whereDockerDiffers({ variables }: EnvText): FormNote[] {
  const first = variables.find(({ name, quote }) => quote !== 'none' && name.startsWith('GF_'));
  if (!first) return [];
  return [
    {
      kind: 'form-quotes',
      span: first.valueSpan,
      ...optionFacts(first.name),
      severity: 'info',
      message: 'the quotes are removed by Compose, but not by docker run --env-file',
      consequence: `started with docker run, Grafana gets them as part of ${first.name}`,
      help: 'for docker run write values without quotes; check such a file with --form docker-env-file',
    },
  ];
}
