// A real Chromium for the journeys; where none is found the tests say so, and fail where REQUIRE_BROWSER is set.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CANDIDATES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const path = CANDIDATES.find((candidate) => candidate !== undefined && existsSync(candidate));

/** Why the journeys cannot run here, or undefined. */
export const noBrowser =
  path === undefined
    ? 'the browser journeys were skipped: no Chromium is installed here (apt-get install chromium, or set CHROMIUM_PATH)'
    : undefined;

if (noBrowser !== undefined) {
  if (process.env.REQUIRE_BROWSER === '1') throw new Error(`REQUIRE_BROWSER=1, but ${noBrowser}`);
  process.stderr.write(`\n${noBrowser}\n`);
}

export function launchBrowser(): Promise<Browser> {
  if (path === undefined) throw new Error(noBrowser);
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}
