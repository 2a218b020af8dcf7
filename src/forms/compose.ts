/**
 * Compose files: what the services that run Grafana are started with.
 * Source: forms §5.1 to §5.5, golden cases of the Compose loader.
 */
import { nodeAt, parseYaml, type YamlNode, type YamlScalar } from '../document/yaml.js';
import type { SourceFile } from '../text/source.js';
import { LineMap } from '../text/source.js';
import { ComposeEnvironment } from './compose-environment.js';
import { iniCarriers, mountedFiles } from './compose-mounts.js';
import { ComposeProject, type ComposeService } from './compose-project.js';
import { readDotenv } from './dotenv.js';
import { startScript } from './entrypoint.js';
import { singleUnderscore, withoutStartScript } from './env-file.js';
import { type FileVariable, optionFacts, placeVariables } from './env-variable.js';
import { besideFile, readTextFile } from './files.js';
import { interpolate, type Lookup, lookupIn } from './interpolate.js';
import { scalarText } from './scalar-text.js';
import type { FormFacts, FormNote, FormReader, FormReading } from './types.js';

/** `compose`. */
export const readCompose: FormReader = async (file, facts) => {
  const lookup = await projectVariables(file, facts);
  const document = parseYaml(file);
  const lines = new LineMap(file.text);
  const notes: FormNote[] = [];
  const broken = document.problems.find((problem) => problem.fatal);
  if (broken) notes.push(refused(`the file is no YAML that Compose reads: ${firstLine(broken.message)}`, broken.span));
  const project = new ComposeProject(file, document.roots[0], facts);
  notes.push(...brokenInterpolations(file, document.roots, lookup));
  const services = await grafanaServices(project, lookup);
  const chosen = services.find((service) => service.name === facts.instance) ?? services[0];
  const empty = { form: 'compose' as const, file, lines, documents: [], variables: [], notes };
  if (!chosen) return empty;
  const read = await readService(project, chosen, lookup, facts);
  return {
    ...empty,
    ...read,
    notes: [...notes, ...read.notes, ...project.notes],
    alongside: project.alongside,
    container: true,
    instances: services.map((service) => service.name),
  };
};

async function readService(
  project: ComposeProject,
  service: ComposeService,
  lookup: Lookup,
  facts: FormFacts,
): Promise<Pick<FormReading, 'documents' | 'variables' | 'notes'>> {
  const environment = new ComposeEnvironment(project, lookup, facts);
  const written = await environment.of(service);
  const image = imageOf(service, lookup);
  const notes = [...environment.notes];
  const hasScript = nodeAt(service.node, 'entrypoint') === undefined && !/bitnami/.test(image ?? '');
  notes.push(...unmounted(written, project, service, lookup));
  let variables: readonly FileVariable[];
  if (hasScript) {
    const started = await startScript(written, facts);
    variables = started.variables;
    notes.push(...started.notes);
    for (const variable of written)
      notes.push(...singleUnderscore(variable).map((note) => ({ ...note, path: variable.path })));
  } else if (/bitnami/.test(image ?? '')) variables = written;
  else {
    variables = written.filter((variable) => {
      const [kept, dropped] = withoutStartScript([variable]);
      notes.push(...dropped.map((note) => ({ ...note, path: variable.path })));
      return kept.length > 0;
    });
  }
  const config = variables.findLast((variable) => variable.name === 'GF_PATHS_CONFIG')?.value.text;
  const documents = await iniCarriers(project, service, lookup, facts, config ?? '/etc/grafana/grafana.ini');
  return { documents, variables: placeVariables(variables), notes };
}

/** Variables of the shell, then of `.env` beside the file. */
async function projectVariables(file: SourceFile, facts: FormFacts): Promise<Lookup> {
  const text = await readTextFile(facts, besideFile(file.path, '.env'));
  const own = new Map<string, string>();
  if (typeof text === 'string')
    for (const { name, value } of readDotenv(text, lookupIn(facts.shell)).variables) own.set(name, value.text);
  return lookupIn(facts.shell, own);
}

const IMAGE = /(?:^|\/)grafana\/grafana(?:-oss|-enterprise|-dev)?(?:[:@]|$)/;

