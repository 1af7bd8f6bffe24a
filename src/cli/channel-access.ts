// Whether the bot may post where a Discord schedule says so: asked of Discord, channel by channel.
import type { DiscordConfig } from '../config/read-config.ts';
import type { Log } from '../core/ports.ts';
import { formatRef } from '../core/refs.ts';
import type { Store } from '../core/store.ts';
import { systemClock as clock } from '../system-clock.ts';
import type { Finding } from './doctor.ts';

const WORKSPACES_MAX = 1000;
/** Each channel costs some requests, so a large bot gets a sample. */
const CHANNELS_MAX = 25;

/** One finding for each channel that lacks a right, and one for all that lack none. */
export async function* channelAccess(store: Store, config: DiscordConfig, log: Log): AsyncGenerator<Finding> {
  const workspaces = await store.workspaces.list(WORKSPACES_MAX);
  const own = workspaces.filter(({ ref, leftAt }) => ref.platform === 'discord' && leftAt === undefined);
  const schedules = [];
  for (const { ref } of own) {
    if (schedules.length < CHANNELS_MAX) schedules.push(...(await store.schedules.list(ref)));
  }
  const asked = schedules.slice(0, CHANNELS_MAX);
  if (asked.length === 0) return;
  const { createDiscord } = await import('../adapters/discord/index.ts');
  const platform = createDiscord(config, { clock, log, fatal: () => {} });
  let good = 0;
  for (const { channel, thread } of asked) {
    const { missing } = await platform.check(channel, { thread });
    if (missing.length === 0) good += 1;
    else
      yield {
        name: 'permissions',
        state: 'fail',
        detail: `${formatRef(channel)} lacks ${missing.join(', ')}`,
      };
  }
  await platform.stop();
  if (good > 0)
    yield { name: 'permissions', state: 'ok', detail: `complete in ${good} of ${asked.length} channels` };
}
