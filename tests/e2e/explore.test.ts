// The matrix page in a real browser: every service by every control, narrowed down, each cell with its source.
import { expect, test } from 'vitest';
import { knowledge } from '../support/app-bot.ts';
import { inBrowser } from './browser.ts';

inBrowser('The explore page', (visit) => {
  test('all services and controls are there, with only the rows in sight as elements', async () => {
    const page = await visit.open('explore');
    const grid = page.getByRole('grid');
    await grid.getByRole('gridcell').first().waitFor();
    const { services, controls } = knowledge();
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(services.length + 1));
    expect(await grid.getAttribute('aria-colcount')).toBe(String(controls.length + 1));
    expect(await grid.getByRole('row').count()).toBeLessThan(60);
    await page.getByText(`${services.length} of ${services.length} services`).waitFor();
  });

  test('filters narrow it down; a cell shows its reason and source, and has an address', async () => {
    const page = await visit.open('explore');
    await page.getByRole('searchbox', { name: 'Service' }).fill('amazon ec2');
    await page.getByRole('searchbox', { name: 'Control' }).fill('guest');
    const cell = page.getByRole('gridcell', {
      name: /^Customer: Guest operating system patching, Amazon EC2$/,
    });
    await cell.click();
    const panel = page.getByRole('complementary');
    const source = panel.getByRole('list', { name: 'Sources' }).getByRole('link').first();
    expect(await source.getAttribute('href')).toMatch(/^https:/);
    expect(page.url()).toMatch(/#ec2\/guest-os-patching$/);

    const friend = await visit.open('explore#ec2/guest-os-patching');
    await friend.getByRole('heading', { name: 'Amazon EC2: Guest operating system patching' }).waitFor();
    await friend.getByRole('complementary').getByRole('list', { name: 'Sources' }).waitFor();
  });

  test('an owner leaves in what has such a cell, and what matches nothing says so', async () => {
    const page = await visit.open('explore');
    await page.getByRole('gridcell').first().waitFor();
    await page.getByRole('searchbox', { name: 'Control' }).fill('physical');
    await page.getByRole('checkbox', { name: 'Customer' }).check({ force: true });
    await page
      .getByRole('status')
      .getByText(/^(Nothing matches|\d)/)
      .waitFor();
    const count = await page.getByRole('status').textContent();
    for (const name of count?.startsWith('Nothing')
      ? []
      : await page.getByRole('gridcell').allTextContents()) {
      expect(['A', 'C', 'S', 'D', '–']).toContain(name);
    }
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('searchbox', { name: 'Service' }).fill('no such service');
    await page.getByRole('status').getByText('Nothing matches: take a filter away.').waitFor();
    expect(await page.getByRole('gridcell').count()).toBe(0);
  });

  test('a service and a control have pages of their own in the panel', async () => {
    const page = await visit.open('explore#ec2');
    const panel = page.getByRole('complementary');
    await panel.getByRole('heading', { name: 'Amazon EC2', level: 2 }).waitFor();
    await panel.getByRole('link', { name: 'Guest operating system patching' }).click();
    await panel.getByRole('link', { name: 'Guest operating system patching everywhere' }).click();
    await panel.getByRole('heading', { name: 'Guest operating system patching', level: 2 }).waitFor();
    expect(await panel.getByRole('link', { name: 'AWS Lambda', exact: true }).count()).toBe(1);
    await page.goBack();
    await panel.getByRole('heading', { name: 'Amazon EC2: Guest operating system patching' }).waitFor();
  });

  test('an address that names nothing known shows the matrix and no panel', async () => {
    const page = await visit.open('explore#%3Cscript%3E/constructor');
    await page.getByRole('gridcell').first().waitFor();
    expect(await page.getByRole('complementary').count()).toBe(0);
  });
});
