// What people say around a question changes nothing about its answer.
import { describe, expect, it, test } from 'vitest';
import { asked } from './support/asking.ts';

const questions: [string, string][] = [
  ['who patches the guest operating system of EC2', 'customer'],
  ['hypervisor of EC2', 'aws'],
  ['who must renew a certificate that we imported into ACM?', 'customer'],
  ['data classification', 'customer'],
  ['guards of the data centres', 'aws'],
];

describe('a question', () => {
  test.each([
    ['a greeting', (text: string) => `Hi bot, quick one for you. ${text}`],
    ['thanks', (text: string) => `${text} Thanks a lot in advance!`],
    ['a doubt', (text: string) => `hmm ok so, ${text} no idea`],
    ['a story', (text: string) => `We talked about it in the meeting on Monday. ${text}`],
    ['capitals', (text: string) => text.toUpperCase()],
    ['the bot called by name', (text: string) => `hey @Responsibot ${text}`],
  ])('is answered the same with %s', (_, dressed) => {
    for (const [text, owner] of questions) expect(asked(dressed(text)).owner, dressed(text)).toBe(owner);
  });

  it('is not made up of thanks and greetings', () => {
    for (const text of ['good morning everyone', 'Thanks!', 'thanks for EC2 yesterday', 'hello again'])
      expect(asked(text).owner, text).toBe('unknown');
  });

  it('does not take a word in lower case for a service among words written with care', () => {
    for (const text of [
      'Who glues the sign to the wall?',
      'Who brought the glue for the paper boats?',
      'Who has a quick one?',
    ])
      expect(asked(text), text).toMatchObject({ owner: 'unknown' });
    expect(asked('Who patches the hosts below Glue?')).toMatchObject({ owner: 'aws', service: 'AWS Glue' });
  });
});
