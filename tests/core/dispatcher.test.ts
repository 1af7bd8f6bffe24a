// The dispatcher: access, limits, errors, and what a call may rely on.
import { describe, expect, test } from 'vitest';
import { type Command, type CommandContext, leaf } from '../../src/core/command.ts';
import { createDispatcher } from '../../src/core/dispatcher.ts';
import { UserError } from '../../src/core/errors.ts';
import { plainText } from '../../src/core/plain-text.ts';
import type { CommandCall, Log } from '../../src/core/ports.ts';
import { type Reply, reply, text } from '../../src/core/reply.ts';

const capabilities = {
  buttons: true,
  privateReplies: true,
  suggestions: true,
  edits: true,
  images: true,
  forms: true,
  direct: true,
  threads: true,
};
const channel = { platform: 'web', workspace: 'w', id: 'general' };
const person = (id: string, admin = false) => ({
  ref: { platform: 'web', workspace: 'w', id },
  displayName: id,
  admin,
});

interface Use {
  greet: string;
}

function bot(run: (ctx: CommandContext<Use>) => Promise<Reply> = async () => reply(text('ran'))) {
  const lines: { level: string; fields: object }[] = [];
  const note = (level: string) => (fields: object) => void lines.push({ level, fields });
  const log: Log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  const seen = new Set<string>();
  const named = new Set(['bob']);
  let now = 0;
  const base = {
    summary: 's',
    args: {},
    access: 'everyone',
    visibility: 'private',
    run: (_: unknown, ctx: CommandContext<Use>) => run(ctx),
  } as const;
  const commands: Command<Use>[] = [
    leaf({
      ...base,
      name: 'who',
      examples: ['who x'],
      args: { question: { kind: 'text', summary: 'q', rest: true } },
      run: async (args) => reply(text(`asked ${args.question}`)),
    }),
    {
      name: 'daily',
      summary: 's',
      bare: 'status',
      subcommands: [
        leaf({ ...base, name: 'status', examples: ['daily status'], visibility: 'public' }),
        leaf({ ...base, name: 'set', examples: ['daily set'], access: 'admin', where: 'workspace' }),
      ],
      actions: {
        press: {
          access: 'everyone',
          visibility: 'public',
          run: async ({ args }) => reply(text(`pressed ${args}`)),
        },
        settle: { access: 'admin', visibility: 'private', run: async () => reply(text('settled')) },
      },
    },
  ];
  const inbox = createDispatcher<Use>({
    commands,
    views: {
      home: async () => reply(text('home')),
      matrix: async () => reply(text('matrix')),
      welcome: async () => reply(text('welcome')),
    },
    use: { greet: 'hi' },
    workspaces: {
      isAdmin: async (user) => named.has(user.id),
      greet: async () => false,
      firstSight: async (id) => !seen.has(id) && seen.add(id) !== undefined,
    },
    hooks: {
      joined: async () => {},
      left: async () => {},
      rollCall: async () => {},
      channelGone: async () => {},
    },
    capabilitiesOf: () => capabilities,
    clock: { now: () => now, after: () => ({ cancel() {} }) },
    random: () => 0.5,
    log,
  });
  const call = (line: string, extra: Partial<CommandCall> & { lookup?: boolean } = {}) =>
    inbox.command({ by: person('alice'), channel, inWorkspace: true, line, ...extra } as CommandCall);
  return { inbox, call, lines, advance: (ms: number) => (now += ms) };
}

