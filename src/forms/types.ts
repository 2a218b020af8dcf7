/**
 * Forms that Grafana's configuration is kept in, and what reading one gives: the INI text and the environment it becomes, with
 * places in the file a person edits, and what the form does to the text on the way.
 */
import type { IniDocument } from '../document/types.js';
import type { PlacedVariable } from '../document/variable.js';
import type { LineMap, SourceFile, Span } from '../text/source.js';
import type { FormId } from './names.js';

export type { FormId } from './names.js';

/** Facts a form's reading depends on that its text does not hold. */
export interface FormFacts {
  /** Version of the Grafana Helm chart (`8.5.2`); the newest known without it. */
  readonly chartVersion?: string;
  /** `helm --set` arguments (`grafana\.ini.auth\.generic_oauth.name=x`). */
  readonly set?: readonly string[];
  /** Name of the Helm release. Without it a stand-in is shown and nothing is judged that depends on it. */
  readonly release?: string;
  /** Variables of the shell that Compose and Docker take bare names and `${NAME}` from. Without it they are not known. */
  readonly shell?: Readonly<Record<string, string | undefined>>;
  /** Variables of Ansible that other files set. Without it, one that the file does not set is not known. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Which of several Grafanas in the file to read (a service of Compose); the first one without it. */
  readonly instance?: string;
  /** Text of a file the form names (an `env_file`), by its path from the current folder; throwing means there is none. */
  readonly readFile?: (path: string) => string | Uint8Array | Promise<string | Uint8Array>;
}

/** What a form does to a text, told apart by the rules about forms (`src/rules/grafana/forms`): one rule a kind. */
export type FormNoteKind =
  /** A number becomes another text: `1.2345678e+07`, `83` for `0123`. */
  | 'form-number'
  /** A word or letter is read as a boolean or, quoted, is none (`yes`, `y`). */
  | 'form-boolean'
  /** A list becomes a text that Grafana reads as no list. */
  | 'form-list'
  /** A map where a section's value must be: `auth: { generic_oauth: … }`. */
  | 'form-nested-section'
  /** A text of several lines reaches the INI. */
  | 'form-multi-line'
  /** Quotes that become part of the value, or are lost on the way. */
  | 'form-quotes'
  /** `$NAME` that the form replaces before Grafana sees it. */
  | 'form-swallowed-variable'
  /** A template whose outcome is not known or empty. */
  | 'form-template'
  /** An expander in a place where Grafana expands nothing. */
  | 'form-stored-expander'
  /** `__FILE` without the image's start script, `_FILE` with one underscore. */
  | 'form-file-suffix'
  /** A null that becomes a text (`<nil>`) or deletes what is needed. */
  | 'form-null'
  /** Settings where the form does not look for them. */
  | 'form-wrong-place'
  /** A value of a type the API or schema refuses. */
  | 'form-type'
  /** Attributes left out that are sent as empty or false. */
  | 'form-omitted'
  /** A name the form changes or drops: `teamIDs` → `team_i_ds`, a key its schema does not know. */
  | 'form-unknown-name'
  /** Nine asterisks in place of a secret. */
  | 'form-mask'
  /** Overridden within the same file, or by what the chart or operator itself sets. */
  | 'form-overridden'
  /** A secret where anybody with the file's artefact can read it; also the chart's own refusal of it. */
  | 'form-readable-secret'
  /** A key given twice. */
  | 'form-duplicate'
  /** `$__file{}` of a path that nothing is mounted at. */
  | 'form-unmounted-file'
  /** The form's own tool refuses the file. */
  | 'form-refused';

export interface FormNote {
  readonly kind: FormNoteKind;
  /** File it points into, where that is not the one read (an `env_file`). */
  readonly path?: string;
  /** Place in the file: the value for what is said of a value, the key for a name, the section's key for what is missing. */
  readonly span: Span;
  readonly section?: string;
  readonly option?: string;
  readonly severity?: 'error' | 'warning' | 'info';
  /** As in `Finding`: what is wrong, what it causes, what to do. Never a secret's value. */
  readonly message: string;
  readonly consequence?: string;
  readonly help?: string;
  readonly failOpen?: boolean;
  /** What stands there is not what its author meant: findings of other rules at the place follow from it. */
  readonly root?: boolean;
  readonly fix?: { readonly description: string; readonly edits: readonly { span: Span; newText: string }[] };
  /**
   * The tool of this stage gives up, so that Grafana gets nothing (`configmap-yaml`, `render`, `kubernetes-api`, `compose`,
   * `terraform`, `grafana-sso-api`, `ansible`, `entrypoint`, `nix-eval`, `values`).
   */
  readonly stops?: string;
}

/** What a file becomes. */
export interface FormReading {
  readonly form: FormId;
  readonly file: SourceFile;
  readonly lines: LineMap;
  /** INI texts Grafana is started with, in their order; of the database forms what is stored (`stored`). */
  readonly documents: readonly IniDocument[];
  /** Variables of Grafana's process, weakest first. */
  readonly variables: readonly PlacedVariable[];
  readonly notes: readonly FormNote[];
  /** Names of all Grafanas in the file, where there may be several. */
  readonly instances?: readonly string[];
  /** Objects whose variables Grafana also gets and that are not in the file: `Secret oauth`. */
  readonly unread?: readonly string[];
  /** Grafana runs in a container: files that settings name with `$__file{…}` are not those of this machine. */
  readonly container?: boolean;
  /** Other files that were read for it (`env_file`), for code frames. */
  readonly alongside?: readonly SourceFile[];
}

/** Reads one form; never throws for bad text. */
export type FormReader = (file: SourceFile, facts: FormFacts) => FormReading | Promise<FormReading>;
