// A real Chromium for the journeys; where none is found the tests say so, and fail where REQUIRE_BROWSER is set.
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { type Served, servePlayground } from '../support/web/serve.ts';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const named = process.env.CHROMIUM_PATH;
const path = (named === undefined ? CANDIDATES : [named]).find((candidate) => existsSync(candidate));

/** Why the journeys cannot run here, or undefined. */
const noBrowser =
  path === undefined
    ? 'skipped: no Chromium was found (install chromium, or set CHROMIUM_PATH to one)'
    : undefined;

export function launchBrowser(): Promise<Browser> {
  if (path === undefined) throw new Error(noBrowser);
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

export interface Visit {
  readonly served: Served;
  /** A new visitor with a page of their own. What the page complains about fails the test. */
  open(path?: string, options?: BrowserContextOptions): Promise<Page>;
}

/** Tests that look at the whole bot through a browser, each file with a bot of its own. */
export function inBrowser(title: string, tests: (visit: Visit) => void): void {
  if (noBrowser !== undefined) {
    if (process.env.REQUIRE_BROWSER === '1') throw new Error(`REQUIRE_BROWSER=1, but ${noBrowser}`);
    process.stderr.write(`\n${title}, in the browser: ${noBrowser}\n`);
  }
  describe.skipIf(noBrowser !== undefined)(
    noBrowser === undefined ? title : `${title} (${noBrowser})`,
    () => {
      let browser: Browser;
      let served: Served;
      const complaints: string[] = [];
      beforeAll(async () => {
        [browser, served] = await Promise.all([launchBrowser(), servePlayground()]);
      });
      afterAll(async () => {
        await browser?.close();
        await served?.close();
      });
      afterEach(async () => {
        await Promise.all(browser.contexts().map((context) => context.close()));
        expect(complaints.splice(0)).toEqual([]);
      });
      tests({
        get served() {
          return served;
        },
        async open(path = '', options = {}) {
          const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
          context.setDefaultTimeout(10_000);
          const page = await context.newPage();
          page.on('pageerror', (error) => complaints.push(String(error)));
          page.on('console', (message) => {
            // Lost connections and refused requests are part of some journeys; the browser notes them as errors.
            const expected = /net::ERR_|status of 413/.test(message.text());
            if (message.type() === 'error' && !expected) complaints.push(message.text());
          });
          await page.goto(served.url + path);
          return page;
        },
      });
    },
  );
}
