// A newcomer's minute on the chat page, in a real browser with the whole bot behind it.
import { expect, test } from 'vitest';
import { inBrowser } from './browser.ts';
import { become, board, box, labels, messages, questions, say } from './chat-page.ts';

inBrowser('The chat page', (visit) => {
  test('a newcomer presses a hint, and sees the ruling with its source and picture', async () => {
    const page = await visit.open();
    await page.getByRole('button', { name: '/who patches EC2' }).click();
    const answer = messages(page).last();
    await answer.getByText('The customer').first().waitFor();
    expect(await answer.getByRole('heading').first().textContent()).toContain('Amazon EC2');
    expect(await answer.getByText('Only you can see this').count()).toBe(1);
    const source = answer.getByRole('list', { name: 'Sources' }).getByRole('link').first();
    expect(await source.getAttribute('href')).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(await source.getAttribute('rel')).toContain('noopener');
    const picture = answer.getByRole('img').first();
    expect(await picture.getAttribute('alt')).toMatch(/\w{5}/);
    const width = await picture.evaluate((image: { naturalWidth: number }) => image.naturalWidth);
    expect(width).toBeGreaterThan(100);
    expect(await picture.getAttribute('width'), 'the room is kept before it loads').toBe(String(width));
  });

  test('a shared ruling reaches everybody, the private one nobody else', async () => {
    const [ada, ben] = [await visit.open(), await visit.open()];
    await become(ben, 'Ben');
    await say(ada, '/who encrypts S3 objects');
    await messages(ada).last().getByRole('button', { name: 'Share' }).click();
    const shared = messages(ben).last();
    await shared.getByText('Ada pressed').waitFor();
    expect(await shared.getByText('Only you can see this').count()).toBe(0);
    expect(await messages(ben).getByText('/who encrypts S3 objects').count()).toBe(0);
  });

  test('the administrator posts the question, two answer, a second press is refused, the board moves', async () => {
    const [ada, ben, chidi] = [await visit.open(), await visit.open(), await visit.open()];
    await become(ben, 'Ben');
    await become(chidi, 'Chidi');
    await say(ben, '/daily now');
    await messages(ben).last().getByText('No question is open').waitFor();

    await say(ada, '/daily now');
    const post = (page: typeof ada) => questions(page).first();
    await post(ben).waitFor();
    await post(chidi).waitFor();
    const { right, wrong } = await labels(visit.served);

    await post(ben).getByRole('button', { name: right, exact: true }).click();
    await messages(ben).last().getByText('Right!').waitFor();
    await post(chidi).getByRole('button', { name: wrong, exact: true }).click();
    await messages(chidi).last().getByText('Not quite').waitFor();
    expect(await messages(ada).getByText('Right!').count()).toBe(0);

    await post(ben).getByRole('button', { name: wrong, exact: true }).click();
    await messages(ben).last().getByText('You have answered this one already').waitFor();

    await board(ada)
      .getByRole('row', { name: /1 Ben 10 1\/1/ })
      .waitFor();
    await board(ada)
      .getByRole('row', { name: /2 Chidi 0 0\/1/ })
      .waitFor();
    await board(ben).getByText('You are number 1 of 2.').waitFor();
    await post(ada).getByText('2 answers').waitFor();
  });

  test('after a restart of the bot the page comes back by itself, with the question and its buttons', async () => {
    const page = await visit.open();
    await questions(page).first().waitFor();
    await visit.served.restart();
    await page.getByRole('status').getByText('connection is lost').waitFor({ state: 'hidden' });
    await become(page, 'Dana');
    const { right } = await labels(visit.served);
    await questions(page).getByRole('button', { name: right, exact: true }).click();
    await messages(page).last().getByText('Right!').waitFor();
  });

  test('a channel nobody looks at counts its new messages, and has an address of its own', async () => {
    const [ada, ben] = [await visit.open(), await visit.open('#aws-study')];
    await become(ben, 'Ben');
    await ben.getByRole('heading', { name: '#aws-study', level: 1 }).waitFor();
    await say(ada, '/service Lambda');
    await messages(ada).last().getByRole('button', { name: 'Share' }).click();
    await ben.getByRole('link', { name: /general 1 new/ }).click();
    await messages(ben).last().getByText('AWS Lambda').first().waitFor();
    await ben.getByRole('link', { name: /general/, exact: false }).waitFor();
    expect(await ben.getByText('1 new').count()).toBe(0);
  });

  test('a page that was away counts what came to the channels it does not look at', async () => {
    const ben = await visit.open('#aws-study');
    await ben.getByRole('heading', { name: '#aws-study', level: 1 }).waitFor();
    await visit.served.restart();
    const general = { platform: 'web', workspace: 'playground', id: 'general' };
    const reply = { blocks: [{ type: 'text' as const, text: 'Said while you were away' }] };
    const key = { id: 'away', kind: 'notice' as const, since: 0 };
    await visit.served.web.post(general, reply, { key, retry: false });
    await ben.getByRole('link', { name: /general 1 new/ }).click();
    await messages(ben).last().getByText('Said while you were away').waitFor();
  });

  test('emoji, right-to-left text, HTML and mentions stay text', async () => {
    const page = await visit.open();
    for (const text of [
      '<img src=x onerror="document.title=1">',
      '@everyone',
      '🦄🦄',
      'مرحبا',
      '**b** `c`',
      'x'.repeat(3_000),
    ]) {
      await say(page, `/who ${text}`);
      await messages(page).last().getByText(text.slice(0, 20)).first().waitFor();
    }
    expect(await page.title()).toContain('Responsibot');
    expect(await page.locator('img[src=x]').count()).toBe(0);
  });

  test('what is far too long gets one sentence, and stays in the box to be shortened', async () => {
    const page = await visit.open();
    await say(page, 'x'.repeat(100_000));
    await page.getByRole('status').getByText('That is too long').waitFor();
    expect((await box(page).inputValue()).length).toBe(100_000);
  });
});
