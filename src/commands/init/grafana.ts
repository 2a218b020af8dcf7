/** `init grafana`: from options and answers to `[auth.generic_oauth]` with what it needs around it. */
import type { PayloadEnvelope, PreparedResolver } from '../../claims/resolver.js';
import { EXIT, type ExitCode, UsageError } from '../../errors.js';
import type { Remark, WriteTarget } from '../../forms/write/types.js';
import { adviceFor } from '../../init/checklist.js';
import {
  type Draft,
  draftConfiguration,
  type Gate,
  type InitAnswers,
  isGated,
  PROVIDER_SECTION,
  templateValues,
} from '../../init/configuration.js';
import { samplePeople } from '../../init/people.js';
import { claimPath, type TableClaim } from '../../init/role-expression.js';
import { deadRows, type RoleRow, readRole, readRoleRow, type TableRole } from '../../init/role-table.js';
import { withAccepted, writeDraft } from '../../init/write.js';
import { loadSamples, loadTroubles } from '../../providers/load.js';
import { fill } from '../../providers/templates.js';
import type { InitReport, PersonResult } from '../../report/init.js';
import { versionProfile } from '../../settings/versions.js';
import type { SourceFile } from '../../text/source.js';
import type { CommandContext } from '../command.js';
import { Asker, required } from './ask.js';
import type { InitOptions } from './options.js';
import { type ChosenPreset, choosePreset } from './preset.js';

const DEFAULT_ROLES = ['None', 'Viewer', 'Editor', 'Admin'] as const satisfies readonly TableRole[];

export async function initGrafana(context: CommandContext, options: InitOptions): Promise<ExitCode> {
  const answers = await readAnswers(context, options);
  const { facts, version } = answers;
  const target =
    options.form === undefined ? 'ini' : options.form === 'env' ? 'env-file' : (options.form as WriteTarget);
  const draft = draftConfiguration(answers);
  const written = await writeDraft(draft, target, {
    version,
    path: options.output === undefined || options.output === '-' ? FILE_NAMES[target] : options.output,
    comments: [`Written by auth-cli init --preset ${facts.id}`],
    ...(options.chartVersion === undefined ? {} : { chartVersion: options.chartVersion }),
    ...(options.service === undefined ? {} : { service: options.service }),
    ...(options.name === undefined ? {} : { name: options.name }),
  });
  refuseGaps(written.left, target);
  const check = (files: readonly SourceFile[]) => findingsOf(context, files, answers, options);
  const first = await check(filesOf(written));
  const accepted = [...draft.accepted, ...written.accepted];
  const file = withAccepted(written.file, accepted, first);
  const beside = written.beside && withAccepted(written.beside, accepted, first);
  const files = filesOf({ file, beside });
  const settings = draft.sections.find(({ section }) => section === PROVIDER_SECTION)!.settings;
  const troubles = (await loadTroubles(facts.id))!;
  const report: InitReport = {
    product: 'grafana',
    version: version.asked,
    preset: { id: facts.id, name: facts.name, covers: answers.details.covers },
    issuer: answers.issuer ?? null,
    form: target,
    text: file.text,
    ...(beside === undefined ? {} : { beside: beside.text }),
    sections: draft.sections,
    accepted,
    people: await resolvePeople(answers, draft),
    advice: adviceFor(answers, settings, troubles),
    findings: await check(files),
    notes: [
      ...answers.notes,
      ...remarks(answers),
      ...written.changed.map(({ key, reason }) => `${key} means something else in this form: ${reason}`),
      ...written.notes,
    ],
    secret: answers.secretFile ?? written.references.find(({ key }) => key === 'client_secret')?.where ?? null,
  };
  const { initAfter, initBefore, initJson } = await import('../../report/init.js');
  if (context.format === 'json') await context.print(initJson(report));
  else {
    await context.note(initBefore(report, context.errStyle));
    await context.print(file.text);
    await context.note(initAfter(report, context.errStyle, options.output));
  }
  return EXIT.ok;
}

/** What such files are usually called: names that say what they are. */
const FILE_NAMES: Readonly<Record<WriteTarget, string>> = {
  ini: 'grafana.ini',
  'env-file': 'grafana.env',
  'docker-env-file': 'grafana.env',
  systemd: 'grafana-server',
  compose: 'compose.override.yaml',
  'compose-list': 'compose.override.yaml',
  helm: 'values.yaml',
  'helm-env': 'values.yaml',
  kps: 'values.yaml',
  operator: 'grafana.yaml',
  configmap: 'configmap.yaml',
  secret: 'secret.yaml',
  'pod-env': 'patch.yaml',
  ansible: 'grafana.yml',
  nix: 'grafana.nix',
  terraform: 'grafana.tf',
  'sso-api': 'sso.json',
};

/** A configuration without one of its settings is another one. */
function refuseGaps(left: readonly Remark[], target: WriteTarget): void {
  const [first] = left;
  if (first === undefined) return;
  const names = [...new Set(left.map(({ key, section }) => key ?? section))];
  throw new UsageError(`${names.join(' and ')} cannot be written as ${target}`, {
    because: first.reason,
    hint: 'choose another --form, or simpler names',
  });
}

