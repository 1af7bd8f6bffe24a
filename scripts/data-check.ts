// `npm run data:check`: checks data/ and reports gaps, stale dates and contradictions; `--all` lists every service's coverage.
import { compileData } from '../src/knowledge/compile.ts';
import { type Finding, reportData } from '../src/knowledge/data-report.ts';
import { DataError } from '../src/knowledge/read-yaml.ts';

const today = new Date().toISOString().slice(0, 10);
try {
  const data = compileData('data');
  const findings = reportData(data, today);
  const of = (level: Finding['level']) => findings.filter((finding) => finding.level === level);
  const shown = process.argv.includes('--all') ? findings : [...of('error'), ...of('warning')];
  for (const { level, file, text } of shown) console.log(`${level}: ${file}: ${text}`);
  const rulings = data.services.reduce((sum, service) => sum + service.rulings.length, 0);
  console.log(
    `${data.services.length} services × ${data.controls.length} controls, ${rulings} rulings of services: ${of('error').length} errors, ${of('warning').length} warnings`,
  );
  if (of('error').length > 0) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof DataError)) throw error;
  for (const problem of error.problems) console.error(problem);
  process.exitCode = 1;
}
