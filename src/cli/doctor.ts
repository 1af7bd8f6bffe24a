// `responsibot doctor`: checks configuration, data, database and platforms, and shows what failed quietly.
import type { Command } from 'commander';
import type { Act, CliIo } from './cli-io.ts';
import { environmentOf, writeLine } from './cli-io.ts';

/** One thing that was looked at. `note` is worth knowing but no failure. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'note' | 'fail';
  /** One sentence: what is fine, or what to do. */
  readonly detail: string;
}

export function addDoctor(program: Command, act: Act): void {
  program
    .command('doctor')
    .description('check configuration, data, database and platforms; 1 where something fails')
    .option('--json', 'print one JSON object a finding')
    .action(act(run));
}

async function run(io: CliIo, { json }: { readonly json?: true }) {
  const { examine } = await import('./doctor-checks.ts');
  let failed = false;
  for await (const finding of examine(environmentOf(io), io)) {
    failed ||= finding.state === 'fail';
    await writeLine(io.stdout, json ? JSON.stringify(finding) : lineOf(finding));
  }
  if (!json) await writeLine(io.stdout, failed ? '\nSomething needs attention.' : '\nAll is well.');
  return failed ? 1 : 0;
}

function lineOf({ name, state, detail }: Finding): string {
  return `${{ ok: 'ok  ', note: 'note', fail: 'FAIL' }[state]}  ${name}: ${detail}`;
}
