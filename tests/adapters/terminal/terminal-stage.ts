// The terminal as a stage: one person, lines in, text out.
import { PassThrough, Writable } from 'node:stream';
import { createTerminal, terminalChannel } from '../../../src/adapters/terminal/index.ts';
import type { Seen, Stage } from '../../journeys/stage.ts';
import { quietLog } from '../../support/app-bot.ts';

export async function terminalStage(): Promise<Stage> {
  const printed: string[] = [];
  let wake = () => {};
  let input = new PassThrough();
  /** A line, and all that is printed until the terminal has answered the next one, which asks for a button there is not. */
  const enter = async (line: string): Promise<Seen> => {
    const from = printed.length;
    input.write(`${line}\n999\n`);
    for (;;) {
      const end = printed.findIndex((text, i) => i >= from && text.startsWith('There is no button 999'));
      if (end >= 0) {
        printed.splice(end, 1);
        return seen(printed.slice(from).join('\n\n'));
      }
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const output = () =>
    new Writable({
      write(chunk, _encoding, done) {
        printed.push(String(chunk).trimEnd());
        wake();
        done();
      },
    });
  return {
    name: 'terminal',
    people: ['admin'],
    channel: terminalChannel,
    capabilities: createTerminal({ input, output: output() }, { log: quietLog }).capabilities,
    makePlatform() {
      input = new PassThrough();
      return createTerminal({ input, output: output() }, { log: quietLog });
    },
    types: (_actor, line) => enter(line),
    presses(_actor, label) {
      const shown = printed.findLast((text) => /^\[\d+\] /m.test(text)) ?? '';
      const number = [...shown.matchAll(/^\[(\d+)\] (.*)$/gm)].find((match) => match[2] === label)?.[1];
      if (number === undefined) throw new Error(`no button "${label}" in:\n${shown}`);
      return enter(number);
    },
    posts: async () => printed.map(seen),
    async close() {
      input.end();
    },
  };
}

function seen(text: string): Seen {
  return { text, buttons: [...text.matchAll(/^\[\d+\] (.*)$/gm)].map((match) => match[1] ?? '') };
}
