// 10,000 channels due in the same minute. Goals: below 5 s of processor time beyond what a bare loop takes that posts the
// same through the same client; what people do meanwhile waits below 100 ms; memory grows by less than 50 MB.
import { runSide } from './support/outbox-side.ts';

const CHANNELS = Number(process.env.OUTBOX_BENCH_CHANNELS ?? 10_000);
const GOAL_CPU_MS = 5_000;
const GOAL_DELAY_MS = 100;
const GOAL_MB = 50;

const bare = await runSide('bare', { channels: CHANNELS, messages: 1 });
const ours = await runSide('engine', { channels: CHANNELS, messages: 1 });
const beyond = ours.cpuMs - bare.cpuMs;
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
console.log(
  `outbox: ${CHANNELS.toLocaleString('en')} channels in one minute: ours ${seconds(ours.cpuMs)} of processor time, bare loop ${seconds(bare.cpuMs)}, ratio ${(ours.cpuMs / bare.cpuMs).toFixed(2)}, beyond it ${seconds(beyond)} (goal: below 5 s)`,
);
console.log(
  `outbox: from due to all posted ${seconds(ours.wallMs)}, bare loop ${seconds(bare.wallMs)}, ratio ${(ours.wallMs / bare.wallMs).toFixed(2)}`,
);
console.log(
  `outbox: what people do meanwhile waits ${ours.delayP99Ms.toFixed(1)} ms at p99, ${ours.delayMaxMs.toFixed(1)} ms at most, bare loop ${bare.delayP99Ms.toFixed(1)} ms and ${bare.delayMaxMs.toFixed(1)} ms (goal: below ${GOAL_DELAY_MS} ms at p99)`,
);
console.log(
  `outbox: memory in use grew by ${ours.keptMb.toFixed(1)} MB, bare loop ${bare.keptMb.toFixed(1)} MB (goal: below ${GOAL_MB} MB); resident, with garbage, by ${ours.growthMb.toFixed(0)} MB, bare loop ${bare.growthMb.toFixed(0)} MB`,
);
if (ours.delayP99Ms > GOAL_DELAY_MS || beyond > GOAL_CPU_MS || ours.keptMb > GOAL_MB) process.exitCode = 1;
