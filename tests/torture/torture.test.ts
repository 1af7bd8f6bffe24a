// A short torture, so that the suite notices what `npm run torture` would: a dozen kills instead of five hundred.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { quietLog } from '../support/app-bot.ts';
import { torture } from './run-torture.ts';
import { verify } from './verify.ts';

test('A bot that is killed a dozen times posts every question once and keeps every result it told', {
  timeout: 300_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'responsibot-torture-'));
  const tortured = await torture({ kills: 12, seed: Date.now() % 1_000_000, channels: 4, folder });
  const store = openStore({ url: tortured.databaseUrl, log: quietLog });
  try {
    const { questions, results, faults } = await verify(store, tortured);
    expect(faults).toEqual([]);
    expect(questions).toBeGreaterThan(4);
    expect(results).toBeGreaterThan(4);
  } finally {
    await store.close();
    await tortured.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
