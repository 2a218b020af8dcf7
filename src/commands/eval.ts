/** `auth-cli eval`: one JMESPath expression, evaluated the way Grafana does. */
import { EXIT, type ExitCode, UsageError } from '../errors.js';
import { type CommandContext, defineCommand } from './command.js';
import { choiceOption } from './flags.js';
import { decodeText, readBytes, STDIN } from './inputs.js';

interface Options {
  readonly as?: 'id_token' | 'userinfo' | 'access_token';
}

export default defineCommand<Options>({
  description:
    'Evaluate a JMESPath expression the way Grafana does: what it gives, what each part of it gives, and where jmespath.org ' +
    'answers differently. Without a payload: what it can give at all. Without an expression, on a terminal: one after the other.',
  formats: ['pretty', 'json'],
  define(command) {
    command
      .argument('[expression]', 'the expression; in a shell it stands in quotes of the kind it does not hold itself')
      .argument('[payload]', 'claims or any other JSON, a JWT, a recorded login; - is standard input, and so is < FILE')
      .addOption(
        choiceOption('--as <source>', 'of a recorded login, look at this source only', [
          'id_token',
          'userinfo',
          'access_token',
        ]),
      );
  },
  examples: [
    {
      command: `auth-cli eval "contains(groups[*], 'admins') && 'Admin' || 'Viewer'" fixtures/payloads/editor.json`,
      note: 'on a payload',
    },
    {
      command: `auth-cli eval "lower(role)" --grafana-version 10.4`,
      note: 'without a payload: that 10.4 has no lower()',
      status: EXIT.failed,
    },
    { command: `cat fixtures/payloads/editor.json | auth-cli eval "groups[0]" - --json`, note: 'for a program' },
    {
      command: `auth-cli eval "contains(groups[*], 'admins') and 'Admin'"`,
      note: 'where it does not parse',
      status: EXIT.usage,
    },
  ],
  exitCodes: {
    0: 'the expression gives a value',
    1: 'it fails when it is evaluated',
    2: 'it does not parse, or the payload cannot be read',
  },
  notes: `A text result is what an option such as role_attribute_path takes; anything else counts as nothing there.
In the interactive form: :load FILE, :json TEXT, :version X.Y, :show, :help, :quit; arrow keys bring earlier lines back.`,
  async run(context, [expression, payload], { as }): Promise<ExitCode> {
    const { host, options } = context;
    const { versionProfile } = await import('../settings/versions.js');
    const profile = versionProfile(options.grafanaVersion)!;
    if (profile.note !== undefined) await context.note(profile.note);
    if (expression === undefined) {
      if (!host.stdin.isTTY || !host.stdout.isTTY || context.format === 'json')
        throw new UsageError('eval needs an expression', {
          because: 'the interactive form needs a terminal on both sides',
          hint: `auth-cli eval "contains(groups[*], 'admins')" payload.json`,
        });
      const { evalShell } = await import('./eval-shell.js');
      return evalShell(context, profile);
    }
    const [{ runExpression }, { expressionJson, formatExpression }] = await Promise.all([
      import('../claims/expression-run.js'),
      import('../report/expression.js'),
    ]);
    // A pipe is read only where "-" says so: one that stays open would never end.
    const source = payload ?? (host.stdin.isFile ? STDIN : undefined);
    const documents = source === undefined ? [] : await readDocuments(context, source, as);
    const run = await runExpression(expression, documents, profile);
    await context.print(
      context.format === 'json'
        ? expressionJson(run)
        : formatExpression(run, context.style, { quiet: options.quiet === true }),
    );
    if (run.error !== undefined) return EXIT.usage;
    if (run.results.some(({ result }) => result.error !== undefined)) return EXIT.failed;
    return run.results.length === 0 && run.reading!.alwaysFails ? EXIT.failed : EXIT.ok;
  },
});

/** The documents of a payload file. @throws UsageError with the place where it cannot be read. */
export async function readDocuments(context: CommandContext, path: string, as?: Options['as']) {
  const [{ expressionDocuments }, { PayloadError }, { LineMap }] = await Promise.all([
    import('../claims/expression-documents.js'),
    import('../claims/payload.js'),
    import('../text/source.js'),
  ]);
  const name = path === STDIN ? '<stdin>' : path;
  const text = decodeText(await readBytes(context, path, 'a payload'), name);
  try {
    const documents = expressionDocuments(text);
    const chosen =
      as === undefined ? documents : documents.filter(({ source }) => source === as || source === 'document');
    if (chosen.length > 0) return chosen;
    throw new UsageError(as === undefined ? `${name} holds no claims` : `${name} holds no ${as}`, {
      because:
        documents.length > 0
          ? `it holds ${documents.map(({ source }) => source).join(', ')}`
          : 'it has neither an ID token nor a UserInfo answer',
    });
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error;
    const place = error.offset === undefined ? undefined : new LineMap(text).position(error.offset);
    throw new UsageError(`cannot read ${name}${place === undefined ? '' : `:${place.line}:${place.column}`}`, {
      because: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}
