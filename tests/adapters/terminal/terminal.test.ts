// The terminal as a platform: the contract, and what is its own: numbers for buttons, forms as questions, leaving.
import { describe, expect, it } from 'vitest';
import { completions, decodeLine } from '../../../src/adapters/terminal/decode.ts';
import { renderReply } from '../../../src/adapters/terminal/render.ts';
import type { CommandSpec, LeafSpec } from '../../../src/core/command.ts';
import { choices, heading, quiet, reply, text } from '../../../src/core/reply.ts';
import { platformContract } from '../../contract/platform-contract.ts';
import { scriptedInbox } from '../../contract/scripted-inbox.ts';
import { startTerminal } from './terminal-harness.ts';

platformContract({
  name: 'the terminal',
  capabilities: {
    buttons: true,
    privateReplies: true,
    suggestions: true,
    edits: false,
    images: false,
    forms: true,
    direct: true,
    threads: false,
  },
  start: startTerminal,
  without: {
    'lost responses': 'what is printed cannot be lost on the way',
    failures: 'a terminal refuses nothing',
    rights: 'there are none to take',
    holds: 'printing is done at once',
  },
});

const answer = (label: string, arg: string) => ({
  label,
  action: { name: 'daily.answer', args: ['7', arg] },
});
const leaf = (name: string, form?: LeafSpec['form']): LeafSpec => ({
  name,
  summary: name,
  args: {},
  examples: [],
  access: 'everyone',
  visibility: 'private',
  where: 'anywhere',
  details: [],
  ...(form && { form }),
});

describe('buttons', () => {
  it('are pressed by the number that stands before them', async () => {
    const inbox = scriptedInbox({
      command: () => reply(heading('Who?'), choices(answer('AWS', '0'), answer('You', '1'))),
    });
    const h = await startTerminal(inbox);
    expect((await h.types('/quiz'))?.text).toBe('Who?\n\n[1] AWS\n[2] You');
    expect((await h.types('2'))?.text).toBe('pressed daily.answer');
    expect(inbox.calls.actions.map(({ action }) => action.args)).toEqual([['7', '1']]);
    await h.close();
  });

  it('that are not shown are refused in one sentence', async () => {
    const h = await startTerminal(scriptedInbox());
    expect((await h.types('3'))?.text).toBe('There is no button 3: no buttons are shown.');
    await h.close();
  });

  it('are numbered through a whole reply, and disabled ones have no number', () => {
    const rendered = renderReply(
      reply(
        choices(answer('A', '0'), { ...answer('B', '1'), disabled: true }),
        quiet('or'),
        choices(answer('C', '2')),
      ),
    );
    expect(rendered.text).toBe('[1] A\n\nor\n\n[2] C');
    expect(rendered.buttons.map(({ args }) => args[1])).toEqual(['0', '2']);
  });
});

describe('forms', () => {
  const form = {
    title: 'Suggest a question',
    submit: 'Suggest',
    fields: [
      { id: 'text', label: 'Question' },
      {
        id: 'owner',
        label: 'Answer',
        choices: [
          { label: 'AWS', value: 'aws' },
          { label: 'You', value: 'customer' },
        ],
      },
      { id: 'note', label: 'Note', initial: 0 },
    ],
  };

  it('of a button are asked for field by field, with what is known already kept', async () => {
    const inbox = scriptedInbox({
      command: () =>
        reply({
          type: 'form',
          label: 'Suggest',
          action: { name: 'question.form', args: ['kept'] },
          instead: '',
        }),
      actions: { 'question.form': { access: 'everyone', visibility: 'private', form } },
    });
    const h = await startTerminal(inbox);
    await h.types('/question');
    const title = h.nextMessage();
    h.enter('1', 'Who patches?', '2', '');
    expect(await title).toContain('Suggest a question');
    await h.nextMessage();
    expect(inbox.calls.actions[0]?.fields).toEqual({ text: 'Who patches?', owner: 'customer', note: 'kept' });
    await h.close();
  });

  it('of a command are opened when it is called without options', async () => {
    const spec: CommandSpec = { name: 'question', summary: '', subcommands: [leaf('suggest', form)] };
    const inbox = scriptedInbox({ commands: [spec] });
    const h = await startTerminal(inbox);
    h.enter('/question suggest', 'Who?', 'aws', 'n');
    await h.nextMessage();
    await h.nextMessage();
    expect(inbox.calls.commands[0]).toMatchObject({
      name: 'question',
      subcommand: 'suggest',
      options: { text: 'Who?', owner: 'aws', note: 'n' },
    });
    await h.close();
  });
});

describe('a line', () => {
  it('without a slash may be a look-up, with one it must be a command', () => {
    expect(decodeLine(' patches EC2 ')).toEqual({ kind: 'line', line: 'patches EC2', lookup: true });
    expect(decodeLine('/who patches EC2')).toMatchObject({ lookup: false });
    expect(decodeLine('  ')).toEqual({ kind: 'nothing' });
    expect(decodeLine('EXIT')).toEqual({ kind: 'leave' });
  });

  it('is completed from the names of commands and subcommands', () => {
    const daily = { name: 'daily', summary: '', subcommands: [leaf('set'), leaf('skip'), leaf('now')] };
    const who = { name: 'who', summary: '', subcommands: [], leaf: leaf('who') };
    expect(completions('/da', [daily, who])).toEqual(['/daily ']);
    expect(completions('daily s', [daily, who])).toEqual(['daily set ', 'daily skip ']);
    expect(completions('/who x', [daily, who])).toEqual([]);
  });

  it('that leaves ends the conversation, as the end of the input does', async () => {
    const h = await startTerminal(scriptedInbox());
    h.enter('exit');
    await h.left;
    await h.platform.stop();
  });
});

it('control characters in text never reach the terminal', () => {
  expect(renderReply(reply(text('a\u001b[2Jb\u0007\u009bc\nd'))).text).toBe('a[2Jbc\nd');
});
