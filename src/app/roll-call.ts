// Finds out which workspaces added or removed the bot while it was away.
import type { Roll } from '../core/ports.ts';
import { formatRef } from '../core/refs.ts';
import type { AppDeps } from './deps.ts';

/** What has changed is recorded as if it had been said: the store is written only for that. */
export async function callTheRoll(
  { store, clock, log }: Pick<AppDeps, 'store' | 'clock' | 'log'>,
  { platform, present, isGone }: Roll,
): Promise<void> {
  const known = await store.workspaces.ofPlatform(platform);
  const active = known.filter(({ leftAt }) => leftAt === undefined).map(({ ref }) => ref);
  const recorded = new Set(active.map(formatRef));
  for (const ref of active.filter(isGone)) {
    log.info({ workspace: formatRef(ref) }, 'the bot was removed from a workspace while it was away');
    await store.workspaces.leave(ref, clock.now());
  }
  for (const ref of present) {
    if (!recorded.has(formatRef(ref)) && !isGone(ref)) await store.workspaces.join(ref, clock.now());
  }
}
