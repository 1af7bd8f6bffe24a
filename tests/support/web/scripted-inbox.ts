// A small bot behind the real dispatcher: what the playground is tested and shown with where the whole product is not needed.
import { type Command, leaf } from '../../../src/core/command.ts';
import { createDispatcher } from '../../../src/core/dispatcher.ts';
import { UserError } from '../../../src/core/errors.ts';
import type { Inbox, Platform, PostedMessage } from '../../../src/core/ports.ts';
import {
  type Block,
  choices,
  facts,
  heading,
  quiet,
  type Reply,
  sources,
  text,
} from '../../../src/core/reply.ts';
import { systemClock } from './clock.ts';
import { alarmLog } from './log.ts';
import { scriptedMatrix } from './scripted-matrix.ts';

const SOURCE = {
  title: 'EC2 User Guide',
  url: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-security.html',
};
const CHOICES = ['The customer', 'AWS', 'Both share it'];
const QUESTIONS = [
  'patches EC2',
  'patches RDS',
  'guards the data center',
  'configures security groups',
  'encrypts S3',
];

interface Use {
  platform(): Platform;
  points: Map<string, number>;
  answers: Map<string, string>;
  round: { message?: PostedMessage; open: boolean };
}

/** What tests look at: the points that the scripted round gave. */
export interface Scripted {
  readonly inbox: Inbox;
  readonly points: ReadonlyMap<string, number>;
}

/** `platform` is asked for when the daily question is posted. */
export function createScriptedInbox(platform: () => Platform): Scripted {
  const use: Use = { platform, points: new Map(), answers: new Map(), round: { open: false } };
  const admins = new Set<string>();
  const seen = new Set<string>();
  const clock = systemClock();
  const inbox = createDispatcher<Use>({
    commands,
    use,
    clock,
    random: Math.random,
    log: alarmLog,
    capabilitiesOf: () => platform().capabilities,
    workspaces: {
      isAdmin: async (user) => admins.has(user.id),
      greet: async () => false,
      firstSight: async (id) => !seen.has(id) && seen.add(id) !== undefined,
    },
    hooks: { joined: async () => {}, left: async () => {}, channelGone: async () => {} },
    views: {
      home: async () => ({ blocks: [] }),
      welcome: async () => ({ blocks: [] }),
      matrix: async () => ({ blocks: [scriptedMatrix()] }),
    },
  });
  return { inbox, points: use.points };
}

const who = leaf<
  {
    question: { kind: 'text'; summary: string; rest: true; required: true; maxLength: 1000; suggests: true };
  },
  Use
>({
  name: 'who',
  summary: 'Ask who takes care of something',
  examples: ['who patches EC2'],
  access: 'everyone',
  visibility: 'private',
  args: {
    question: {
      kind: 'text',
      summary: 'what you want to know',
      rest: true,
      required: true,
      maxLength: 1000,
      suggests: true,
    },
  },
  suggest: async (_option, partial) =>
    QUESTIONS.filter((question) => question.startsWith(partial.toLowerCase())),
  async run({ question }) {
    if (!/patch/.test(question)) {
      return {
        blocks: [
          text(`I do not know "${question}" yet.`),
          quiet('Ask about a service and a task, such as “who patches RDS”.'),
        ],
      };
    }
    return { blocks: ruling() };
  },
});

function ruling(): Block[] {
  return [
    heading('The customer patches the guest operating system of Amazon EC2'),
    facts(
      { label: 'AWS', value: 'Publishes updated AMIs and packages, but has no login to the instance.' },
      {
        label: 'Customer',
        value: 'Patches and updates the operating system and everything installed on the instance.',
      },
      { label: 'Why', value: 'From the guest operating system upwards an instance is yours.' },
    ),
    {
      type: 'image',
      image: {
        svg: PICTURE,
        alt: 'A bar split in two: above the line the customer, below it AWS.',
        name: 'ec2',
      },
    },
    sources([SOURCE], '2026-11-24'),
    choices({ label: 'Share', action: { name: 'who.share', args: ['patches EC2'] } }),
  ];
}

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="520" height="120" viewBox="0 0 520 120"><rect width="520" height="56" y="2" rx="10" fill="#e5eefe"/><rect width="520" height="56" y="62" rx="10" fill="#fff0de"/><text x="20" y="36" font-family="sans-serif" font-size="17" fill="#1a56c4">Customer: guest OS, applications, data</text><text x="20" y="96" font-family="sans-serif" font-size="17" fill="#a54800">AWS: hypervisor, hardware, facilities</text></svg>';

function question(answers: number): Reply {
  return {
    blocks: [
      heading('Daily question'),
      text([{ bold: 'Who patches the guest operating system of an EC2 instance?' }]),
      choices(
        ...CHOICES.map((label, i) => ({ label, action: { name: 'daily.answer', args: ['r1', String(i)] } })),
      ),
      quiet(
        `Compute · easy · closes at the next question · ${answers === 1 ? '1 answer' : `${answers} answers`}`,
      ),
    ],
  };
}

