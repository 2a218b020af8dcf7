/** A draft as the text of a file, in any form that settings can be written in. */
import { writeForm } from '../forms/write/index.js';
import {
  type Reference,
  type Remark,
  WRITE_TARGETS,
  type WriteSetting,
  type WriteTarget,
} from '../forms/write/types.js';
import type { Finding } from '../rules/rule.js';
import type { VersionProfile } from '../settings/versions.js';
import type { SourceFile } from '../text/source.js';
import { type Accepted, type Draft, type DraftSection, PROVIDER_SECTION } from './configuration.js';

export interface WriteDraftOptions {
  readonly version: VersionProfile;
  readonly path: string;
  readonly comments: readonly string[];
  readonly chartVersion?: string;
  readonly service?: string;
  readonly name?: string;
}

export interface WrittenDraft {
  readonly file: SourceFile;
  /** What has no place in the form, as a grafana.ini beside it: a database holds login providers only. */
  readonly beside?: SourceFile;
  /** What the form cannot hold. */
  readonly left: readonly Remark[];
  /** What is written and means something else there. */
  readonly changed: readonly Remark[];
  /** Where the client secret is expected. */
  readonly references: readonly Reference[];
  readonly notes: readonly string[];
  /** Findings that belong to the form. */
  readonly accepted: readonly Accepted[];
}

/** What a form must do to be read right by the tool it is for, and other tools read otherwise. */
const FORM_ACCEPTS: Partial<Record<WriteTarget, readonly Accepted[]>> = {
  'env-file': [
    {
      section: PROVIDER_SECTION,
      option: 'client_secret',
      rules: ['form-quotes'],
      reason: 'Compose needs the quotes; docker run --env-file has another form (docker-env-file)',
    },
  ],
};

/** Forms of what goes into Grafana's database, which has no other settings. */
const PROVIDER_ONLY: ReadonlySet<WriteTarget> = new Set(['terraform', 'sso-api']);

export async function writeDraft(draft: Draft, target: WriteTarget, options: WriteDraftOptions): Promise<WrittenDraft> {
  const only = PROVIDER_ONLY.has(target);
  const inside = draft.sections.filter(({ section }) => !only || section === PROVIDER_SECTION);
  const outside = draft.sections.filter((section) => !inside.includes(section));
  const write = (sections: readonly DraftSection[], form: WriteTarget, comments: readonly string[]) =>
    writeForm(form, settingsOf(sections), {
      profile: options.version,
      comments,
      ...(options.chartVersion === undefined ? {} : { chartVersion: options.chartVersion }),
      ...(options.service === undefined ? {} : { service: options.service }),
      ...(options.name === undefined ? {} : { name: options.name }),
    });
  const { text, ...rest } = await write(inside, target, options.comments);
  const beside = outside.length === 0 ? undefined : (await write(outside, 'ini', [])).text;
  return {
    ...rest,
    accepted: FORM_ACCEPTS[target] ?? [],
    file: { path: options.path, text, form: WRITE_TARGETS[target] },
    ...(beside === undefined ? {} : { beside: { path: 'grafana.ini', text: beside, form: 'ini' } }),
  };
}

function settingsOf(sections: readonly DraftSection[]): WriteSetting[] {
  return sections.flatMap(({ section, settings }) =>
    Object.entries(settings).map(
      ([key, value]): WriteSetting =>
        // Every form has its own way to refer to a secret.
        value === '' && key === 'client_secret' ? { section, key, value, hidden: true } : { section, key, value },
    ),
  );
}

/** How a comment begins. JSON has none. */
function commentMark(form: string | undefined): string | undefined {
  if (form === 'sso-api-json') return undefined;
  return form === 'ini' || form === 'k8s-configmap' || form === 'k8s-secret' ? ';' : '#';
}

/**
 * Puts comments above the places of findings that the configuration is meant to have, so that whoever checks it reads the reason
 * instead. Findings in a form without comments stay.
 */
export function withAccepted(
  file: SourceFile,
  accepted: readonly Accepted[],
  findings: readonly Finding[],
): SourceFile {
  const mark = commentMark(file.form);
  if (mark === undefined) return file;
  const above = new Map<number, string[]>();
  for (const { path, range, rule } of findings) {
    const one = accepted.find(({ rules }) => rules.includes(rule));
    if (one === undefined || range === undefined || path !== file.path) continue;
    const { line } = range.start;
    above.set(line, [...(above.get(line) ?? []), `${mark} auth-cli-ignore ${rule} -- ${one.reason}`]);
  }
  const text = file.text
    .split('\n')
    .flatMap((line, index) => {
      const indent = /^\s*/.exec(line)![0];
      return [...new Set(above.get(index + 1) ?? [])].map((comment) => indent + comment).concat(line);
    })
    .join('\n');
  return { ...file, text };
}
