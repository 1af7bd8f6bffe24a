// The store's contract between processes: killed ones lose nothing acknowledged, competing ones share without doubles.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  channelOf,
  type NewHarness,
  newDelivery,
  postRounds,
  type StoreHarness,
  user,
  workspaceBoard,
  world,
} from './store-fixtures.ts';
import { expectRecounted } from './store-recount.ts';

const script = fileURLToPath(new URL('store-child.ts', import.meta.url));

interface Child {
  readonly process: ChildProcess;
  readonly lines: AsyncIterableIterator<string>;
}

function start(task: string, url: string, owner = ''): Child {
  const child = spawn(process.execPath, [script, task, url, owner], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  return { process: child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function rest({ lines }: Child): Promise<string[]> {
  const found: string[] = [];
  for await (const line of { [Symbol.asyncIterator]: () => lines }) found.push(line);
  return found;
}

export function processesContract(open: () => StoreHarness, newEmpty: NewHarness): void {
  describe('processes', () => {
    it.each([3, 40, 150])('killed after %i acknowledged answers have lost none of them', async (count) => {
      const { store, url } = open();
      const [round = ''] = await postRounds(store, [1]);
      const child = start('answer', url, round);
      const acknowledged: string[] = [];
      while (acknowledged.length < count) {
        const { value, done } = await child.lines.next();
        if (done) throw new Error('the process ended by itself');
        acknowledged.push(value);
      }
      child.process.kill('SIGKILL');
      await once(child.process, 'exit');
      // What it had said before the kill arrived counts as well.
      acknowledged.push(...(await rest(child)));
      for (const id of acknowledged)
        expect(await store.answers.get(round, user(id))).toMatchObject({ points: 10 });
      const { answers } = (await store.rounds.get(round))!;
      expect(answers).toBeGreaterThanOrEqual(acknowledged.length);
      // What was in flight is there as a whole or not at all.
      expect(await store.standings.board(workspaceBoard, { top: 1, around: 0 })).toMatchObject({
        members: answers,
      });
      expect((await store.rounds.answered(round)).length).toBe(answers);
    });

    it('that claim at the same time never get the same delivery', async () => {
      const { store, url } = open();
      const many = Array.from({ length: 300 }, (_, i) => newDelivery(1, { channel: channelOf(i) }));
      await store.deliveries.addAll(many);
      const claimed = (await Promise.all(['p1', 'p2'].map((owner) => rest(start('claim', url, owner)))))
        .flat()
        .filter((line) => line !== 'ready');
      expect(claimed.toSorted()).toEqual(many.map(({ id }) => id).toSorted());
    });

    it('that record the same answers at the same time count each of them once', async () => {
      const { store, url } = open();
      for (const channel of world.channels) await postRounds(store, world.days, { channel });
      const said = (
        await Promise.all(['forwards', 'backwards'].map((way) => rest(start('compete', url, way))))
      ).flat();
      expect(said).toHaveLength(2 * world.rounds.length * world.members.length);
      expect(said.filter((word) => word === 'recorded')).toHaveLength(said.length / 2);
      await expectRecounted(store);
    });

    it('that start at once on an empty database all find it migrated', async () => {
      const empty = await newEmpty();
      const said = await Promise.all([1, 2, 3].map(() => rest(start('migrate', empty.url))));
      expect(said.flat()).toEqual(['migrated', 'migrated', 'migrated']);
      await empty.store.migrate();
      expect(await empty.store.deliveries.counts()).toMatchObject({ pending: 0 });
      await empty.close();
    });
  });
}
