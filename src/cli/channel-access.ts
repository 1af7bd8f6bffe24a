// Whether the bot may post where a schedule says so: asked of the platform, one finding a channel.
import { ConfigurationError, PlatformError } from '../core/errors.ts';
import type { Platform } from '../core/ports.ts';
import { formatRef } from '../core/refs.ts';
import type { Schedule, Store } from '../core/store.ts';
import type { Finding } from './doctor.ts';

const WORKSPACES_MAX = 1000;
/** Each channel costs some requests, so a large bot gets a sample. */
const CHANNELS_MAX = 25;

/** One finding for each channel with an active schedule; paused ones are told of elsewhere. `open` is called only where there is one. */
export async function* channelAccess(
  store: Store,
  platform: string,
  open: () => Promise<Platform['check']>,
): AsyncGenerator<Finding> {
  const schedules = await activeSchedules(store, platform);
  if (schedules.length === 0) return;
  const opening = open();
  for (const { channel, thread } of schedules) {
    const finding = (state: Finding['state'], what: string): Finding => ({
      name: 'channel',
      state,
      detail: `${formatRef(channel)} ${what}`,
    });
    try {
      const { missing } = await (await opening)(channel, { thread });
      if (missing.length === 0) yield finding('ok', 'can be posted to');
      else yield finding('fail', `cannot be posted to: ${missing.join(', ')}`);
    } catch (error) {
      if (!(error instanceof PlatformError || error instanceof ConfigurationError)) throw error;
      yield finding('fail', `could not be asked about: ${error.message}`);
    }
  }
}

async function activeSchedules(store: Store, platform: string): Promise<readonly Schedule[]> {
  const found: Schedule[] = [];
  for (const { ref, leftAt } of await store.workspaces.list(WORKSPACES_MAX)) {
    if (ref.platform !== platform || leftAt !== undefined) continue;
    found.push(...(await store.schedules.list(ref)).filter(({ paused }) => paused === undefined));
    if (found.length >= CHANNELS_MAX) break;
  }
  return found.slice(0, CHANNELS_MAX);
}
