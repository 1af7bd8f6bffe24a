// What the message box offers while somebody types, for the real commands.
import { expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { type Completing, complete, locate, wantsForm } from '../../../src/adapters/web/page/complete.ts';
import type { LeafSpec } from '../../../src/core/command.ts';
import { createRegistry } from '../../../src/core/registry.ts';

const { specs, leaves } = createRegistry(commands);
const typed = (line: string): Completing => complete(line, specs, ['ada', 'ben']);
const lines = (line: string) => typed(line).suggestions.map((suggestion) => suggestion.line);

test('a slash lists every command with what it does', () => {
  const { suggestions } = typed('/');
  expect(suggestions.map(({ label }) => label)).toEqual(leaves.map(({ path }) => `/${path}`));
  expect(suggestions.every(({ detail }) => detail.length > 0)).toBe(true);
});

test('the beginning of a name narrows the list, groups by their subcommands', () => {
  expect(lines('/who')).toEqual(['/who ']);
  expect(lines('/daily s')).toEqual(['/daily status', '/daily set ', '/daily skip ']);
  expect(lines('/nonsense')).toEqual([]);
});

test('a part of a name is found too, after those that begin with it', () => {
  expect(lines('/now')).toEqual(['/daily now']);
});

test('a free text asks the server with everything typed so far', () => {
  expect(typed('/who patches E').ask).toEqual({
    name: 'who',
    option: 'question',
    partial: 'patches E',
    before: '/who ',
  });
});

test('text without a slash is completed as a question', () => {
  expect(typed('patches E').ask).toMatchObject({ name: 'who', partial: 'patches E', before: '' });
  expect(typed('  ')).toEqual({ suggestions: [] });
});

test('the values of a choice come first, then the options by name', () => {
  const offered = lines('/leaderboard ');
  expect(offered.slice(0, 2)).toEqual(['/leaderboard week', '/leaderboard month']);
  expect(offered).toContain('/leaderboard scope:');
});

test('a value narrows while it is typed, and goes after what stands before it', () => {
  expect(lines('/leaderboard mo')).toEqual(['/leaderboard month']);
  expect(lines('/leaderboard month ch')).toEqual(['/leaderboard month channel']);
});

test('an option given by name gets its own values, and is not offered again', () => {
  expect(lines('/leaderboard scope:')).toEqual([
    '/leaderboard scope:workspace',
    '/leaderboard scope:channel',
  ]);
  expect(lines('/leaderboard scope:channel ')).not.toContain('/leaderboard scope:channel scope:');
  expect(lines('/leaderboard scope:channel ')).toContain('/leaderboard scope:channel week');
});

test('where everything is given nothing more is offered', () => {
  expect(typed('/leaderboard week workspace ')).toEqual({ suggestions: [] });
  expect(typed('/daily now ')).toEqual({ suggestions: [] });
});

test('people are offered for an option that names one', () => {
  const leaf: LeafSpec = {
    name: 'greet',
    summary: 'Greet somebody',
    args: { person: { kind: 'user', summary: 'whom' } },
    examples: [],
    access: 'everyone',
    visibility: 'private',
    where: 'anywhere',
    details: [],
  };
  const offered = complete(
    '/greet ',
    [{ name: 'greet', summary: 'Greet', leaf, subcommands: [] }],
    ['ada', 'ben'],
  );
  expect(offered.suggestions.map(({ line }) => line)).toEqual([
    '/greet @ada',
    '/greet @ben',
    '/greet person:',
  ]);
});

test('a command with a form wants it only where what it needs is not there yet', () => {
  for (const { spec, path } of leaves) {
    const located = locate(`/${path}`, specs);
    const needs = Object.values(spec.args).some((arg) => arg.required);
    expect([path, located && wantsForm(located)]).toEqual([path, spec.form !== undefined && needs]);
    const filled = locate(`/${path} 09:00`, specs);
    expect([path, filled && wantsForm(filled)]).toEqual([path, false]);
  }
});

test('hostile lines are completed without harm', () => {
  for (const line of [
    '/',
    '//',
    '/who\u0000',
    '/__proto__ ',
    '/daily constructor:',
    '/daily set "',
    '/🦄 x',
    `/who ${'x'.repeat(5_000)}`,
  ]) {
    expect(() => typed(line)).not.toThrow();
  }
});
