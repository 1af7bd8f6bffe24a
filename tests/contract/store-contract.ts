// What every store must do: each engine's tests call this suite with a harness of their own.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answersContract } from './store-answers.ts';
import { deliveriesContract } from './store-deliveries.ts';
import type { NewHarness, StoreHarness } from './store-fixtures.ts';
import { processesContract } from './store-processes.ts';
import { recountContract } from './store-recount.ts';
import { roundsContract } from './store-rounds.ts';
import { workspacesContract } from './store-workspaces.ts';

export interface StoreContract {
  readonly name: string;
  /** Opened and migrated. */
  readonly newHarness: NewHarness;
  /** Opened on a database in which nothing was ever made. */
  readonly newEmpty: NewHarness;
  /** Runs of the property test. */
  readonly runs: number;
}

export function storeContract({ name, newHarness, newEmpty, runs }: StoreContract): void {
  describe(`${name} keeps the store's contract`, () => {
    let current: StoreHarness | undefined;
    beforeEach(async () => {
      current = await newHarness();
    });
    afterEach(async () => {
      await current?.close();
    });
    const open = (): StoreHarness => {
      if (current === undefined) throw new Error('no store is open');
      return current;
    };

    workspacesContract(open);
    deliveriesContract(open);
    roundsContract(open);
    answersContract(open);
    processesContract(open, newEmpty);

    it('migrates again without harm, and answers a ping', async () => {
      const { store } = open();
      await store.workspaces.join({ platform: 'slack', workspace: 'T1' }, 1);
      await store.migrate();
      await store.ping();
      expect(await store.workspaces.list(9)).toHaveLength(1);
    });
  });
  describe(`${name} keeps the store's contract`, () => recountContract(newHarness, { runs }));
}
