// The question bank as a whole: balance, lengths that fit buttons, and the study note covered line by line.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadKnowledge } from '../../src/knowledge/load.ts';

interface Question {
  readonly id: string;
  readonly difficulty: 'easy' | 'medium' | 'hard';
  readonly text?: string;
  readonly choices?: readonly string[];
  readonly answer?: number;
  readonly why?: string;
  readonly source?: string;
  readonly ruling?: { readonly service: string; readonly control: string };
}

const folder = new URL('../../data/questions/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({
    name,
    ...(parse(readFileSync(new URL(name, folder), 'utf8')) as {
      topic: string;
      questions: readonly Question[];
    }),
  }));
const questions = files.flatMap((file) => file.questions);
const written = questions.filter((question) => question.ruling === undefined);

function share(matching: readonly Question[], of: readonly Question[]): number {
  return matching.length / of.length;
}

test('the bank has at least 12 topics, 400 questions and 150 written ones', () => {
  expect(files.length).toBeGreaterThanOrEqual(12);
  expect(questions.length).toBeGreaterThanOrEqual(400);
  expect(written.length).toBeGreaterThanOrEqual(150);
});

test('a topic is named like its file, and no two questions share an id or a ruling', () => {
  for (const file of files) expect(file.name).toBe(`${file.topic}.yaml`);
  const ids = questions.map((question) => question.id);
  expect(new Set(ids).size).toBe(ids.length);
  const rulings = questions.flatMap(({ ruling }) => (ruling ? [`${ruling.service}/${ruling.control}`] : []));
  expect(new Set(rulings).size).toBe(rulings.length);
});

test('no two questions are worded alike', () => {
  const texts = questions.flatMap((question) => (question.text === undefined ? [] : [question.text]));
  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
});

test('about 40 % of the questions are easy, 40 % medium and 20 % hard', () => {
  const of = (difficulty: Question['difficulty']) =>
    share(
      questions.filter((question) => question.difficulty === difficulty),
      questions,
    );
  expect(of('easy')).toBeCloseTo(0.4, 1);
  expect(of('medium')).toBeCloseTo(0.4, 1);
  expect(of('hard')).toBeCloseTo(0.2, 1);
});

test('the right answer of written questions stands equally often at each of four positions', () => {
  for (const position of [0, 1, 2, 3]) {
    const there = written.filter((question) => question.answer === position);
    expect(share(there, written), `position ${position}`).toBeCloseTo(0.25, 1);
  }
});

test('every written question has an answer among distinct choices that fit buttons, a reason and a source', () => {
  for (const question of written) {
    const { choices = [], answer = -1, text = '', why = '', source = '' } = question;
    expect(choices[answer], question.id).toBeDefined();
    expect(new Set(choices).size, question.id).toBe(choices.length);
    for (const choice of choices) expect(choice.length, `${question.id}: ${choice}`).toBeLessThanOrEqual(72);
    expect(text.length, question.id).toBeLessThanOrEqual(280);
    expect(why.length, question.id).toBeGreaterThan(20);
    expect(source, question.id).toMatch(/^https:\/\/(docs\.)?aws\.amazon\.com\//);
  }
});

test('every derived question stands on a ruling with one owner, no condition and no disagreement', () => {
  const knowledge = loadKnowledge();
  for (const { id, ruling } of questions) {
    if (ruling === undefined) continue;
    const { owner, branches, disagreements } = knowledge.ruling(ruling.service, ruling.control);
    expect(['aws', 'customer', 'shared'], id).toContain(owner);
    expect([...branches, ...disagreements], id).toEqual([]);
  }
});

test('every line of the study note is behind at least one question that exists', () => {
  const readme = readFileSync(new URL('README.md', folder), 'utf8');
  const table = readme.slice(readme.indexOf('| line of the note')).split('\n').slice(2);
  const rows = table.filter((line) => line.startsWith('|'));
  expect(rows.length).toBeGreaterThan(35);
  const known = new Set(questions.map((question) => question.id));
  for (const row of rows) {
    const named = [...row.matchAll(/`([a-z0-9-]+)`/g)].map((match) => match[1] ?? '');
    expect(named, row).not.toEqual([]);
    for (const id of named) expect(known, `${row} names ${id}`).toContain(id);
  }
});
