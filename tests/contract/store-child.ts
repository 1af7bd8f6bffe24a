// A process of its own on the store: what the contract kills, and what it lets compete. Says on standard output, at
// once, what was acknowledged.
import { writeSync } from 'node:fs';
import { openStore } from '../../src/storage/open.ts';
import { answer, user, world } from './store-fixtures.ts';

const [task, url = '', owner = ''] = process.argv.slice(2);
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const store = openStore({ url, log: quiet });
await store.migrate();
const say = (line: string) => writeSync(1, `${line}\n`);

const tasks: Record<string, () => Promise<void>> = {
  /** Answers without end, several in flight, each by another member. */
  async answer() {
    const lane = async (name: string) => {
      for (let i = 0; ; i++) {
        const id = `${name}${i}`;
        await answer(store, owner, user(id));
        say(id);
      }
    };
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map(lane));
  },
  /** Takes deliveries until none is due. */
  async claim() {
    say('ready');
    for (;;) {
      const by = { owner, now: 10_000_000, leaseMs: 60_000, limit: 7, platforms: ['slack'] };
      const mine = await store.deliveries.claim(by);
      if (mine.length === 0) break;
      for (const { id } of mine) say(id);
    }
  },
  /** Every member answers every round, each in a transaction of its own, in this process's own order. */
  async compete() {
    const all = world.rounds.flatMap(({ id }) => world.members.map((member) => ({ id, member })));
    const own = owner === 'backwards' ? all.toReversed() : all;
    for (const { id, member } of own)
      say((await answer(store, id, member, member.id < 'c' ? 0 : 1))?.said ?? '');
  },
  async migrate() {
    say('migrated');
  },
};
await tasks[task ?? '']?.();
await store.close();