describe('A call', () => {
  test('runs the command that its line or its name says', async () => {
    const { call, inbox } = bot();
    expect(plainText(await call('/who patches EC2'))).toBe('asked patches EC2');
    const typed = {
      by: person('alice'),
      channel,
      inWorkspace: true,
      name: 'daily',
      subcommand: 'status',
      options: {},
    };
    expect(await inbox.command(typed)).toMatchObject({ visibility: 'public' });
    expect(plainText(await call('daily'))).toBe('ran');
  });

  test('of no known command is a look-up only where the platform says so', async () => {
    const { call } = bot();
    expect(plainText(await call('patches EC2', { lookup: true }))).toBe('asked patches EC2');
    expect(plainText(await call('/dayly set'))).toBe(
      'There is no command /dayly. Did you mean /daily? /help lists what I can do.',
    );
    expect(plainText(await call('daily nonsense'))).toContain('is followed by one of status, set');
  });

  test('for administrators is refused to others, and granted to those whom /daily admins names', async () => {
    const { call } = bot();
    expect(plainText(await call('daily set'))).toContain('is for administrators');
    expect(plainText(await call('daily set', { by: person('bob') }))).toBe('ran');
    expect(plainText(await call('daily set', { by: person('carol', true) }))).toBe('ran');
    expect(plainText(await call('daily set', { by: person('carol', true), inWorkspace: false }))).toContain(
      'not in a private conversation',
    );
  });

  test('is refused before its form opens, for the same reason and without running', async () => {
    let runs = 0;
    const { inbox } = bot(async () => {
      runs += 1;
      return reply(text('ran'));
    });
    const refusal = async (by: CommandCall['by'], more: object = {}) => {
      const set = { name: 'daily', subcommand: 'set', options: {} };
      const refused = await inbox.refusal({ by, channel, inWorkspace: true, ...set, ...more });
      return refused && plainText(refused);
    };
    expect(await refusal(person('alice'))).toContain('is for administrators');
    expect(await refusal(person('bob'))).toBeUndefined();
    expect(await refusal(person('carol', true))).toBeUndefined();
    expect(await refusal(person('carol', true), { inWorkspace: false })).toContain('private conversation');
    expect(await refusal(person('carol', true), { subcommand: 'nonsense' })).toContain('is followed by');
    expect(runs).toBe(0);
  });

  test('that fails says an id and nothing else; the log line has the same id', async () => {
    const { call, lines } = bot(async () => Promise.reject(new Error('secret detail')));
    const answer = await call('daily status');
    expect(plainText(answer)).toBe(
      'Something went wrong (id 8000). Nothing was lost: try again, and tell whoever runs this bot the id if it stays.',
    );
    expect(answer.visibility).toBe('private');
    expect(lines).toMatchObject([{ level: 'error', fields: { id: '8000' } }]);
  });

  test('that a person got wrong shows the sentence, privately, and logs nothing', async () => {
    const { call, lines } = bot(async () => Promise.reject(new UserError('Write a date.')));
    expect(await call('daily status')).toMatchObject({
      tone: 'bad',
      visibility: 'private',
      blocks: [{ text: 'Write a date.' }],
    });
    expect(lines).toEqual([]);
  });

  test('delivered twice runs once', async () => {
    const { call } = bot();
    expect((await call('daily', { eventId: 'E1' })).blocks).toHaveLength(1);
    expect((await call('daily', { eventId: 'E1' })).blocks).toHaveLength(0);
  });

  test('that is too long is refused unread', async () => {
    const { call } = bot();
    expect(plainText(await call(`who ${'x'.repeat(100_000)}`))).toContain('too long');
  });

  test('of one person cannot take the bot from the others', async () => {
    const { call, advance } = bot();
    for (let i = 0; i < 100; i++) await call('daily');
    expect(plainText(await call('daily'))).toContain('wait a second');
    expect(plainText(await call('daily', { by: person('bob') }))).toBe('ran');
    advance(1000);
    expect(plainText(await call('daily'))).toBe('ran');
  });
});

describe('A press', () => {
  test('runs the action of its name with its arguments', async () => {
    const { inbox } = bot();
    const press = {
      by: person('alice'),
      channel,
      inWorkspace: true,
      action: { name: 'daily.press', args: ['1', '2'] },
    };
    expect(plainText(await inbox.action(press))).toBe('pressed 1,2');
    expect(inbox.actionInfo('daily.press')).toEqual({ access: 'everyone', visibility: 'public' });
    expect(inbox.actionInfo('daily.none')).toBeUndefined();
    const settle = { ...press, action: { name: 'daily.settle', args: [] } };
    expect(await inbox.refusal(settle)).toMatchObject({ tone: 'bad', visibility: 'private' });
    expect(await inbox.refusal({ ...settle, by: person('bob') })).toBeUndefined();
    expect(await inbox.refusal(press)).toBeUndefined();
    expect(plainText(await inbox.action({ ...press, action: { name: 'daily.none', args: [] } }))).toContain(
      'from another version',
    );
  });
});
