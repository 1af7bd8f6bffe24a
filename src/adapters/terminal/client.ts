// The terminal itself: lines in, messages out, and a prompt that stays below what is printed.
import { clearLine, createInterface, cursorTo } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface TerminalStreams {
  readonly input: Readable;
  readonly output: Writable & { readonly isTTY?: boolean };
}

export interface TerminalClient {
  /** The next line, or undefined when no more will come. */
  next(prompt: string): Promise<string | undefined>;
  /** Prints a message above the prompt, in one write. */
  print(text: string): void;
  /** No more lines are read. */
  close(): void;
}

export function createClient(
  { input, output }: TerminalStreams,
  complete: (line: string) => Promise<readonly string[]>,
): TerminalClient {
  const shown = output.isTTY === true;
  const lines = createInterface({
    input,
    output,
    terminal: shown,
    prompt: '',
    completer: (line: string, done: (error: null, result: [string[], string]) => void) => {
      void complete(line).then((found) => done(null, [[...found], line]));
    },
  });
  const reading = lines[Symbol.asyncIterator]();
  let waiting = false;
  return {
    async next(prompt) {
      lines.setPrompt(shown ? prompt : '');
      waiting = true;
      if (shown) lines.prompt();
      const { value, done } = await reading.next();
      waiting = false;
      return done ? undefined : value;
    },
    print(text) {
      if (shown && waiting) {
        clearLine(output, 0);
        cursorTo(output, 0);
      }
      output.write(`${text}\n\n`);
      if (shown && waiting) lines.prompt(true);
    },
    close: () => lines.close(),
  };
}
