// Counts and times what platforms ask of the bot, by standing before its inbox.
import type { Clock, Inbox } from '../core/ports.ts';
import type { Metric } from './prometheus.ts';

type Kind = 'command' | 'action' | 'suggest' | 'view';

export interface Meter {
  readonly inbox: Inbox;
  metrics(): readonly Metric[];
}

/** The same inbox, with every call counted and timed. */
export function createMeter(inbox: Inbox, clock: Clock): Meter {
  const totals = new Map<string, { kind: Kind; platform: string; calls: number; ms: number }>();
  const timed = async <T>(kind: Kind, platform: string, run: () => Promise<T>): Promise<T> => {
    const key = `${kind} ${platform}`;
    const total = totals.get(key) ?? { kind, platform, calls: 0, ms: 0 };
    totals.set(key, total);
    const begun = clock.now();
    try {
      return await run();
    } finally {
      total.calls += 1;
      total.ms += clock.now() - begun;
    }
  };
  const values = (of: (total: { calls: number; ms: number }) => number) =>
    [...totals.values()].map((total) => ({
      labels: { kind: total.kind, platform: total.platform },
      value: of(total),
    }));
  return {
    inbox: {
      ...inbox,
      command: (call) => timed('command', call.channel.platform, () => inbox.command(call)),
      action: (press) => timed('action', press.channel.platform, () => inbox.action(press)),
      suggest: (partial) => timed('suggest', partial.channel.platform, () => inbox.suggest(partial)),
      view: (name, call) => timed('view', call.channel.platform, () => inbox.view(name, call)),
    },
    metrics: () => [
      {
        name: 'responsibot_calls_total',
        help: 'Commands, button presses, completions and views answered.',
        type: 'counter',
        values: values(({ calls }) => calls),
      },
      {
        name: 'responsibot_call_seconds_total',
        help: 'Time that answering them took.',
        type: 'counter',
        values: values(({ ms }) => ms / 1000),
      },
    ],
  };
}
