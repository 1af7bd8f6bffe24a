// `responsibot ask`: who is responsible, without a chat, a database or a network. One question, or a batch of JSON lines.
import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import { type Act, type CliIo, UsageError, writeLine } from './cli-io.ts';
import type { Result } from './oracle.ts';

interface AskOptions {
  readonly json?: true;
  readonly explain?: true;
  readonly batch?: true;
}

/** A batch line longer than this is refused unread. */
const LINE_MAX = 1_000_000;

export function addAsk(program: Command, act: Act): void {
  program
    .command('ask')
    .description('ask who is responsible, such as: responsibot ask "patches EC2"')
    .argument('[question...]', 'in your own words')
    .option('--json', 'print one JSON object')
    .option('--explain', 'print what was recognised, and why it was decided so')
    .option(
      '--batch',
      'read JSON lines {"id", "query"} from standard input, print one JSON line for each, in order',
    )
    .addHelpText('after', '\nNot knowing is no failure: the exit code is 0 then too.')
    .action(act(run));
}

async function run(io: CliIo, words: readonly string[], options: AskOptions) {
  const question = words.join(' ').trim();
  if (options.batch && (question !== '' || options.explain)) {
    throw new UsageError('ask --batch reads its questions from standard input and takes no other.');
  }
  if (!options.batch && question === '') {
    throw new UsageError('ask needs a question, for example: responsibot ask "patches EC2"');
  }
  if (options.json && options.explain) throw new UsageError('ask takes --json or --explain, not both.');
  const { createOracle } = await import('./oracle.ts');
  const oracle = createOracle();
  if (options.batch) return batch(io, oracle.result);
  const text = options.json
    ? JSON.stringify(oracle.result(null, question))
    : options.explain
      ? oracle.explanation(question)
      : oracle.text(question);
  await writeLine(io.stdout, text);
  return undefined;
}

/** Never stops at a bad line: it yields an error in its place, and every line yields exactly one. */
async function batch(io: CliIo, result: (id: string | number, query: string) => Result) {
  for await (const line of linesOf(io.stdin)) {
    const asked = readEntry(line);
    const answer = 'error' in asked ? asked : result(asked.id, asked.query);
    await writeLine(io.stdout, JSON.stringify(answer));
  }
  return undefined;
}

/**
 * The lines of UTF-8, a byte order mark left out. Only a line feed ends one: node:readline would cut a JSON text at the
 * line separators that JSON allows in it. What is beyond the longest line is dropped, for it is refused anyway.
 */
async function* linesOf(input: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    const parts = (rest + decoder.decode(Buffer.from(chunk), { stream: true })).split('\n');
    rest = (parts.pop() ?? '').slice(0, LINE_MAX + 1);
    yield* parts;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

type Id = string | number;
type Entry = { readonly id: Id; readonly query: string } | { readonly id: Id | null; readonly error: string };

/** One line of a batch. `id` is null where the line has none that can be read. */
export function readEntry(line: string): Entry {
  if (line.length > LINE_MAX) return { id: null, error: `the line is longer than ${LINE_MAX} characters` };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, error: 'the line is not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { id: null, error: 'the line is not an object {"id", "query"}' };
  }
  const { id, query } = value as { id?: unknown; query?: unknown };
  if (typeof id !== 'string' && typeof id !== 'number')
    return { id: null, error: '"id" is missing or no text' };
  return typeof query === 'string' ? { id, query } : { id, error: '"query" is missing or no text' };
}
