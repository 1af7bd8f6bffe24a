// Bolt's logger → ours. Debug lines hold whole payloads, so they go nowhere.
import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../core/ports.ts';
import { messageOf } from './errors.ts';

/** Messages only, tokens taken out; never payloads. */
export function boltLogger(log: Log): Logger {
  const say = (parts: readonly unknown[]) => parts.map(messageOf).join(' ').slice(0, 1000);
  return {
    debug: () => {},
    info: (...parts: unknown[]) => log.debug({ from: 'bolt' }, say(parts)),
    warn: (...parts: unknown[]) => log.warn({ from: 'bolt' }, say(parts)),
    error: (...parts: unknown[]) => log.warn({ from: 'bolt' }, say(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
