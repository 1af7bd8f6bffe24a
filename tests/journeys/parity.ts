// Notes which command was played on which platform; `.ci/run` and `npm test` compare docs/parity.md with it.
import { appendFileSync } from 'node:fs';

/** Where the notes go, one JSON line each; nowhere where the variable is not set. */
const file = process.env.PARITY_NOTES;

export function noteParity(platform: string, line: string): void {
  const command = /^\/(daily \w+|\w+)/.exec(line)?.[1];
  if (file !== undefined && command !== undefined)
    appendFileSync(file, `${JSON.stringify({ platform, command })}\n`);
}