/** Services by their image, or by a variable of Grafana's in their environment. */
async function grafanaServices(project: ComposeProject, lookup: Lookup): Promise<readonly ComposeService[]> {
  const services = await project.services();
  const found = services.filter((service) => {
    const image = imageOf(service, lookup);
    return (image !== undefined && IMAGE.test(image)) || setsGrafana(service);
  });
  if (found.length > 0) return found;
  // Its image may be built here, and its variables stand in a file of their own.
  return services.filter((service) => /grafana/i.test(service.name));
}

function imageOf({ node }: ComposeService, lookup: Lookup): string | undefined {
  const image = nodeAt(node, 'image');
  return image?.kind === 'scalar' ? interpolate({ text: image.text, places: [] }, lookup).value.text : undefined;
}

function setsGrafana({ node, base }: ComposeService): boolean {
  const environment = nodeAt(node, 'environment');
  const names =
    environment?.kind === 'mapping'
      ? environment.entries.map((entry) => entry.key)
      : environment?.kind === 'sequence'
        ? environment.items.map((item) => (item.kind === 'scalar' ? item.text : ''))
        : [];
  return names.some((name) => name.startsWith('GF_')) || (base !== undefined && setsGrafana(base));
}

/** Every text of the file is filled in, so a broken one anywhere stops Compose. */
function brokenInterpolations(file: SourceFile, roots: readonly YamlNode[], lookup: Lookup): FormNote[] {
  const notes = new Map<number, FormNote>();
  const visit = (node: YamlNode, path: readonly string[]): void => {
    if (node.kind === 'mapping') {
      for (const { key, value } of node.entries) visit(value, [...path, key]);
    } else if (node.kind === 'sequence') {
      for (const item of node.items) visit(item, path);
    } else if (node.text.includes('$') && !notes.has(node.span.start)) {
      const { error } = interpolate({ text: node.text, places: [] }, lookup);
      const name = path.at(-1) ?? '';
      if (error)
        notes.set(node.span.start, {
          ...refused(error.message, spanOf(node, file)),
          ...optionFacts(name),
          help: 'write ${NAME} for a variable, and $$ for a dollar that belongs to the value',
        });
    }
  };
  for (const root of roots) visit(root, []);
  return [...notes.values()];
}

function spanOf(node: YamlScalar, file: SourceFile) {
  return scalarText(node, file.text).span;
}

/** A file below `/run/secrets` that the service is not given. */
function unmounted(
  variables: readonly FileVariable[],
  project: ComposeProject,
  service: ComposeService,
  lookup: Lookup,
): FormNote[] {
  const mounted = mountedFiles(project, service, lookup);
  if (!mounted) return [];
  const notes: FormNote[] = [];
  for (const { name, value, valueSpan, nameSpan, path } of variables) {
    const named = /^GF_.+__FILE$/.test(name)
      ? value.text
      : name.startsWith('GF_')
        ? /\$__file\{([^}]*)\}/.exec(value.text)?.[1]
        : undefined;
    if (!named?.startsWith('/run/secrets/') || named.includes('$')) continue;
    if ([...mounted].some((one) => named === one || named.startsWith(`${one}/`))) continue;
    notes.push({
      kind: 'form-unmounted-file',
      path,
      span: valueSpan.end > valueSpan.start ? valueSpan : nameSpan,
      ...optionFacts(name.replace(/__FILE$/, '')),
      severity: 'error',
      message: `the service ${service.name} is not given the secret ${named.slice('/run/secrets/'.length)}`,
      consequence: name.endsWith('__FILE')
        ? 'the file does not exist in the container: the option stays empty and its default holds'
        : 'the file does not exist in the container, and Grafana does not start',
      help: `name it under secrets: of the service, and under secrets: of the file`,
    });
  }
  return notes;
}

function refused(message: string, span: FormNote['span']): FormNote {
  return {
    kind: 'form-refused',
    span,
    severity: 'error',
    message,
    consequence: 'Compose refuses the file and starts nothing',
    stops: 'compose',
  };
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.replace(/[.:]$/, '');
}
