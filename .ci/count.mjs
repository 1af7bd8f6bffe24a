// Prints "<passed> <failed>" from Vitest's JSON report; a run that ended badly without a failed test counts as one failure.
import { readFileSync } from 'node:fs';

const [path, code] = process.argv.slice(2);
let passed = 0;
let failed = 0;
try {
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed = report.numPassedTests;
  failed = report.numFailedTests;
} catch {
  process.stderr.write('Vitest left no report.\n');
}
if (failed === 0 && (code !== '0' || passed === 0)) failed = 1;
process.stdout.write(`${passed} ${failed}\n`);