type Files = { readonly file: SourceFile; readonly beside?: SourceFile | undefined };

const filesOf = ({ file, beside }: Files): readonly SourceFile[] => (beside ? [beside, file] : [file]);

interface Answers extends InitAnswers {
  readonly issuer?: string;
  readonly notes: readonly string[];
}

async function readAnswers(context: CommandContext, options: InitOptions): Promise<Answers> {
  const asker = new Asker(context, options.input);
  const version = versionProfile(options.grafanaVersion)!;
  checkTogether(options);
  const rootGiven = options.rootUrl === undefined ? undefined : readRootUrl(options.rootUrl);
  const rowsGiven = options.role?.map(readRoleRow);
  const defaultRole =
    options.defaultRole === undefined ? undefined : readRole(options.defaultRole, '--default-role', DEFAULT_ROLES);
  const preset = await choosePreset(context, options, asker);
  const clientId =
    options.clientId ?? (await asker.text('--client-id', 'Client id that the provider gave out?', required)) ?? '';
  const rootUrl =
    rootGiven ??
    (await asker.text('--root-url', 'Address of Grafana in the browser (https://grafana.acme.org)?', (text) => {
      try {
        readRootUrl(text);
        return true;
      } catch (error) {
        return (error as Error).message;
      }
    })) ??
    '';
  const rows = rowsGiven ?? (options.keepRoles ? [] : await askRows(asker, preset));
  const others = await askOthers(asker, options, rows, defaultRole);
  const gate = await askGate(asker, options, rows, others);
  asker.finish();
  const { facts, details, variables, found, issuer, notes } = preset!;
  const table = details.grafana.table;
  const values = templateValues({ variables, clientId, rootUrl, ...(found ? { found } : {}) });
  const path = claimPath(options.claim ?? fill(table.claim, values));
  const claim: TableClaim =
    options.groupsDelimiter !== undefined
      ? { path, shape: 'delimited', delimiter: options.groupsDelimiter }
      : { path, shape: options.claim === undefined ? table.shape : table.shape === 'map' ? 'map' : 'list' };
  return {
    facts,
    details,
    variables,
    ...(found ? { found } : {}),
    ...(issuer ? { issuer } : {}),
    notes,
    clientId,
    rootUrl,
    ...(options.secretFile === undefined ? {} : { secretFile: options.secretFile }),
    rows,
    claim,
    others,
    gate,
    ...(options.buttonName === undefined ? {} : { buttonName: options.buttonName }),
    version,
  };
}

function checkTogether(options: InitOptions): void {
  const both = (one: unknown, other: unknown, flags: string) => {
    if (one !== undefined && one !== false && other !== undefined && other !== false)
      throw new UsageError(`${flags} exclude each other`);
  };
  both(options.strict, options.defaultRole, '--strict and --default-role');
  both(options.keepRoles, options.role, '--keep-roles and --role');
  both(options.keepRoles, options.strict, '--keep-roles and --strict');
  both(options.keepRoles, options.defaultRole, '--keep-roles and --default-role');
  if (options.groupsDelimiter === '') throw new UsageError('--groups-delimiter must not be empty');
  if (options.claim !== undefined && claimPath(options.claim).some((name) => name === ''))
    throw new UsageError(`--claim cannot be "${options.claim}"`, {
      because: 'it is the name of a claim, such as groups, realm_access.roles or cognito:groups',
    });
  const secret = options.secretFile;
  if (secret !== undefined && (!/^([/]|[A-Za-z]:[\\/])/.test(secret) || /[{}\s]/.test(secret)))
    throw new UsageError(`--secret-file cannot be "${secret}"`, {
      because: 'Grafana needs the whole path, without blanks and braces, as it sees it on its own machine',
    });
  for (const domain of options.allowedDomain ?? [])
    if (!/^[^\s@,"/:]+\.[^\s@,"/:]+$/.test(domain) && domain !== 'localhost')
      throw new UsageError(`--allowed-domain cannot be "${domain}"`, {
        because: 'it is what stands behind the @, such as acme.org',
      });
}

/** @throws UsageError for what is no address of a web page. */
export function readRootUrl(text: string): string {
  const fail = (because: string) => new UsageError(`--root-url cannot be "${text}"`, { because });
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw fail(`it is the address people open in the browser, such as https://grafana.acme.org`);
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw fail('it must hold no user name or password');
  if (url.search !== '' || url.hash !== '') throw fail('it has no query and no fragment');
  if (/\/login\/?/.test(url.pathname)) throw fail('it is the start page, not the login page');
  return text;
}

