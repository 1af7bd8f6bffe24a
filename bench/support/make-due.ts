// Many channels with a schedule that is due at one moment.
import SQLite from 'better-sqlite3';
import { type ChannelRef, formatRef } from '../../src/core/refs.ts';
import type { Store } from '../../src/core/store.ts';

/** Saves one schedule through the store and copies it, which is a matter of milliseconds. `due` is a full minute. */
export async function makeDue(
  store: Store,
  path: string,
  channels: readonly ChannelRef[],
  due: number,
): Promise<void> {
  const [first] = channels;
  if (first === undefined) return;
  await store.schedules.save({
    ...{ channel: first, time: new Date(due).toISOString().slice(11, 16), zone: 'UTC', skips: [] },
    ...{ days: [1, 2, 3, 4, 5, 6, 7], feedback: 'instant', thread: false, nextDue: due },
    ...{ savedAt: due - 86_400_000, savedBy: first },
  });
  const database = new SQLite(path);
  const columns = database
    .prepare<[], { name: string }>("select name from pragma_table_info('schedules') where name <> 'channel'")
    .all()
    .map(({ name }) => name)
    .join();
  const copy = database.prepare(
    `insert or ignore into schedules (channel, ${columns}) select ?, ${columns} from schedules where channel = ?`,
  );
  database.transaction(() => {
    for (const channel of channels) copy.run(formatRef(channel), formatRef(first));
  })();
  database.close();
}
