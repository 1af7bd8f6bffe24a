// The whole engine on a real store, with a clock and a platform that a test controls.
import { commands, views } from '../../commands/index.ts';
import { type App, createApp } from '../../src/app/app.ts';
import { createDispatcher } from '../../src/core/dispatcher.ts';
import { plainText } from '../../src/core/plain-text.ts';
import type { Clock, Inbox, Log, Platform } from '../../src/core/ports.ts';
import type { ChannelRef } from '../../src/core/refs.ts';
import type { Reply } from '../../src/core/reply.ts';
import type { Store } from '../../src/core/store.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { createLookup, type LookUp } from '../../src/knowledge/lookup/lookup.ts';

export const quietLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

let known: Knowledge | undefined;
export function knowledge(): Knowledge {
  known ??= loadKnowledge();
  return known;
}

let looked: LookUp | undefined;
function lookup(): LookUp {
  looked ??= createLookup(knowledge());
  return looked;
}

export interface Engine {
  readonly app: App;
  readonly inbox: Inbox;
}

/** Starts an engine; a second one on the same store is a restart or another process. */
export async function startEngine(
  store: Store,
  platforms: readonly Platform[],
  clock: Clock,
  options: {
    readonly log?: Log;
    readonly owner?: string;
    readonly knowledge?: Knowledge;
    readonly random?: () => number;
  } = {},
): Promise<Engine> {
  const log = options.log ?? quietLog;
  const random = options.random ?? Math.random;
  const byName = new Map(platforms.map((platform) => [platform.name, platform]));
  const app = createApp({
    store,
    ...(options.knowledge === undefined
      ? { knowledge: knowledge(), lookup: lookup() }
      : { knowledge: options.knowledge }),
    platforms: byName,
    clock,
    random,
    log,
    owner: options.owner ?? `test-${Math.random()}`,
    retentionDays: 30,
  });
  const inbox = createDispatcher({
    commands,
    views,
    use: app.use,
    workspaces: store.workspaces,
    hooks: app.hooks,
    capabilitiesOf: (name) => byName.get(name)?.capabilities as Platform['capabilities'],
    clock,
    random,
    log,
  });
  await app.prepare();
  return { app, inbox };
}

/** People of one channel who type and press, and read what they get as text. */
export function people(engine: () => Engine, channel: ChannelRef) {
  const person = (id: string) => ({
    by: {
      ref: { platform: channel.platform, workspace: channel.workspace, id },
      displayName: id,
      admin: id === 'admin',
    },
    channel,
    inWorkspace: true,
  });
  return {
    types: async (id: string, line: string) =>
      plainText(await engine().inbox.command({ ...person(id), line })),
    reply: (id: string, line: string): Promise<Reply> => engine().inbox.command({ ...person(id), line }),
    presses: async (id: string, reply: Reply, label: string | number) => {
      const buttons = reply.blocks.flatMap((block) => (block.type === 'choices' ? block.choices : []));
      const button =
        typeof label === 'number' ? buttons[label] : buttons.find((candidate) => candidate.label === label);
      if (button === undefined)
        throw new Error(`no button ${label}; there are ${buttons.map((b) => b.label).join(', ')}`);
      return plainText(await engine().inbox.action({ ...person(id), action: button.action }));
    },
  };
}
