// Resident memory of the idle playground beside a process that has loaded the same dependencies and does nothing.
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { residentMb, spawnDependencies, startPlayground } from './support/bot-process.ts';

const SETTLE_MS = 5000;

const bot = await startPlayground('node');
await (await fetch(bot.url)).text();
const peer = spawnDependencies('setInterval(() => {}, 1e9);');
if (peer.stdout !== null) await once(peer.stdout, 'data');
await after(SETTLE_MS);
const ours = residentMb(bot.pid);
const theirs = residentMb(peer.pid ?? 0);
peer.kill();
await bot.stop();
console.log(
  `idle memory: the bot ${ours.toFixed(0)} MB, its dependencies alone ${theirs.toFixed(0)} MB, ratio ${(ours / theirs).toFixed(2)}`,
);
