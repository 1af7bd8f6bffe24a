// Discord's commands from the engine's specs, and which of them have to be registered again.
import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { manifest } from '../../../src/adapters/discord/manifest.ts';
import { differences } from '../../../src/adapters/discord/register.ts';
import type { CommandSpec, LeafSpec } from '../../../src/core/command.ts';
import { createRegistry } from '../../../src/core/registry.ts';
import { checkBody, openApiSkipped } from '../../support/discord/check-body.ts';

const leaf = (name: string, more: Partial<LeafSpec> = {}): LeafSpec => ({
  name,
  summary: `About ${name}`,
  args: {},
  examples: [name],
  access: 'everyone',
  visibility: 'private',
  where: 'anywhere',
  details: [],
  ...more,
});
const single = (spec: LeafSpec): CommandSpec => ({
  name: spec.name,
  summary: spec.summary,
  leaf: spec,
  subcommands: [],
});
const ANYWHERE = { integration_types: [0, 1], contexts: [0, 1, 2] };

describe('the commands that Discord shows', () => {
  test('options are typed, required ones first', () => {
    const spec = leaf('quiz', {
      args: {
        topic: { kind: 'text', summary: 'What about', suggests: true },
        question: { kind: 'text', summary: 'Which', required: true, maxLength: 1_000, rest: true },
        hours: { kind: 'integer', summary: 'How long', min: 1, max: 48 },
        level: { kind: 'choice', summary: 'How hard', choices: ['easy', 'hard'] },
        whom: { kind: 'user', summary: 'Whom' },
      },
    });
    expect(manifest([single(spec)])[0]).toEqual({
      type: 1,
      name: 'quiz',
      description: 'About quiz',
      default_member_permissions: null,
      ...ANYWHERE,
      options: [
        { type: 3, name: 'question', description: 'Which', required: true, max_length: 1_000 },
        {
          type: 3,
          name: 'topic',
          description: 'What about',
          required: false,
          max_length: 200,
          autocomplete: true,
        },
        { type: 4, name: 'hours', description: 'How long', required: false, min_value: 1, max_value: 48 },
        {
          type: 3,
          name: 'level',
          description: 'How hard',
          required: false,
          choices: [
            { name: 'easy', value: 'easy' },
            { name: 'hard', value: 'hard' },
          ],
        },
        { type: 6, name: 'whom', description: 'Whom', required: false },
      ],
    });
  });

  test('only a command that is wholly for administrators is hidden from others', () => {
    const admin = leaf('set', { access: 'admin' });
    const group = (subcommands: LeafSpec[]): CommandSpec => ({
      name: 'daily',
      summary: 'Daily',
      subcommands,
    });
    expect(manifest([group([admin, leaf('now')])])[0]).toMatchObject({ default_member_permissions: null });
    expect(manifest([group([admin])])[0]).toMatchObject({ default_member_permissions: '32' });
  });

  test('a command of workspaces is for servers, others go with the person', () => {
    const [inServers, anywhere] = manifest([
      single(leaf('team', { where: 'workspace' })),
      single(leaf('who')),
    ]);
    expect(inServers).toMatchObject({ integration_types: [0], contexts: [0] });
    expect(anywhere).toMatchObject(ANYWHERE);
  });

  test('where a form asks for what is missing, Discord demands nothing', () => {
    const form = { title: 'Suggest', submit: 'Send', fields: [{ id: 'text', label: 'Question' }] };
    const spec = leaf('suggest', { args: { text: { kind: 'text', summary: 'It', required: true } }, form });
    expect(manifest([single(spec)])[0]).toMatchObject({ options: [{ name: 'text', required: false }] });
  });

  test('every message has the entry "Who is responsible?"', () => {
    expect(manifest([]).at(-1)).toEqual({ type: 3, name: 'Who is responsible?', ...ANYWHERE });
  });

  test(`Discord takes the bot's own commands${openApiSkipped === undefined ? '' : ` (${openApiSkipped})`}`, () => {
    const body = manifest(createRegistry(commands).specs);
    expect(checkBody('PUT', '/applications/{application_id}/commands', body)).toEqual([]);
  });
});

describe('what is registered again', () => {
  const wanted = manifest(createRegistry(commands).specs);
  /** As Discord gives it back: with ids, defaults spelled out and other orders of keys. */
  const echoed = wanted.map((command) => ({
    version: '9',
    id: '1',
    application_id: '2',
    nsfw: false,
    name_localizations: null,
    dm_permission: true,
    description: '',
    ...Object.fromEntries(Object.entries(command).toReversed()),
    contexts: [...(command.contexts ?? [])].reverse(),
  }));

  test('nothing, where Discord has it already', () => {
    expect(differences(wanted, echoed)).toEqual([]);
  });

  test('what is new, gone or changed in any part that is shown', () => {
    expect(differences(wanted, echoed.slice(1))).toEqual([wanted[0]?.name]);
    expect(differences(wanted, [...echoed, { type: 1, name: 'old', description: 'Old' }])).toEqual(['old']);
    const changed = echoed.map((command, i) => (i === 1 ? { ...command, description: 'Other' } : command));
    expect(differences(wanted, changed)).toEqual([wanted[1]?.name]);
  });
});
