// Nothing for axe to complain about: both pages, light and dark, wide and narrow, with everything opened.
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { reply, text } from '../../src/core/reply.ts';
import { inBrowser } from './browser.ts';
import { box, messages, questions, say } from './chat-page.ts';

/** Violations as sentences: rule, what is wrong, where. */
async function violations(page: Page): Promise<string[]> {
  // Through the debugger: the page's own policy allows no foreign script.
  await page.evaluate(axe.source);
  const found = (await page.evaluate('axe.run()')) as axe.AxeResults;
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} (${target}) ${failureSummary}`),
  );
}

/** Animations would be caught half faded. */
const calm = { reducedMotion: 'reduce' } as const;

inBrowser('Accessibility', (visit) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      const view = { colorScheme, viewport: { width, height: 800 }, ...calm };

      test(`the chat page, ${colorScheme}, ${width} wide, with a talk and suggestions`, async () => {
        const page = await visit.open('', view);
        expect(await violations(page)).toEqual([]);
        await say(page, '/who patches EC2');
        await messages(page).last().getByRole('list', { name: 'Sources' }).waitFor();
        await say(page, '/daily now');
        await questions(page).first().getByRole('button').first().click();
        await messages(page)
          .last()
          .getByText(/Right!|Not quite|already/)
          .first()
          .waitFor();
        await say(page, '/daily set nonsense');
        await box(page).pressSequentially('/daily ');
        await box(page).press('ArrowDown');
        expect(await violations(page)).toEqual([]);
      });

      test(`the explore page, ${colorScheme}, ${width} wide, with a cell and a service open`, async () => {
        const page = await visit.open('explore', view);
        await page.getByRole('gridcell').first().waitFor();
        // A few cells stand for all: axe takes most of a minute for thousands of like ones.
        await page.getByRole('searchbox', { name: 'Service' }).fill('amazon ec');
        await page.getByRole('searchbox', { name: 'Control' }).fill('patching');
        expect(await violations(page)).toEqual([]);
        await page.goto(`${visit.served.url}explore#ec2/guest-os-patching`);
        await page.getByRole('list', { name: 'Sources' }).waitFor();
        expect(await violations(page)).toEqual([]);
        await page.goto(`${visit.served.url}explore#ec2`);
        await page.getByRole('heading', { name: 'Amazon EC2', exact: true }).waitFor();
        expect(await violations(page)).toEqual([]);
      });
    }
  }

  for (const [colorScheme, channel, width] of [
    ['light', 'aws-study', 1280],
    ['dark', 'platform-team', 390],
  ] as const) {
    test(`a form, ${colorScheme}, ${width} wide`, async () => {
      const page = await visit.open(`#${channel}`, {
        colorScheme,
        viewport: { width, height: 800 },
        ...calm,
      });
      await say(page, '/help');
      await page.getByRole('button', { name: 'Set up the daily question' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page)).toEqual([]);
    });
  }

  test('the theme button changes the theme, says so, and is remembered', async () => {
    const page = await visit.open('', { colorScheme: 'light' });
    const button = page.getByRole('button', { name: 'Dark theme' });
    const background = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const light = await background();
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    await button.click();
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    expect(await background()).not.toBe(light);
    await page.goto(`${visit.served.url}explore`);
    expect(await page.getByRole('button', { name: 'Dark theme' }).getAttribute('aria-pressed')).toBe('true');
  });

  test('new messages are announced, a count that moves is not', async () => {
    const channel = { platform: 'web', workspace: 'playground', id: 'platform-team' };
    const key = { id: 'announce', kind: 'test', since: 0 } as const;
    const page = await visit.open('#platform-team');
    const log = page.getByRole('log', { name: 'Messages in #platform-team' });
    await log.waitFor();
    await page.getByRole('link', { name: 'platform-team', exact: false }).waitFor();
    // What the log says of itself at the moment when something in it changes.
    await page.evaluate(`
      window.heard = [];
      const log = document.getElementById('log');
      const hear = (changes) => heard.push(...changes.map(() => log.getAttribute('aria-live')));
      new MutationObserver(hear).observe(log, { childList: true, subtree: true });
    `);
    const posted = await visit.served.web.post(channel, reply(text('0 answers')), { key, retry: false });
    await log.getByText('0 answers').waitFor();
    expect(new Set((await page.evaluate('heard.splice(0)')) as string[])).toEqual(new Set(['polite']));
    await visit.served.web.edit(posted, reply(text('1 answer')));
    await log.getByText('1 answer').waitFor();
    expect(new Set((await page.evaluate('heard')) as string[])).toEqual(new Set(['off']));
  });
});
