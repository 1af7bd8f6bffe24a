// The playground's place: one workspace with a few channels and pretend people. Fixed, so that refs last.
import type { Person } from '../../core/command.ts';
import type { ChannelRef, WorkspaceRef } from '../../core/refs.ts';
import type { WireChannel, WirePerson } from './wire.ts';

export const WORKSPACE: WorkspaceRef = { platform: 'web', workspace: 'playground' };

/** The first one is the administrator. Anybody may be any of them: they are pretend. */
export const PEOPLE: readonly [WirePerson, ...WirePerson[]] = [
  { id: 'ada', name: 'Ada', admin: true },
  { id: 'ben', name: 'Ben', admin: false },
  { id: 'chidi', name: 'Chidi', admin: false },
  { id: 'dana', name: 'Dana', admin: false },
  { id: 'emil', name: 'Emil', admin: false },
  { id: 'farah', name: 'Farah', admin: false },
];

export const SHARED_CHANNELS: readonly WireChannel[] = [
  { id: 'general', name: 'general', about: 'Ask who takes care of what' },
  { id: 'aws-study', name: 'aws-study', about: 'One question a day keeps the audit away' },
  { id: 'platform-team', name: 'platform-team', about: 'Where the on-call rota lives' },
];

const DIRECT = 'dm-';

export function personOf(id: unknown): Person | undefined {
  const found = PEOPLE.find((person) => person.id === id);
  return found && { ref: { ...WORKSPACE, id: found.id }, displayName: found.name, admin: found.admin };
}

/** The shared channels and the person's own conversation with the bot. */
export function channelsOf(person: string): readonly WireChannel[] {
  return [
    ...SHARED_CHANNELS,
    { id: DIRECT + person, name: 'Responsibot', about: 'Only the two of you', direct: true },
  ];
}

/** A channel that the person may read, or undefined. */
export function channelFor(person: string, id: unknown): ChannelRef | undefined {
  const found = channelsOf(person).find((channel) => channel.id === id);
  return found && { ...WORKSPACE, id: found.id };
}

export function channelExists(channel: ChannelRef): boolean {
  const here = channel.platform === WORKSPACE.platform && channel.workspace === WORKSPACE.workspace;
  return here && (SHARED_CHANNELS.some(({ id }) => id === channel.id) || directTo(channel.id) !== undefined);
}

export function directChannel(person: string): ChannelRef {
  return { ...WORKSPACE, id: DIRECT + person };
}

/** Whose direct conversation a channel is, or undefined for a shared one. */
export function directTo(channel: string): string | undefined {
  const person = channel.startsWith(DIRECT) ? channel.slice(DIRECT.length) : undefined;
  return PEOPLE.find(({ id }) => id === person)?.id;
}
