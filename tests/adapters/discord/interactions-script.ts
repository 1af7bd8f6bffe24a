// The commands, actions and the question that the tests of Discord's interactions talk about.
import type { ActionInfo, CommandSpec } from '../../../src/core/command.ts';
import { choices, heading, reply } from '../../../src/core/reply.ts';

const base = {
  examples: ['x'],
  access: 'everyone',
  visibility: 'private',
  where: 'anywhere',
  details: [],
} as const;
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'who',
    summary: 'Who is responsible',
    subcommands: [],
    leaf: {
      ...base,
      name: 'who',
      summary: 'Who',
      args: {
        question: {
          kind: 'text',
          summary: 'What',
          required: true,
          rest: true,
          maxLength: 1_000,
          suggests: true,
        },
      },
    },
  },
  {
    name: 'daily',
    summary: 'The daily question',
    subcommands: [
      {
        ...base,
        name: 'set',
        summary: 'Set it',
        access: 'admin',
        where: 'workspace',
        args: {
          time: { kind: 'text', summary: 'When', required: true },
          close: { kind: 'integer', summary: 'Hours' },
          feedback: { kind: 'choice', summary: 'How', choices: ['instant', 'sealed'] },
        },
      },
      { ...base, name: 'now', summary: 'Now', visibility: 'public', args: {} },
    ],
  },
  {
    name: 'question',
    summary: 'Questions',
    subcommands: [
      {
        ...base,
        name: 'suggest',
        summary: 'Suggest one',
        args: { text: { kind: 'text', summary: 'It', required: true } },
        form: {
          title: 'Suggest a question',
          submit: 'Send',
          fields: [
            { id: 'text', label: 'The question', required: true, multiline: true },
            {
              id: 'level',
              label: 'How hard',
              choices: [
                { label: 'Easy', value: 'easy' },
                { label: 'Hard', value: 'hard' },
              ],
            },
          ],
        },
      },
    ],
  },
];
export const ACTIONS: Readonly<Record<string, ActionInfo>> = {
  'daily.answer': { access: 'everyone', visibility: 'private' },
  'who.share': { access: 'everyone', visibility: 'public' },
  'daily.setup': {
    access: 'admin',
    visibility: 'private',
    form: { title: 'Settings', submit: 'Save', fields: [{ id: 'time', label: 'Time', initial: 0 }] },
  },
};
export const question = reply(
  heading('Daily question'),
  choices(
    { label: 'AWS', action: { name: 'daily.answer', args: ['41', '0'] } },
    { label: 'Share', action: { name: 'who.share', args: ['7'] } },
    { label: 'Settings', action: { name: 'daily.setup', args: ['09:00'] } },
  ),
);
