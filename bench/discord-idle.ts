// The idle bot on Discord beside a bare discord.js client: resident memory, and the time from start to ready.
// Goals: at most 1.3 times the bare client's, both. The time from log-in to ready is said too: it is what remains once
// each process has loaded its own program.
import { setTimeout as after } from 'node:timers/promises';
import { median, residentMb } from './support/bot-process.ts';
import { adapterLogin, bareLogin } from './support/discord-login.ts';
import {
  type ClientProcess,
  startBareClient,
  startBot,
  startDiscordProcess,
} from './support/discord-peers.ts';

const RUNS = 5;
const LOGINS = 15;
const SETTLE_MS = 5_000;

const discord = await startDiscordProcess();
const ready = { ours: [] as number[], bare: [] as number[] };
for (let run = 0; run < RUNS; run++) {
  ready.ours.push(await readyMs(await startBot(discord)));
  ready.bare.push(await readyMs(await startBareClient(discord)));
}
const login = { ours: [] as number[], bare: [] as number[] };
for (let run = 0; run <= LOGINS; run++) {
  const [ours, bare] = [await adapterLogin(discord), await bareLogin(discord)];
  if (run === 0) continue; // warms both up, and registers the commands
  login.ours.push(ours);
  login.bare.push(bare);
}
const [bot, bare] = [await startBot(discord), await startBareClient(discord)];
await after(SETTLE_MS);
const memory = { ours: residentMb(bot.pid), bare: residentMb(bare.pid) };
await Promise.all([bot.stop(), bare.stop()]);
await discord.stop();

const [ours, peer] = [median(ready.ours), median(ready.bare)];
console.log(
  `discord idle memory: the bot ${memory.ours.toFixed(0)} MB, a bare client ${memory.bare.toFixed(0)} MB, ratio ${(memory.ours / memory.bare).toFixed(2)} (goal: at most 1.30)`,
);
console.log(
  `discord ready: the bot ${ours.toFixed(0)} ms, a bare client ${peer.toFixed(0)} ms, ratio ${(ours / peer).toFixed(2)} (goal: at most 1.30)`,
);
const [fromLogin, peerFromLogin] = [median(login.ours), median(login.bare)];
console.log(
  `discord log-in to ready: the adapter ${fromLogin.toFixed(1)} ms, a bare client ${peerFromLogin.toFixed(1)} ms, ratio ${(fromLogin / peerFromLogin).toFixed(2)} (goal: at most 1.30)`,
);

async function readyMs(client: ClientProcess): Promise<number> {
  await client.stop();
  return client.readyMs;
}
