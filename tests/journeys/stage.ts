// What a platform must offer so that the journeys can be played on it: people who type, press and see.

import type { Clock, Platform, PlatformCapabilities } from '../../src/core/ports.ts';
import type { ChannelRef } from '../../src/core/refs.ts';
import type { InstallationStore } from '../../src/core/store.ts';

/** The cast. `admin` is an administrator by the platform's word, the others are members. */
export const CAST = ['admin', 'ann', 'bob', 'carol', 'dave', 'eve'] as const;
export type Actor = (typeof CAST)[number];

/** A message as a person reads it: no markup, no escapes; buttons by label. */
export interface Seen {
  readonly text: string;
  /** Whether only that person sees it; undefined where the platform does not tell. */
  readonly private?: boolean;
  readonly buttons: readonly string[];
}

export interface Stage {
  readonly name: string;
  readonly capabilities: PlatformCapabilities;
  /** Who of the cast can be here; where it is `admin` alone, that one plays every part. */
  readonly people: readonly Actor[];
  /** The channel in which everything happens. */
  readonly channel: ChannelRef;
  /** A new adapter on the same local platform: the first start, and every restart. */
  makePlatform(deps: { readonly clock: Clock; readonly installations: InstallationStore }): Platform;
  /** Types a command as people do there (`/who patches EC2`); resolves with what the person gets. */
  types(actor: Actor, line: string): Promise<Seen>;
  /** Presses a button of the channel's latest post, or of what the person got last. */
  presses(actor: Actor, label: string, on: 'post' | 'reply'): Promise<Seen>;
  /** What everybody sees in the channel, oldest first, as it stands now. Waits for posts in flight. */
  posts(): Promise<readonly Seen[]>;
  close(): Promise<void>;
}
