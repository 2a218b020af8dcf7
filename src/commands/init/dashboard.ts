/** `init dashboard`: the JWT login of Dashboard. */

import {
  CLAIM_FLAGS,
  type ClaimSetting,
  DASHBOARD_FORMS,
  type DashboardAnswers,
  type DashboardForm,
  dashboardConfiguration,
  dashboardPeople,
  dashboardSettings,
  type GroupRow,
  mergeGroups,
  readAddress,
  readClaimName,
  readGroupRow,
  readSiteUrl,
  SECRET_PLACE,
} from '../../dashboard/initial-settings.js';
import { EXIT, type ExitCode, UsageError } from '../../errors.js';
import type { DashboardInitReport, DashboardPersonResult } from '../../report/init-dashboard.js';
import type { SourceFile } from '../../text/source.js';
import type { CommandContext } from '../command.js';
import { Asker } from './ask.js';
import type { InitOptions } from './options.js';

const FILE_NAMES: Readonly<Record<DashboardForm, string>> = {
  env: 'dashboard.env',
  compose: 'compose.override.yaml',
  'config-yml': 'config.yml',
};

export async function initDashboard(context: CommandContext, options: InitOptions): Promise<ExitCode> {
  const form = formOf(options);
  refuseOthers(options);
  const answers = await readAnswers(context, options);
  const path = options.output === undefined || options.output === '-' ? FILE_NAMES[form] : options.output;
  const text = dashboardConfiguration(answers, {
    form,
    service: options.service ?? 'dashboard',
    comments: ['Written by auth-cli init dashboard'],
  });
  const file: SourceFile = { path, text, ...(form === 'env' ? { form: 'env' } : {}) };
  const { dashboard } = await import('../../products/dashboard.js');
  const version = options.dashboardVersion === undefined ? {} : { productVersion: options.dashboardVersion };
  const { findings, version: read } = await dashboard.validate([file], version);
  const prepared = await dashboard.prepare({ files: [file], ...version });
  const people: DashboardPersonResult[] = [];
  for (const { name, claims, before } of dashboardPeople(answers)) {
    const { outcome, user, denial } = await prepared.resolve(
      { id_token_claims: claims, ...(before === undefined ? {} : { currentGroups: before }) },
      { trace: false },
    );
    const ids = (key: string) => (user?.[key] as readonly number[] | undefined) ?? [];
    people.push({
      name,
      outcome,
      email: (user?.['email'] as string | undefined) ?? null,
      created: user?.['created'] === true,
      groups: ids('groups'),
      removed: ids('removed'),
      ...(denial === null ? {} : { because: denial.message }),
    });
  }
  const { MB_JWT_SHARED_SECRET: _secret, ...settings } = dashboardSettings(answers);
  const report: DashboardInitReport = {
    product: 'dashboard',
    version: read,
    form,
    text,
    settings,
    people,
    siteUrl: answers.siteUrl,
    idpUri: answers.idpUri,
    secret: SECRET_PLACE[form],
    findings,
  };
  const { dashboardAfter, dashboardBefore, dashboardJson } = await import('../../report/init-dashboard.js');
  if (context.format === 'json') await context.print(dashboardJson(report));
  else {
    await context.note(dashboardBefore(report, context.errStyle));
    await context.print(text);
    await context.note(dashboardAfter(report, context.errStyle, options.output));
  }
  return EXIT.ok;
}

function formOf({ form = 'env' }: InitOptions): DashboardForm {
  const name = form === 'env-file' ? 'env' : form;
  const found = DASHBOARD_FORMS.find((one) => one === name);
  if (found !== undefined) return found;
  throw new UsageError(`the settings of Dashboard cannot be written as ${form}`, {
    because: `its forms are ${DASHBOARD_FORMS.join(', ')}`,
  });
}

/** Options of other products would be read as if they counted. */
function refuseOthers(options: InitOptions): void {
  const hints = {
    role: 'Dashboard has groups: --group analysts=3',
    rootUrl: 'the address of Dashboard is given with --site-url',
    issuer: 'the address people are sent to is given with --idp-uri',
    secretFile: 'the secret comes from the environment of Dashboard',
    preset: 'an app of your own signs the tokens: --idp-uri',
    clientId: 'JWT login knows no clients',
  } as const;
  for (const [key, hint] of Object.entries(hints) as [keyof typeof hints, string][])
    if (options[key] !== undefined)
      throw new UsageError(`--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} is not for dashboard`, {
        hint,
      });
  if (options.idpUri !== undefined && options.issuerUri !== undefined && options.idpUri !== options.issuerUri)
    throw new UsageError('--idp-uri and --issuer-uri exclude each other', { because: 'they are one and the same' });
}

const IDP_EXAMPLE = 'https://login.acme.org/sso';

const readIdpUri = (text: string) => readAddress(text, '--idp-uri', IDP_EXAMPLE);

/** A reader that throws, as a check of an answer. */
const checkedBy =
  (read: (text: string) => unknown) =>
  (text: string): true | string => {
    try {
      read(text);
      return true;
    } catch (error) {
      return (error as Error).message;
    }
  };

async function readAnswers(context: CommandContext, options: InitOptions): Promise<DashboardAnswers> {
  const given = options.idpUri ?? options.issuerUri;
  const idpGiven = given === undefined ? undefined : readIdpUri(given);
  const siteGiven = options.siteUrl === undefined ? undefined : readSiteUrl(options.siteUrl);
  const rows = options.group?.map(readGroupRow);
  const names: Readonly<Record<ClaimSetting, string | undefined>> = {
    MB_JWT_ATTRIBUTE_EMAIL: options.emailAttribute,
    MB_JWT_ATTRIBUTE_FIRSTNAME: options.firstNameAttribute,
    MB_JWT_ATTRIBUTE_LASTNAME: options.lastNameAttribute,
    MB_JWT_ATTRIBUTE_GROUPS: options.claim,
  };
  const claims: Partial<Record<ClaimSetting, string>> = {};
  for (const [setting, name] of Object.entries(names) as [ClaimSetting, string | undefined][])
    if (name !== undefined) claims[setting] = readClaimName(name, CLAIM_FLAGS[setting]);
  const asker = new Asker(context, options.input);
  const idpUri =
    idpGiven ??
    (await asker.text('--idp-uri', `Address people are sent to for login (${IDP_EXAMPLE})?`, checkedBy(readIdpUri))) ??
    '';
  const siteUrl =
    siteGiven ??
    (await asker.text(
      '--site-url',
      'Address of Dashboard in the browser (https://dashboard.acme.org)?',
      checkedBy(readSiteUrl),
    )) ??
    '';
  asker.finish();
  // Without a terminal no table is an answer too: groups are given in Dashboard.
  const groups = mergeGroups(rows ?? (asker.canAsk && !complete(idpGiven, siteGiven) ? await askGroups(asker) : []));
  return { idpUri, siteUrl, claims, groups };
}

const complete = (...given: readonly unknown[]) => given.every((one) => one !== undefined);

async function askGroups(asker: Asker): Promise<readonly GroupRow[]> {
  const rows: GroupRow[] = [];
  for (;;) {
    const message =
      rows.length === 0
        ? 'Which group of the token is in which groups of Dashboard (such as analysts=3; empty: groups are given in Dashboard)?'
        : 'And the next (empty: no more)?';
    const answer = await asker.optional(message, (text) => (text === '' ? true : checkedBy(readGroupRow)(text)));
    if (answer === '') return rows;
    rows.push(readGroupRow(answer));
  }
}
