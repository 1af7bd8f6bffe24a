// The choice of question, as properties.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChannelHistory } from '../../src/core/store.ts';
import { choiceOrder, pick } from '../../src/quiz/pick.ts';
import type { Question } from '../../src/quiz/question.ts';

const bank: Question[] = Array.from({ length: 40 }, (_, i) => ({
  id: `q-${i}`,
  topic: ['data', 'network'][i % 2] ?? '',
  difficulty: (['easy', 'medium', 'hard'] as const)[i % 3] ?? 'easy',
  text: `Question ${i}`,
  choices: ['a', 'b', 'c', 'd'],
  answer: i % 4,
  why: '',
  source: 'https://docs.aws.amazon.com/',
}));

const fresh: ChannelHistory = { asked: [], rating: 1500, topics: new Map() };
const ratings = new Map<string, number>();

function play(rounds: number, seed: string, history: ChannelHistory = fresh): string[] {
  const asked: { question: string; localDate: string }[] = [];
  for (let i = 0; i < rounds; i++) {
    const question = pick({ bank, ratings, history: { ...history, asked }, seed: `${seed}${i}` });
    asked.push({ question: question?.id ?? '', localDate: String(i) });
  }
  return asked.map((use) => use.question);
}

describe('The question of a slot', () => {
  test('is never repeated before the bank is used up', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const ids = play(bank.length * 2, seed);
        expect(new Set(ids.slice(0, bank.length)).size).toBe(bank.length);
        expect(new Set(ids.slice(bank.length)).size).toBe(bank.length);
      }),
      { numRuns: 25 },
    );
  });

  test('is the same for the same seed and history', () => {
    expect(play(5, 'x')).toEqual(play(5, 'x'));
    expect(play(5, 'x')).not.toEqual(play(5, 'y'));
  });

  test('keeps to the topic and difficulty asked for, and there is none where the bank has none', () => {
    const question = pick({ bank, ratings, history: fresh, seed: 's', topic: 'network', difficulty: 'hard' });
    expect(question).toMatchObject({ topic: 'network', difficulty: 'hard' });
    expect(pick({ bank, ratings, history: fresh, seed: 's', topic: 'cooking' })).toBeUndefined();
  });

  test('comes sooner from a topic that the channel gets wrong', () => {
    const topics = new Map([
      ['data', { answers: 40, right: 4 }],
      ['network', { answers: 40, right: 38 }],
    ]);
    const first = Array.from({ length: 300 }, (_, i) =>
      pick({ bank, ratings, history: { ...fresh, topics }, seed: `s${i}` }),
    );
    const share = first.filter((question) => question?.topic === 'data').length / first.length;
    expect(share).toBeGreaterThan(0.75);
  });

  test('fits the channel: a strong channel gets hard ones more often than a weak one', () => {
    const hard = (rating: number) =>
      Array.from({ length: 400 }, (_, i) =>
        pick({ bank, ratings, history: { ...fresh, rating }, seed: `s${i}` }),
      ).filter((question) => question?.difficulty === 'hard').length;
    expect(hard(1900)).toBeGreaterThan(hard(1300) * 1.3);
  });
});

describe('The order of choices', () => {
  test('is a permutation drawn from the seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...bank), (seed, question) => {
        expect([...choiceOrder(question, seed)].sort()).toEqual([0, 1, 2, 3]);
      }),
    );
  });

  test('leaves the owners of a ruling in their order', () => {
    const derived = { ...(bank[0] as Question), ruling: { service: 'ec2', control: 'backups' } };
    expect(choiceOrder(derived, 'any')).toEqual([0, 1, 2, 3]);
  });
});
