// Slips of the finger: a question with one still gets its answer, and no abbreviation becomes another one.
import { describe, expect, it, test } from 'vitest';
import { asked, lookup } from './support/asking.ts';

describe('a misspelt word', () => {
  test.each([
    ['who pathces the OS on EC2', 'customer', 'a word of the matter'],
    ['who pacthes the operating system of Lambda', 'aws', 'two letters swapped'],
    ['who protects the dta centres of AWS', 'aws', 'a letter dropped from a short word'],
    ['who replaces broken hardware under AWS Btch', 'aws', 'a short name'],
    ['is the guest OS patched by AWS wjen I use Fargate', 'aws', 'a little word, no product called “wjen”'],
    ['who grants accesss to Translate', 'customer', 'a letter doubled'],
    ['Who patches the runtime of Steyp Functions?', 'aws', 'a word of a name of two words'],
  ])('%s: %s (%s)', (question, owner) => {
    expect(asked(question).owner).toBe(owner);
  });

  it('is mended to the word that people use most where two are equally near', () => {
    expect(lookup('who runs the srevers of SQS').recognised.corrections).toEqual([
      { from: 'srevers', to: 'servers' },
    ]);
  });

  test.each(['EKR', 'ECX', 'SQX', 'zorblax'])('%s stays unknown: never mended to a service', (name) => {
    expect(asked(`who patches the guest OS of AWS ${name}`).owner).toBe('unknown');
  });
});
