// The chat page as the journeys use it: by what a person sees and hears, not by its inside.
import type { Locator, Page } from 'playwright-core';
import { knowledge } from '../support/app-bot.ts';
import type { Served } from '../support/web/serve.ts';

export const box = (page: Page): Locator => page.getByRole('combobox', { name: /Message/ });
export const messages = (page: Page): Locator => page.getByRole('log').getByRole('article');
export const board = (page: Page): Locator => page.getByRole('complementary', { name: 'Leaderboard' });

/** The posts of daily questions, newest last. */
export const questions = (page: Page): Locator =>
  messages(page).filter({ has: page.getByRole('heading', { name: 'Daily question' }) });

export async function say(page: Page, line: string): Promise<void> {
  await box(page).fill(line);
  await box(page).press('Enter');
}

export async function become(page: Page, name: string): Promise<void> {
  await page.getByRole('radio', { name }).check({ force: true });
  await page.getByRole('status').getByText(`You are ${name} now.`).waitFor();
}

/** The open round's labels as its buttons show them. */
export async function labels(served: Served): Promise<{ right: string; wrong: string }> {
  const channel = { platform: 'web', workspace: 'playground', id: 'general' };
  const [round] = await served.store.rounds.recent(channel, 1);
  const question = knowledge().questions.find(({ id }) => id === round?.question);
  if (round === undefined || question === undefined) throw new Error('no round is open');
  const short = question.choices.every((choice) => choice.length <= 60);
  const shown = round.order.map((choice, place) =>
    short ? (question.choices[choice] ?? '') : ('ABCDE'[place] ?? ''),
  );
  const right = shown[round.order.indexOf(round.answer)] ?? '';
  return { right, wrong: shown.find((label) => label !== right) ?? '' };
}
