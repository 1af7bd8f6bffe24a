// Takes the pictures in docs/pictures from the real page: a few days are played, then the browser looks.
// `npx node scripts/take-pictures.ts` after a change of the page.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../tests/e2e/browser.ts';
import { labels, messages, questions, say } from '../tests/e2e/chat-page.ts';
import { testClock } from '../tests/support/test-clock.ts';
import { servePlayground } from '../tests/support/web/serve.ts';
import { createWebDriver } from '../tests/support/web/web-driver.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Who answers right on which day. */
const ANSWERS: readonly Readonly<Record<string, boolean>>[] = [
  { ada: true, ben: true, chidi: false, dana: true, emil: true },
  { ada: false, ben: true, chidi: true, dana: true, farah: true },
  { ada: true, chidi: true, dana: true, emil: false },
];

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
mkdirSync(folder, { recursive: true });
/** Monday, 08:00 in Berlin. */
const START = Date.UTC(2026, 10, 23, 7);
const clock = testClock(START);
const served = await servePlayground(clock);
const browser = await launchBrowser();
const people = createWebDriver(served.url);

await people.as('ada').types('/daily set 09:00 Europe/Berlin weekdays');
for (const [day, answers] of ANSWERS.entries()) {
  await clock.to(START + HOUR + day * DAY);
  await served.engine.app.tick();
  const post = (await people.channelPosts()).at(-1);
  const { right, wrong } = await labels(served);
  for (const [person, isRight] of Object.entries(answers)) {
    await clock.by(90_000);
    await people.as(person).presses(isRight ? right : wrong, post);
  }
}
await served.engine.app.tick();

/** Somebody answers the question of the day. */
const chat =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await page.goto(served.url);
    await page.getByRole('radio', { name }).check({ force: true });
    const post = questions(page).last();
    const { right } = await labels(served);
    await post.getByRole('button', { name: right, exact: true }).click();
    await messages(page)
      .last()
      .getByText(/Right!|already/)
      .waitFor();
    await clock.by(10_000);
    await page.getByRole('status').getByText('You are').waitFor({ state: 'hidden' });
  };

await picture('chat', ['light', 'dark'], {}, chat('Ben'));
await picture('ruling', ['light', 'dark'], {}, ruling);
await picture('explore', ['light', 'dark'], {}, explore);
await picture('chat-phone', ['light'], { viewport: { width: 390, height: 844 } }, chat('Farah'));

await browser.close();
await served.close();

/** Somebody asks. */
async function ruling(page: Page): Promise<void> {
  await page.goto(`${served.url}#aws-study`);
  await say(page, '/who patches EC2');
  await messages(page).last().getByRole('list', { name: 'Sources' }).waitFor();
}

async function explore(page: Page): Promise<void> {
  await page.goto(`${served.url}explore`);
  await page.getByRole('searchbox', { name: 'Service' }).fill('amazon e');
  await page.evaluate("location.hash = '#ec2/guest-os-patching'");
  await page.getByRole('list', { name: 'Sources' }).waitFor();
}

/** One scene, seen in each theme: `name-light.png`, `name-dark.png`. */
async function picture(
  name: string,
  themes: readonly ('light' | 'dark')[],
  options: BrowserContextOptions,
  scene: (page: Page) => Promise<void>,
) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1.5,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  await scene(page);
  // The board asks at most once a second.
  await page.waitForTimeout(1_500);
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${folder}${name}-${colorScheme}.png` });
    console.log(`docs/pictures/${name}-${colorScheme}.png`);
  }
  await context.close();
}
