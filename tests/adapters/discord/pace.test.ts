// Requests to Discord are spread under its limit, and nobody who waits for an answer stands behind posts.
import { describe, expect, test } from 'vitest';
import { createPace } from '../../../src/adapters/discord/pace.ts';

describe('the pace of requests', () => {
  test('never puts more than 50 into any second, and loses little of them', async () => {
    const pace = createPace();
    const times: number[] = [];
    const begun = performance.now();
    await Promise.all(
      Array.from({ length: 120 }, () => pace.run(false, async () => times.push(performance.now() - begun))),
    );
    for (const [i, time] of times.entries()) {
      expect(times.filter((other) => other >= time && other < time + 1_000).length).toBeLessThanOrEqual(50);
      if (i > 0) expect(time).toBeGreaterThanOrEqual(times[i - 1] ?? 0);
    }
    expect(times.at(-1)).toBeLessThan(120 * 20 * 1.3);
  });

  test('makes up for a pause of the process, within the limit', async () => {
    const pace = createPace();
    const times: number[] = [];
    const work = Promise.all(
      Array.from({ length: 60 }, () => pace.run(false, async () => times.push(performance.now()))),
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const end = performance.now() + 200; performance.now() < end; );
    await work;
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(60 * 20 * 1.2);
  });

  test('lets those go first for whom somebody waits', async () => {
    const pace = createPace();
    const order: string[] = [];
    const run = (name: string, urgent: boolean) => pace.run(urgent, async () => void order.push(name));
    await Promise.all([
      run('a', false),
      run('b', false),
      run('c', false),
      ...'defghijklmno'.split('').map((name) => run(name, false)),
      run('now', true),
    ]);
    expect(order.indexOf('now')).toBeLessThan(order.indexOf('o'));
  });

  test('sends nothing while Discord asks to wait', async () => {
    const pace = createPace();
    pace.pause(150);
    const begun = performance.now();
    await pace.run(true, async () => {});
    expect(performance.now() - begun).toBeGreaterThanOrEqual(145);
  });

  test('refuses what waits when it closes, and everything after', async () => {
    const pace = createPace();
    const reason = new Error('stopping');
    const ends = Promise.allSettled(Array.from({ length: 20 }, () => pace.run(false, async () => 'sent')));
    pace.close(reason);
    const states = (await ends).map((end) => (end.status === 'rejected' ? end.reason : end.value));
    expect(states.filter((state) => state === 'sent').length).toBeLessThan(20);
    expect(states.at(-1)).toBe(reason);
    await expect(pace.run(true, async () => {})).rejects.toBe(reason);
  });
});
