/** The interactive form of `auth-cli eval`: type an expression, see at once what it gives. */
import type { ExpressionDocument } from '../claims/expression-documents.js';
import { runExpression } from '../claims/expression-run.js';
import { CliError, EXIT, type ExitCode, UsageError } from '../errors.js';
import { dialectOf } from '../expression/dialect.js';
import { functionsOf } from '../expression/functions.js';
import { formatExpression } from '../report/expression.js';
import { type VersionProfile, versionProfile } from '../settings/versions.js';
import { decodeGoJson } from '../text/go-json.js';
import type { CommandContext } from './command.js';
import { readDocuments } from './eval.js';

interface State {
  documents: readonly ExpressionDocument[];
  profile: VersionProfile;
}

interface ShellCommand {
  readonly operand: string;
  readonly help: string;
  /** Text to print. */
  run(state: State, operand: string, context: CommandContext): Promise<string>;
}

const COMMANDS: Readonly<Record<string, ShellCommand>> = {
  load: {
    operand: 'FILE',
    help: 'evaluate on the claims in a file (JSON, a JWT, a recorded login)',
    async run(state, operand, context) {
      if (operand === '') throw new UsageError(':load needs a file');
      state.documents = await readDocuments(context, operand);
      return summary(state);
    },
  },
  json: {
    operand: 'TEXT',
    help: 'evaluate on this JSON',
    async run(state, operand) {
      const decoded = decodeGoJson(operand);
      if (decoded.error !== undefined) throw new UsageError('that is no JSON', { because: decoded.error.message });
      state.documents = [{ source: 'document', value: decoded.value }];
      return summary(state);
    },
  },
  version: {
    operand: 'X.Y',
    help: 'evaluate as this version of Grafana',
    async run(state, operand) {
      const profile = versionProfile(operand === '' ? undefined : operand);
      if (profile === undefined)
        throw new UsageError(`"${operand}" is no version`, {
          because: 'a version is a number such as 9.4, 11 or 12.1',
        });
      state.profile = profile;
      return `Grafana ${profile.asked}`;
    },
  },
  show: {
    operand: '',
    help: 'show what is evaluated on',
    async run({ documents }) {
      if (documents.length === 0) return 'nothing is loaded; :load FILE or :json TEXT';
      return documents
        .map(({ source, value, error }) => `${source}: ${error ?? JSON.stringify(value, null, 2)}`)
        .join('\n');
    },
  },
  help: { operand: '', help: 'list these commands', run: async () => helpText() },
};

function helpText(): string {
  const rows = Object.entries(COMMANDS).map(
    ([name, { operand, help }]) => `  ${`:${name} ${operand}`.padEnd(14)} ${help}`,
  );
  return ['an expression: evaluate it', ...rows, `  ${':quit'.padEnd(14)} leave (also Ctrl-D)`].join('\n');
}

function summary({ documents }: State): string {
  return documents
    .map(({ source, value, error }) => {
      const names =
        typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : undefined;
      return `${source}: ${error ?? (names === undefined ? 'loaded' : names.join(', ') || 'no claims')}`;
    })
    .join('\n');
}

/** Reads lines until the person leaves. */
export async function evalShell(context: CommandContext, profile: VersionProfile): Promise<ExitCode> {
  const state: State = { documents: [], profile };
  await context.note('Type an expression, or :help. Without :load FILE it is only read, not evaluated.');
  for await (const line of context.host.lines('jmespath> ', { complete: (typed) => completions(state, typed) })) {
    const text = line.trim();
    if (text === '') continue;
    if (/^:q(?:uit)?$|^:exit$/.test(text)) break;
    try {
      await context.print(
        text.startsWith(':') ? `${await runCommand(state, text, context)}\n` : await evaluated(state, text, context),
      );
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      await context.report(error);
    }
  }
  return EXIT.ok;
}

async function runCommand(state: State, text: string, context: CommandContext): Promise<string> {
  const [, name = '', operand = ''] = /^:(\S*)\s*(.*)$/s.exec(text)!;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new UsageError(`there is no command :${name}`, { hint: ':help lists them' });
  return command.run(state, operand, context);
}

async function evaluated({ documents, profile }: State, expression: string, context: CommandContext): Promise<string> {
  return formatExpression(await runExpression(expression, documents, profile), context.style);
}

/** Words that may follow: commands, members of what is loaded, functions. */
function completions({ documents, profile }: State, typed: string): readonly string[] {
  if (typed.startsWith(':'))
    return Object.keys(COMMANDS)
      .map((name) => `:${name}`)
      .filter((name) => name.startsWith(typed));
  const [head, word] = /^(.*?)([A-Za-z_]\w*)?$/s.exec(typed)!.slice(1) as [string, string | undefined];
  if (word === undefined) return [];
  const members = documents.flatMap(({ value }) =>
    typeof value === 'object' && value !== null ? Object.keys(value) : [],
  );
  const names = members.map((name) => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)));
  const functions = [...functionsOf(dialectOf(profile.dialect)).keys()].map((name) => `${name}(`);
  return [...new Set([...names, ...functions])].filter((name) => name.startsWith(word)).map((name) => head + name);
}
