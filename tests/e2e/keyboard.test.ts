// The whole playground without a mouse.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { inBrowser } from './browser.ts';
import { become, box, messages, questions, say } from './chat-page.ts';

/** The accessible name of what has the focus. */
const focused = (page: Page) =>
  page.evaluate(
    '(document.activeElement.getAttribute("aria-label") ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent).trim()',
  );

inBrowser('The keyboard', (visit) => {
  test('the first Tab offers to skip to the message box', async () => {
    const page = await visit.open();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the message box');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toMatch(/^Message/);
  });

  test('a command is typed with the list: arrows choose, Enter accepts, Escape closes, Enter sends', async () => {
    const page = await visit.open();
    await box(page).focus();
    await page.keyboard.type('/dai');
    const list = page.getByRole('listbox', { name: 'Suggestions' });
    await list.getByRole('option', { name: '/daily now' }).waitFor();
    expect(await box(page).getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    const active = await box(page).getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await box(page).inputValue()).toBe('/daily status');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('/l');
    await list.waitFor();
    await page.keyboard.press('Escape');
    expect(await list.isVisible()).toBe(false);
    expect(await box(page).inputValue()).toBe('/l');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('/leaderboard mon');
    await list.getByRole('option', { name: /^month/ }).waitFor();
    await page.keyboard.press('Tab');
    expect(await box(page).inputValue()).toBe('/leaderboard month');
    await page.keyboard.press('Enter');
    await messages(page)
      .last()
      .getByText(/Leaderboard, month/)
      .waitFor();
    await page.keyboard.press('ArrowUp');
    expect(await box(page).inputValue()).toBe('/leaderboard month');
  });

  test('a question is completed by the bot itself', async () => {
    const page = await visit.open();
    await box(page).focus();
    await page.keyboard.type('/who patches EC');
    const option = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option').first();
    await option.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await box(page).inputValue()).toBe('/who patches Amazon EC2');
    await page.keyboard.press('Enter');
    await messages(page).last().getByRole('list', { name: 'Sources' }).waitFor();
  });

  test('a form is a dialog: focus goes in, Escape closes it, and comes back to where it was', async () => {
    const page = await visit.open('#aws-study');
    await say(page, '/help');
    const opener = page.getByRole('button', { name: 'Set up the daily question' }).first();
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const time = dialog.getByRole('textbox').first();
    expect(await focused(page)).toBe(await dialog.locator('label').first().textContent());
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Set up the daily question');
    await page.keyboard.press('Enter');
    await time.fill('09:30');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await messages(page).last().getByText(/09:30/).first().waitFor();
  });

  test('a form that is for administrators opens for nobody else, and says so', async () => {
    const page = await visit.open('#platform-team');
    await become(page, 'Ben');
    await say(page, '/help');
    await page.getByRole('button', { name: 'Set up the daily question' }).first().press('Enter');
    await messages(page)
      .last()
      .getByText(/administrator/)
      .waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('a pressed button keeps the focus while the post under it changes', async () => {
    const page = await visit.open();
    await say(page, '/daily now');
    const post = questions(page).first();
    await post.getByText('0 answers').waitFor();
    const button = post.getByRole('group', { name: 'Choices' }).getByRole('button').first();
    const label = await button.textContent();
    await button.focus();
    await page.keyboard.press('Enter');
    await post.getByText('1 answer').waitFor();
    expect(await focused(page)).toBe(label);
  });

  test('the matrix is walked with arrows; Enter opens a cell, Escape leads back to it', async () => {
    const page = await visit.open('explore');
    const grid = page.getByRole('grid', { name: 'Services by controls' });
    await grid.getByRole('gridcell').first().waitFor();
    await page.getByRole('button', { name: 'Clear' }).focus();
    await page.keyboard.press('Tab');
    const first = await focused(page);
    expect(first).toMatch(/^(AWS|Customer|Shared|It depends|Does not apply): /);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const second = String(await focused(page));
    expect(second).not.toBe(first);
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary');
    await panel.getByRole('list', { name: 'Sources' }).waitFor();
    expect(second).toContain((await panel.getByRole('heading').first().textContent())?.split(': ')[0]);
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe(second);
    await page.keyboard.press('Control+End');
    expect(await grid.getByRole('row').last().getAttribute('aria-rowindex')).toBe(
      await grid.getAttribute('aria-rowcount'),
    );
    await page.keyboard.press('Control+Home');
    expect(await focused(page)).toBe(first);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await panel.getByRole('heading', { level: 3 }).first().waitFor();
  });
});