const daily: Command<Use> = {
  name: 'daily',
  summary: 'The daily question',
  subcommands: [
    leaf<Record<never, never>, Use>({
      name: 'now',
      summary: 'Post the question of the day',
      examples: ['daily now'],
      access: 'everyone',
      visibility: 'private',
      args: {},
      async run(_args, ctx) {
        if (ctx.use.round.message) return { blocks: [text('Today’s question is already here.')] };
        if (!(await ctx.isAdmin()))
          throw new UserError('No question is open here: an administrator can post one.');
        const key = { id: 'D1', kind: 'question' as const, since: ctx.now };
        ctx.use.round.message = await ctx.use
          .platform()
          .post(ctx.channel, question(0), { key, retry: false });
        return { blocks: [text('The question is posted.')] };
      },
    }),
    leaf<
      {
        time: { kind: 'text'; summary: string; required: true };
        zone: { kind: 'text'; summary: string };
        feedback: { kind: 'choice'; summary: string; choices: readonly ['instant', 'sealed'] };
      },
      Use
    >({
      name: 'set',
      summary: 'When the question comes',
      examples: ['daily set 09:00 Europe/Berlin'],
      access: 'admin',
      visibility: 'private',
      args: {
        time: { kind: 'text', summary: 'the time of day, HH:MM', required: true },
        zone: { kind: 'text', summary: 'a time zone' },
        feedback: { kind: 'choice', summary: 'when answers are told', choices: ['instant', 'sealed'] },
      },
      form: {
        title: 'The daily question',
        submit: 'Save',
        fields: [
          { id: 'time', label: 'Time', hint: 'HH:MM, for example 09:00', required: true, maxLength: 5 },
          { id: 'zone', label: 'Time zone', hint: 'for example Europe/Berlin' },
          {
            id: 'feedback',
            label: 'Answers are told',
            choices: [
              { label: 'at once', value: 'instant' },
              { label: 'when the round closes', value: 'sealed' },
            ],
          },
        ],
      },
      async run({ time, zone, feedback }) {
        return { blocks: [text(`Saved: ${time} ${zone ?? 'UTC'}, ${feedback ?? 'instant'}.`)] };
      },
    }),
  ],
  actions: {
    answer: {
      access: 'everyone',
      visibility: 'private',
      async run({ args }, ctx) {
        const { answers, points, round } = ctx.use;
        const known = answers.get(ctx.user.ref.id);
        if (known) return { blocks: [text(`You have answered this one already: ${known}.`)] };
        const choice = CHOICES[Number(args[1])] ?? '';
        const right = choice === CHOICES[0];
        answers.set(ctx.user.ref.id, choice);
        points.set(ctx.user.displayName, right ? 10 : 0);
        if (round.message) await ctx.use.platform().edit(round.message, question(answers.size));
        return {
          tone: right ? 'good' : 'bad',
          blocks: [
            text(
              right
                ? [{ bold: '✓ Right!' }, ' The customer.']
                : [{ bold: '✗ Not quite.' }, ' It is the customer.'],
            ),
            text('AWS has no login to your instance.'),
            facts(
              { label: 'Points', value: right ? '+10' : '0' },
              { label: 'Streak', value: right ? '1 question in a row' : '0' },
            ),
            sources([SOURCE]),
          ],
        };
      },
    },
  },
};

const leaderboard = leaf<
  { period: { kind: 'choice'; summary: string; choices: readonly ['week', 'month', 'all'] } },
  Use
>({
  name: 'leaderboard',
  summary: 'Who is ahead',
  examples: ['leaderboard'],
  access: 'everyone',
  visibility: 'private',
  args: { period: { kind: 'choice', summary: 'of which time', choices: ['week', 'month', 'all'] } },
  async run(_args, ctx) {
    const standings = [...ctx.use.points].sort((a, b) => b[1] - a[1]);
    if (standings.length === 0) return { blocks: [text('Nobody has answered yet.')] };
    const own = standings.findIndex(([name]) => name === ctx.user.displayName);
    const table: Block = {
      type: 'table',
      columns: [{ label: '#', align: 'right' }, { label: 'Member' }, { label: 'Points', align: 'right' }],
      rows: standings.map(([name, points], i) => [String(i + 1), name, String(points)]),
      ...(own < 0 ? {} : { highlight: own }),
    };
    return { blocks: [heading('Leaderboard · this week'), table] };
  },
});

const suggestForm = {
  title: 'Suggest a question',
  submit: 'Send',
  fields: [{ id: 'text', label: 'Your question', required: true, multiline: true, maxLength: 300 }],
};

const help: Command<Use> = {
  ...leaf<Record<never, never>, Use>({
    name: 'help',
    summary: 'What I can do',
    examples: ['help'],
    access: 'everyone',
    visibility: 'private',
    args: {},
    run: async () => ({
      blocks: [
        text('Ask me who takes care of what.'),
        {
          type: 'form',
          label: 'Suggest a question',
          action: { name: 'help.suggest', args: [] },
          instead: 'Type /question suggest',
        },
      ],
    }),
  }),
  actions: {
    suggest: {
      access: 'everyone',
      visibility: 'private',
      form: suggestForm,
      run: async ({ fields }) => ({
        blocks: [text(`Thank you. You suggested: ${fields.text}`)],
        update: true,
      }),
    },
  },
};

const service: Command<Use> = {
  ...leaf<Record<never, never>, Use>({
    name: 'service',
    summary: 'A service, control by control',
    examples: ['service'],
    access: 'everyone',
    visibility: 'private',
    args: {},
    run: async () => ({ blocks: [text('Amazon EC2')] }),
  }),
  actions: {
    cell: {
      access: 'everyone',
      visibility: 'private',
      async run({ args: [service, control] }) {
        return {
          blocks: [
            heading(`${service} · ${control}`),
            facts(
              { label: 'Customer', value: 'Patches and updates the operating system.' },
              { label: 'AWS', value: 'Publishes updated images.' },
            ),
            sources([SOURCE], '2026-11-24'),
          ],
        };
      },
    },
  },
};

const commands: readonly Command<Use>[] = [
  {
    ...who,
    actions: { share: { access: 'everyone', visibility: 'public', run: async () => ({ blocks: ruling() }) } },
  },
  daily,
  leaderboard,
  help,
  service,
];