async function askRows(asker: Asker, preset: ChosenPreset | undefined): Promise<readonly RoleRow[]> {
  const flag = '--role GROUP=ROLE (or --keep-roles)';
  if (!asker.canAsk) {
    asker.missing(flag);
    return [];
  }
  const table = preset!.details.grafana.table;
  const example = table.rows.map(([value, role]) => `${value}=${role}`)[0]!;
  const rows: RoleRow[] = [];
  for (;;) {
    const message =
      rows.length === 0
        ? `Which ${table.what} gets which role (such as ${example}; empty: roles are given in Grafana)?`
        : 'And the next (empty: no more)?';
    const answer = await asker.optional(message, (text) => {
      try {
        if (text !== '') readRoleRow(text);
        return true;
      } catch (error) {
        return (error as Error).message;
      }
    });
    if (answer === '') return rows;
    rows.push(readRoleRow(answer));
  }
}

async function askOthers(
  asker: Asker,
  options: InitOptions,
  rows: readonly RoleRow[],
  defaultRole: TableRole | undefined,
): Promise<TableRole | 'refused'> {
  if (defaultRole !== undefined) return defaultRole;
  if (options.strict || rows.length === 0 || options.role !== undefined || !asker.canAsk) return 'refused';
  const answer = await asker.choice('--default-role or --strict', 'Everybody else?', [
    { value: 'refused', name: 'is refused' },
    { value: 'Viewer', name: 'may enter as Viewer' },
    { value: 'Editor', name: 'may enter as Editor' },
  ]);
  return answer as TableRole | 'refused';
}

async function askGate(
  asker: Asker,
  options: InitOptions,
  rows: readonly RoleRow[],
  others: TableRole | 'refused',
): Promise<Gate> {
  const gate: Gate = {
    domains: options.allowedDomain ?? [],
    groups: options.allowedGroup ?? [],
    teams: options.team ?? [],
    anyone: options.anyone ?? false,
  };
  const asked = rows.length > 0 || options.keepRoles === true || asker.canAsk;
  if (gate.anyone || isGated({ rows, others, gate }) || !asked) return gate;
  const flag = '--allowed-domain, --allowed-group or --anyone';
  const who = await asker.choice(flag, 'Who may enter?', [
    { value: 'domain', name: 'people whose e-mail address is in a domain' },
    { value: 'group', name: 'members of a group' },
    { value: 'anyone', name: 'everybody with an account at the provider' },
  ]);
  if (who === undefined) return gate;
  if (who === 'anyone') return { ...gate, anyone: true };
  const name = await asker.text(flag, who === 'domain' ? 'Which domain (acme.org)?' : 'Which group?', required);
  return who === 'domain' ? { ...gate, domains: [name!] } : { ...gate, groups: [name!] };
}

/** Settings decide, whatever form they are written in. */
async function resolvePeople(answers: Answers, draft: Draft): Promise<readonly PersonResult[]> {
  const { grafana } = await import('../../products/grafana.js');
  const prepared: PreparedResolver = await grafana.prepare({
    files: [(await writeDraft(draft, 'ini', { version: answers.version, path: 'grafana.ini', comments: [] })).file],
    section: PROVIDER_SECTION,
    productVersion: answers.version.asked,
  });
  const results: PersonResult[] = [];
  for (const person of samplePeople(answers, await loadSamples(answers.facts.id))) {
    const { outcome, user, denial } = await prepared.resolve(person.payload as PayloadEnvelope, { trace: false });
    const role = user?.['grafanaAdmin'] === true ? 'GrafanaAdmin' : (user?.['role'] as string | undefined);
    results.push({
      name: person.name,
      kind: person.kind,
      outcome,
      role: outcome === 'allowed' ? (role ?? '') : null,
      ...(person.row === undefined ? {} : { row: person.row }),
      ...(denial === null ? {} : { rule: denial.rule, because: denial.message }),
      ...(person.note === undefined ? {} : { note: person.note }),
    });
  }
  return results;
}

async function findingsOf(
  context: CommandContext,
  files: readonly SourceFile[],
  answers: Answers,
  { chartVersion }: InitOptions,
) {
  const { validateGrafana } = await import('../../products/grafana-validate.js');
  const { findings } = await validateGrafana(files, {
    productVersion: answers.version.asked,
    now: context.host.now() / 1000,
    ...(chartVersion === undefined ? {} : { forms: { chartVersion } }),
  });
  return findings;
}

/** What is true of the answers and worth a line. */
function* remarks({ rows, others, gate, facts, version }: Answers): Generator<string> {
  for (const { value, role } of deadRows(rows))
    yield `--role ${value}=${role} never counts: an earlier row has the same name`;
  if (rows.length > 0 && others === 'refused' && !rows.some(({ role }) => role === 'Viewer'))
    yield 'whom no row fits is refused; name a group of Viewers, or let others in with --default-role';
  if (gate.anyone && facts.open) yield `anybody in the world can get an account at ${facts.name}`;
  if (facts.id === 'github' || facts.id === 'google')
    yield `Grafana has a connector of its own for ${facts.name}, [auth.${facts.id}], which knows more of it`;
  if (version.note) yield version.note;
}
