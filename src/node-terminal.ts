/**
 * Questions to a person and the person's browser. Loaded by the few commands that need them.
 */
import { spawn } from 'node:child_process';
import { InterruptedError } from './errors.js';
import type { LineOptions, Question } from './host.js';

/** Asks on standard error, so that standard output holds results only. @throws InterruptedError on Ctrl-C or when input ends. */
export async function ask(question: Question): Promise<string | boolean | string[]> {
  const { default: inquirer } = await import('inquirer');
  const prompt = inquirer.createPromptModule({ output: process.stderr, input: process.stdin });
  const { validate, choices, ...rest } = question;
  try {
    const answers = await prompt<{ answer: string | boolean | string[] }>([
      {
        ...rest,
        name: 'answer',
        ...(choices ? { choices: [...choices] } : {}),
        ...(validate ? { validate: (answer: unknown) => validate(String(answer)) } : {}),
        ...(question.type === 'password' ? { mask: '*' } : {}),
      } as never,
    ]);
    return answers.answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw new InterruptedError();
    throw error;
  }
}

/** Lines typed at a prompt. @throws InterruptedError on Ctrl-C. */
export async function* lines(prompt: string, { complete }: LineOptions = {}): AsyncGenerator<string> {
  const { createInterface } = await import('node:readline');
  const reader = createInterface({
    input: process.stdin,
    output: process.stderr,
    prompt,
    ...(complete ? { completer: (typed: string) => [[...complete(typed)], typed] } : {}),
  });
  let interrupted = false;
  reader.once('SIGINT', () => {
    interrupted = true;
    reader.close();
  });
  try {
    reader.prompt();
    for await (const line of reader) {
      yield line;
      reader.prompt();
    }
    if (interrupted) throw new InterruptedError();
  } finally {
    reader.close();
  }
}

/** How long a browser's starter may take to say that it could not start one, in milliseconds. */
const STARTER_PATIENCE = 700;

/** Opens an address in the person's browser: the command in `BROWSER` if set (`none` for no browser), else the system's own. */
export async function openBrowser(url: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const own = env['BROWSER']?.trim();
  if (own === 'none') return false;
  try {
    const child = own ? startOwn(own, url) : await startSystem(url);
    child.unref();
    return await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(true), STARTER_PATIENCE);
      const settle = (started: boolean) => {
        clearTimeout(timer);
        resolve(started);
      };
      child.once('error', () => settle(false));
      child.once('exit', (code) => settle(code === 0));
    });
  } catch {
    return false;
  }
}

function startOwn(command: string, url: string) {
  const [name, ...words] = command.split(/\s+/);
  const args = words.some((word) => word.includes('%s'))
    ? words.map((word) => word.replaceAll('%s', url))
    : [...words, url];
  return spawn(name!, args, { stdio: 'ignore', detached: true });
}

async function startSystem(url: string) {
  const { default: open } = await import('open');
  return open(url);
}
