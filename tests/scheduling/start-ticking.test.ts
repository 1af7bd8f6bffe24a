// The tick: at once, every minute, never two at a time, and never silenced by a failure or a late beat.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Log } from '../../src/core/ports.ts';
import { startTicking } from '../../src/scheduling/start-ticking.ts';

const MINUTE = 60_000;
const quietLog = (lines: string[] = []): Log => {
  const write = (_fields: object, message: string) => void lines.push(message);
  return { debug: () => {}, info: () => {}, warn: write, error: write };
};

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 25, 8, 59, 30) });
});
afterEach(() => {
  vi.useRealTimers();
});

it('ticks at once and then at the start of every minute', async () => {
  const at: number[] = [];
  const ticking = startTicking(async () => void at.push(new Date().getSeconds()), quietLog());
  expect(at).toEqual([30]);
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(at).toEqual([30, 0, 0, 0]);
  await ticking.stop();
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(at).toHaveLength(4);
});

it('goes on after a tick that failed, and says so', async () => {
  const lines: string[] = [];
  let ticks = 0;
  const ticking = startTicking(async () => {
    ticks += 1;
    throw new Error('no database');
  }, quietLog(lines));
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(ticks).toBe(2);
  expect(lines).toEqual(['a tick failed', 'a tick failed']);
  await ticking.stop();
});

it('never runs two ticks at once, makes up for the one that came meanwhile, and stop waits for it', async () => {
  let running = 0;
  let most = 0;
  let ticks = 0;
  const ends: (() => void)[] = [];
  const ticking = startTicking(async () => {
    ticks += 1;
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
  }, quietLog());
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(ticks).toBe(1);
  ends.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(ticks).toBe(2);
  let stopped = false;
  const stop = ticking.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(stopped).toBe(false);
  ends.shift()?.();
  await stop;
  expect(most).toBe(1);
});

it('ticks for a beat that came late, as after a suspended laptop', async () => {
  let ticks = 0;
  const ticking = startTicking(async () => {
    ticks += 1;
  }, quietLog());
  vi.setSystemTime(Date.now() + 8 * 60 * MINUTE + 10_000);
  await vi.advanceTimersByTimeAsync(31_000);
  expect(ticks).toBeGreaterThan(1);
  await ticking.stop();
});
