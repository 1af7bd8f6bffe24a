// From `npm start` to the first page served, beyond what importing the dependencies alone takes. Goal: below 1 s.
import { once } from 'node:events';
import { median, spawnDependencies, startPlayground } from './support/bot-process.ts';

const RUNS = 5;
const GOAL_MS = 1000;

async function toFirstPage(command: 'npm start' | 'node'): Promise<number> {
  const begun = performance.now();
  const bot = await startPlayground(command);
  const response = await fetch(bot.url);
  await response.text();
  const took = performance.now() - begun;
  await bot.stop();
  if (!response.ok) throw new Error(`the page answered ${response.status}`);
  return took;
}

async function toDependencies(): Promise<number> {
  const begun = performance.now();
  const child = spawnDependencies('process.exit();');
  await once(child, 'exit');
  return performance.now() - begun;
}

const times = { npm: [] as number[], node: [] as number[], dependencies: [] as number[] };
for (let run = 0; run < RUNS; run++) {
  times.npm.push(await toFirstPage('npm start'));
  times.node.push(await toFirstPage('node'));
  times.dependencies.push(await toDependencies());
}
const [npm, node, peer] = [median(times.npm), median(times.node), median(times.dependencies)];
const ms = (value: number) => `${value.toFixed(0)} ms`;
console.log(
  `start: npm start to first page ${ms(npm)}, dependencies alone ${ms(peer)}, ratio ${(npm / peer).toFixed(2)}: ${ms(npm - peer)} beyond (goal: below ${ms(GOAL_MS)})`,
);
console.log(`start: of which npm itself takes ${ms(npm - node)}; the bot alone is ${ms(node - peer)} beyond`);
