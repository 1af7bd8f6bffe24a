// /daily set: the channel's schedule.
import { type Form, reply } from '../../src/core/reply.ts';
import { defineLeaf } from '../command.ts';
import { matchTopics } from '../topics.ts';
import { scheduleBlocks } from './schedule-blocks.ts';
import { suggestZones } from './zones.ts';

export const setArgs = {
  time: { kind: 'text', summary: 'HH:MM, in the zone', maxLength: 5 },
  zone: { kind: 'text', summary: 'time zone, such as Europe/Berlin', maxLength: 60, suggests: true },
  days: { kind: 'text', summary: 'daily, weekdays, or days such as mon,wed,fri', maxLength: 60 },
  close: { kind: 'integer', summary: 'hours until it closes; 0: at the next question', min: 0, max: 168 },
  feedback: { kind: 'choice', summary: 'when a member learns the result', choices: ['instant', 'sealed'] },
  topic: { kind: 'text', summary: 'only this topic; any for all', maxLength: 60, suggests: true },
  difficulty: { kind: 'choice', summary: 'only this difficulty', choices: ['any', 'easy', 'medium', 'hard'] },
  thread: { kind: 'choice', summary: 'opens a thread under each question', choices: ['on', 'off'] },
  digest: { kind: 'text', summary: 'weekly digest: off, or a weekday such as mon', maxLength: 10 },
} as const;

/** The button's arguments fill the fields beforehand: time, zone, days. */
export const setForm: Form = {
  title: 'Daily question',
  submit: 'Save',
  fields: [
    { id: 'time', label: 'Time', hint: '09:00', required: true, maxLength: 5, initial: 0 },
    { id: 'zone', label: 'Time zone', hint: 'Europe/Berlin', required: true, maxLength: 60, initial: 1 },
    { id: 'days', label: 'Days', hint: 'daily, weekdays, or mon,wed,fri', maxLength: 60, initial: 2 },
  ],
};

/** As {@link setForm}, with the channel to choose where the platform lets people choose one. */
export const settingsForm: Form = {
  ...setForm,
  fields: [
    ...setForm.fields,
    { id: 'channel', label: 'Channel', kind: 'channel', required: true, initial: 3 },
  ],
};

export const set = defineLeaf({
  name: 'set',
  summary: 'Sets when this channel gets its daily question, and how',
  examples: [
    'daily set 09:00 Europe/Berlin weekdays',
    'daily set time:08:30 zone:America/New_York digest:mon',
  ],
  args: setArgs,
  access: 'admin',
  visibility: 'private',
  where: 'workspace',
  details: [
    'What you leave out stays as it was; the first time, days is daily and zone is that of the workspace (UTC until somebody sets one).',
    'A time that the clock change skips is posted at the first instant after the gap; one that occurs twice, at its first occurrence.',
    'feedback sealed: members learn the result when the question closes, not when they answer.',
  ],
  async run(args, ctx) {
    const schedule = await ctx.use.schedules.set(ctx.channel, ctx.user.ref, args, ctx.now);
    return reply(...(await scheduleBlocks('Saved. The daily question comes here', schedule, ctx)));
  },
  async suggest(option, partial, ctx) {
    if (option === 'zone') return suggestZones(partial);
    return option === 'topic' ? ['any', ...matchTopics(ctx.use.bank.topics, partial)] : [];
  },
});
