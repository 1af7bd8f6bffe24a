// Slack takes one message a second in a channel. 40 channels with 20 messages due in each (the digests of twenty dates):
// the limit's minimum is 19 s, and the outbox waits for nothing else. Goal: at most 1.05 times that.
import { runSide } from './support/outbox-side.ts';

const CHANNELS = 40;
const MESSAGES = 20;
const GOAL_RATIO = 1.05;

const took = await runSide(
  'backlog',
  { channels: CHANNELS, messages: MESSAGES },
  { enforceChannelRate: true },
);
const [seconds, least] = [took.wallMs / 1000, MESSAGES - 1];
console.log(
  `outbox on Slack: ${CHANNELS} channels with ${MESSAGES} messages each in ${seconds.toFixed(2)} s, the limit's minimum ${least} s, ratio ${(seconds / least).toFixed(3)} (goal: at most ${GOAL_RATIO}); ${took.calls} calls for ${CHANNELS * MESSAGES} messages`,
);
if (seconds / least > GOAL_RATIO) process.exitCode = 1;
