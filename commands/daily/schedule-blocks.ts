// A schedule in words: its settings and its next three posts in the channel's own zone.

import { dayName, daysText } from '../../src/app/schedule-input.ts';
import { formatInstant } from '../../src/core/plain-text.ts';
import type { Block, Text } from '../../src/core/reply.ts';
import type { Schedule } from '../../src/core/store.ts';
import type { BotContext } from '../command.ts';

export async function scheduleBlocks(lead: string, schedule: Schedule, ctx: BotContext): Promise<Block[]> {
  const next = await ctx.use.schedules.next(schedule, ctx.now, 3);
  const facts: { label: string; value: Text }[] = [
    { label: 'Closes', value: closesText(schedule) },
    { label: 'Feedback', value: schedule.feedback === 'sealed' ? 'sealed: when it closes' : 'instant' },
    { label: 'Topic', value: schedule.topic === undefined ? 'all' : ctx.use.bank.topicTitle(schedule.topic) },
    { label: 'Difficulty', value: schedule.difficulty ?? 'learned from answers' },
    ...(ctx.capabilities.threads ? [{ label: 'Thread', value: schedule.thread ? 'on' : 'off' }] : []),
    { label: 'Digest', value: schedule.digest === undefined ? 'off' : `every ${dayName(schedule.digest)}` },
    ...(schedule.skips.length === 0 ? [] : [{ label: 'Skipped', value: schedule.skips.join(', ') }]),
  ];
  return [
    {
      type: 'text',
      text: [`${lead} `, { bold: `${daysText(schedule.days)} at ${schedule.time}, ${schedule.zone}` }, '.'],
    },
    ...(schedule.paused === undefined
      ? []
      : [
          {
            type: 'text' as const,
            text: [
              { bold: 'Paused' },
              `: ${schedule.paused.reason}. `,
              { code: '/daily resume' },
              ' goes on.',
            ],
          },
        ]),
    { type: 'facts', facts },
    ...(schedule.paused === undefined
      ? [
          {
            type: 'text' as const,
            text:
              next.length === 0
                ? 'There is no next post.'
                : `Next: ${next.map((slot) => formatInstant(slot.at, schedule.zone)).join(' · ')}`,
          },
        ]
      : []),
  ];
}

function closesText({ closeHours }: Schedule): string {
  if (closeHours === undefined) return 'at the next question';
  return closeHours === 1 ? 'after 1 hour' : `after ${closeHours} hours`;
}
