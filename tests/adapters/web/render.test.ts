// A reply as the page gets it, compared whole.
import { expect, test } from 'vitest';
import { renderReply } from '../../../src/adapters/web/render.ts';
import { choices, facts, heading, quiet, type Reply, sources, text } from '../../../src/core/reply.ts';

const form = {
  title: 'Daily question',
  submit: 'Save',
  fields: [
    { id: 'time', label: 'Time', hint: '09:00', required: true, maxLength: 5, initial: 0 },
    { id: 'channel', label: 'Channel', kind: 'channel', initial: 1 },
    { id: 'note', label: 'Note', initial: 2 },
  ],
} as const;
const infoOf = (name: string) =>
  name === 'daily.setup' ? ({ access: 'admin', visibility: 'private', form } as const) : undefined;

test('texts, facts, tables, pictures and sources arrive as they are', () => {
  const reply: Reply = {
    tone: 'good',
    blocks: [
      heading('<b>Amazon EC2</b>'),
      text([
        { bold: 'The customer' },
        ' does, see ',
        { link: 'here', url: 'https://docs.aws.amazon.com/' },
        { at: 5, zone: 'UTC' },
      ]),
      quiet('@everyone *not bold*'),
      facts({ label: 'AWS', value: [{ code: 'x' }] }),
      { type: 'table', columns: [{ label: '#', align: 'right' }], rows: [['1'], ['2']], highlight: 1 },
      { type: 'image', image: { svg: '<svg/>', alt: 'a stack', name: 'stack' } },
      sources([{ title: 'Guide', url: 'https://docs.aws.amazon.com/guide' }], '2026-11-24'),
    ],
  };
  expect(renderReply(reply, infoOf)).toEqual({ tone: 'good', blocks: reply.blocks });
});

test('a button carries its action as text, so that it works after a restart', () => {
  const button = {
    label: 'AWS',
    action: { name: 'daily.answer', args: ['7|%', '0'] },
    style: 'primary',
    disabled: true,
  } as const;
  expect(renderReply({ blocks: [choices(button)] }, infoOf)).toEqual({
    tone: 'neutral',
    blocks: [
      {
        type: 'choices',
        choices: [{ label: 'AWS', action: '1|daily.answer|7%7C%25|0', style: 'primary', disabled: true }],
      },
    ],
  });
});

test('a form becomes a button that carries it, filled from the arguments, with the channels to choose from', () => {
  const action = { name: 'daily.setup', args: ['09:00', 'general'] };
  const block = { type: 'form', label: 'Set up', action, instead: 'Type /daily set' } as const;
  expect(renderReply({ blocks: [block] }, infoOf).blocks).toEqual([
    {
      type: 'choices',
      choices: [
        {
          label: 'Set up',
          action: '1|daily.setup|09:00|general',
          form: {
            title: 'Daily question',
            submit: 'Save',
            fields: [
              { id: 'time', label: 'Time', hint: '09:00', required: true, maxLength: 5, value: '09:00' },
              {
                id: 'channel',
                label: 'Channel',
                value: 'general',
                choices: [
                  { label: '#general', value: 'general' },
                  { label: '#aws-study', value: 'aws-study' },
                  { label: '#platform-team', value: 'platform-team' },
                ],
              },
              { id: 'note', label: 'Note' },
            ],
          },
        },
      ],
    },
  ]);
});
