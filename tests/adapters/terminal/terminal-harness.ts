// A terminal for tests: a person who types lines and reads what is printed.
import { PassThrough, Writable } from 'node:stream';
import { createTerminal, terminalChannel, terminalUser } from '../../../src/adapters/terminal/index.ts';
import type { Inbox, Log } from '../../../src/core/ports.ts';
import type { PlatformHarness, SeenMessage } from '../../contract/platform-contract.ts';

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export interface TerminalHarness extends PlatformHarness {
  /** Everything printed so far, one entry a message. */
  readonly printed: readonly string[];
  /** Types lines without waiting. */
  enter(...lines: readonly string[]): void;
  /** Resolves with the next message printed. */
  nextMessage(): Promise<string>;
  /** Resolves when the person has left. */
  readonly left: Promise<void>;
}

export async function startTerminal(inbox: Inbox): Promise<TerminalHarness> {
  const printed: string[] = [];
  const waiting: ((text: string) => void)[] = [];
  const gone = Promise.withResolvers<void>();
  const input = new PassThrough();
  const output = new Writable({
    write(chunk, _encoding, done) {
      const text = String(chunk).trimEnd();
      printed.push(text);
      waiting.shift()?.(text);
      done();
    },
  });
  const platform = createTerminal({ input, output }, { log: silent, left: gone.resolve });
  await platform.start(inbox);
  const nextMessage = () => new Promise<string>((resolve) => waiting.push(resolve));
  const enter = (...lines: readonly string[]) => void input.write(lines.map((line) => `${line}\n`).join(''));
  const all = async () => printed.map(seen);
  const unused = () => {
    throw new Error('a terminal has no such failure');
  };
  return {
    platform,
    channel: terminalChannel,
    lostChannel: { ...terminalChannel, id: 'elsewhere' },
    person: terminalUser,
    printed,
    enter,
    nextMessage,
    left: gone.promise,
    posts: all,
    directs: all,
    async types(line) {
      const answer = nextMessage();
      enter(line);
      return seen(await answer, 0);
    },
    loseNextResponse: unused,
    forgetRecent: unused,
    failFrom: unused,
    takeRights: unused,
    hold: unused,
    async close() {
      input.end();
      await platform.stop();
    },
  };
}

function seen(text: string, index: number): SeenMessage {
  const buttons = [...text.matchAll(/^\[\d+\] (.*)$/gm)].map((match) => match[1] ?? '');
  return { id: KEYS[index] ?? String(index), text, buttons };
}
/** The contract posts these keys first. */
const KEYS = ['key-a'];
