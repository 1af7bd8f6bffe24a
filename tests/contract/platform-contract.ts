// What every adapter must do, whatever its platform: each platform's tests call this suite with a harness of their own.
import { afterEach, describe, expect, test } from 'vitest';
import { PlatformError, type PlatformFailure } from '../../src/core/errors.ts';
import type { Inbox, Platform, PlatformCapabilities, PostOptions } from '../../src/core/ports.ts';
import type { ChannelRef, UserRef } from '../../src/core/refs.ts';
import { type Block, choices, facts, heading, type Reply, reply, text } from '../../src/core/reply.ts';
import { scriptedInbox } from './scripted-inbox.ts';

/** A message as a person sees it: text without markup or escapes, buttons by label, pictures by description. */
export interface SeenMessage {
  readonly id: string;
  readonly text: string;
  readonly buttons: readonly string[];
  readonly pictures?: readonly string[];
  /** The title of the thread under it. */
  readonly thread?: string;
  /** Whom the message alerts. */
  readonly pings?: readonly string[];
}

/** A running platform with a person and a channel on it. Made anew for each test. */
export interface PlatformHarness {
  readonly platform: Platform;
  /** A channel in which the bot may post, and one that does not exist. */
  readonly channel: ChannelRef;
  readonly lostChannel: ChannelRef;
  readonly person: UserRef;
  /** What the channel shows, oldest first. */
  posts(channel: ChannelRef): Promise<readonly SeenMessage[]>;
  directs(person: UserRef): Promise<readonly SeenMessage[]>;
  /** The person types a command line in the channel; resolves with what they see in answer. */
  types(line: string): Promise<SeenMessage | undefined>;
  /** The next message sent reaches the platform, but its answer never comes back. */
  loseNextResponse(): void;
  /** Forgets what guards against doubles for minutes only (Discord's nonce), as if a crash had lasted an hour. */
  forgetRecent(): void;
  /** The platform refuses every further message in this way. */
  failFrom(failure: PlatformFailure): void;
  /** Takes rights from the bot in the channel, so that it cannot post. */
  takeRights(): void;
  /** The platform receives further messages but does not answer before `release`; `arrived` resolves with the first. */
  hold(): { readonly arrived: Promise<void>; release(): void };
  close(): Promise<void>;
}

export interface PlatformContract {
  readonly name: string;
  readonly capabilities: PlatformCapabilities;
  readonly start: (inbox: Inbox) => Promise<PlatformHarness>;
  /** Parts that this platform cannot show, each with the reason. */
  readonly without?: Partial<Record<Part, string>>;
  /** Which failures the harness can cause. Default: all. */
  readonly failures?: readonly PlatformFailure[];
}

type Part = 'lost responses' | 'failures' | 'rights' | 'holds' | 'direct' | 'channels';

export function platformContract(contract: PlatformContract): void {
  describe(`${contract.name} keeps the platform's contract`, () => {
    let open: PlatformHarness | undefined;
    const start = async (inbox: Inbox = scriptedInbox()): Promise<PlatformHarness> => {
      open = await contract.start(inbox);
      return open;
    };
    afterEach(async () => {
      await open?.close();
      open = undefined;
    });
    /** A test that needs a part; without it the report shows the reason. */
    const needs = (part: Part | keyof PlatformCapabilities) => {
      const missing =
        part in contract.capabilities && !contract.capabilities[part as keyof PlatformCapabilities];
      const reason = missing ? `it has no ${part}` : contract.without?.[part as Part];
      return (title: string, run: () => Promise<void>) =>
        reason === undefined ? test(title, run) : test.skip(`${title} (${reason})`, run);
    };
    const onChannels = needs('channels');

    onChannels('a post shows heading, text, facts and buttons in order', async () => {
      const { platform, channel, posts } = await start();
      const posted = await platform.post(channel, question(), once('a'));
      const [seen, ...more] = await posts(channel);
      expect(more).toEqual([]);
      expect(seen?.id).toBe(posted.id);
      expect(seen?.text).toMatch(
        /Daily question[\s\S]*Who patches the guest OS\?[\s\S]*Topic[\s\S]*patching/,
      );
      if (contract.capabilities.buttons) expect(seen?.buttons).toEqual(['AWS', 'The customer']);
    });

    onChannels('the same key twice is one message', async () => {
      const { platform, channel, posts } = await start();
      const first = await platform.post(channel, question(), once('a'));
      const second = await platform.post(channel, question(), { ...once('a'), retry: true });
      expect(second.id).toBe(first.id);
      expect(await posts(channel)).toHaveLength(1);
    });

    onChannels('different keys are different messages', async () => {
      const { platform, channel, posts } = await start();
      await platform.post(channel, question('1'), once('a', '1'));
      await platform.post(channel, question('2'), { ...once('b', '2'), retry: true });
      expect(await posts(channel)).toHaveLength(2);
    });

    for (const [what, make, options] of [
      ['a question', () => question(), once('a', '41')],
      ['a message without buttons', () => reply(heading('This week'), text('Five answers.')), digest('b')],
    ] as const) {
      needs('lost responses')(`${what} whose answer was lost is not posted again by a retry`, async () => {
        const h = await start();
        h.loseNextResponse();
        await h.platform.post(h.channel, make(), options).catch(expectTransient);
        const found = await h.platform.post(h.channel, make(), { ...options, retry: true });
        expect((await h.posts(h.channel)).map((message) => message.id)).toEqual([found.id]);
        expect(found.unproven).toBeUndefined();
      });

      needs('lost responses')(`${what} is found again an hour later`, async () => {
        const h = await start();
        h.loseNextResponse();
        await h.platform.post(h.channel, make(), options).catch(expectTransient);
        h.forgetRecent();
        const found = await h.platform.post(h.channel, make(), { ...options, retry: true });
        expect((await h.posts(h.channel)).map((message) => message.id)).toEqual([found.id]);
      });
    }

    onChannels('a retry posts what never arrived', async () => {
      const { platform, channel, posts } = await start();
      await platform.post(channel, question('7'), { ...once('a', '7'), retry: true });
      expect(await posts(channel)).toHaveLength(1);
    });

    needs('edits')(
      'an edit replaces text and buttons, also with a message read back from the store',
      async () => {
        const { platform, channel, posts } = await start();
        const posted = await platform.post(channel, question(), once('a'));
        await platform.edit(
          JSON.parse(JSON.stringify(posted)),
          reply(heading('The answer'), text('The customer does.')),
        );
        const [seen, ...more] = await posts(channel);
        expect(more).toEqual([]);
        expect(seen?.text).toContain('The customer does.');
        expect(seen?.text).not.toContain('Who patches');
        expect(seen?.buttons).toEqual([]);
      },
    );

    needs('threads')('a thread is opened under the message where one is asked for', async () => {
      const { platform, channel, posts } = await start();
      const posted = await platform.post(channel, question(), { ...once('a'), thread: 'Why the customer?' });
      expect(posted.thread).toBeTruthy();
      const [seen] = await posts(channel);
      expect(seen?.thread ?? 'Why the customer?').toBe('Why the customer?');
    });

    needs('direct')('a direct message reaches the person, once a key', async () => {
      const { platform, person, directs } = await start();
      const notice = reply(heading('Paused'), text('I may not post there any more.'));
      await platform.direct(person, notice, digest('n'));
      await platform.direct(person, notice, { ...digest('n'), retry: true });
      const seen = await directs(person);
      expect(seen).toHaveLength(1);
      expect(seen[0]?.text).toContain('I may not post there any more.');
    });

    onChannels('a huge reply is cut to what the platform takes and keeps its beginning', async () => {
      const { platform, channel, posts } = await start();
      await platform.post(channel, huge(), digest('h'));
      const [seen] = await posts(channel);
      expect(seen?.text).toContain('It begins here');
    });

    onChannels('markup and mentions in text are shown as they are and alert nobody', async () => {
      const { platform, channel, posts } = await start();
      const hostile =
        '@everyone <@123456789012345678> <!channel> *bold* `code` <b>x</b> [a](http://b.example) &amp; ~no~';
      await platform.post(channel, reply(heading(hostile), text(hostile)), digest('m'));
      const [seen] = await posts(channel);
      expect(seen?.pings ?? []).toEqual([]);
      expect(seen?.text.split(hostile)).toHaveLength(3);
    });

    for (const failure of contract.failures ?? FAILURES) {
      needs('failures')(`a ${failure} refusal is a PlatformError that says so`, async () => {
        const h = await start();
        h.failFrom(failure);
        const error = await h.platform.post(h.channel, question(), once('a')).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(error).toBeInstanceOf(PlatformError);
        expect((error as PlatformError).failure).toBe(failure);
        if (failure === 'forbidden') expect((error as PlatformError).missing).not.toEqual([]);
        if (failure === 'rate-limited') expect((error as PlatformError).retryAfterMs).toBeGreaterThan(0);
      });
    }

    needs('failures')('a channel that is not there is gone', async () => {
      const { platform, lostChannel } = await start();
      await expect(platform.post(lostChannel, question(), once('a'))).rejects.toMatchObject({
        name: 'PlatformError',
        failure: 'gone',
      });
    });

    onChannels('a check finds nothing missing where it can post', async () => {
      const { platform, channel } = await start();
      expect(await platform.check(channel, { thread: contract.capabilities.threads })).toEqual({
        missing: [],
      });
    });

    needs('rights')('a check names the rights that are missing', async () => {
      const h = await start();
      h.takeRights();
      const access = await h.platform.check(h.channel, { thread: false });
      expect(access.missing).not.toEqual([]);
    });

    test('a typed line is answered', async () => {
      const h = await start(scriptedInbox({ command: () => reply(text('The customer patches it.')) }));
      expect((await h.types('who patches EC2'))?.text).toContain('The customer patches it.');
    });

    needs('holds')('stop waits for a post in flight', async () => {
      const h = await start();
      const held = h.hold();
      const posting = h.platform.post(h.channel, question(), once('a'));
      const order: string[] = [];
      void posting.then(() => order.push('posted'));
      await held.arrived;
      const stopping = h.platform.stop().then(() => order.push('stopped'));
      held.release();
      await Promise.all([posting, stopping]);
      expect(order).toEqual(['posted', 'stopped']);
    });

    test('stop waits for the answer to a command in flight', async () => {
      const begun = Promise.withResolvers<void>();
      const answer = Promise.withResolvers<Reply>();
      const h = await start(
        scriptedInbox({
          command: () => {
            begun.resolve();
            return answer.promise;
          },
        }),
      );
      const typed = h.types('who patches EC2');
      await begun.promise;
      let stopped = false;
      const stopping = h.platform.stop().then(() => {
        stopped = true;
      });
      await new Promise((resolve) => setImmediate(resolve));
      expect(stopped).toBe(false);
      answer.resolve(reply(text('late but here')));
      await stopping;
      expect((await typed)?.text).toContain('late but here');
    });
  });
}

const FAILURES: readonly PlatformFailure[] = ['transient', 'forbidden', 'gone', 'revoked', 'rejected'];

function question(round = '41'): Reply {
  return reply(
    heading('Daily question'),
    text('Who patches the guest OS?'),
    facts({ label: 'Topic', value: 'patching' }),
    choices(
      { label: 'AWS', action: { name: 'daily.answer', args: [round, '0'] } },
      { label: 'The customer', action: { name: 'daily.answer', args: [round, '1'] } },
    ),
  );
}

function huge(): Reply {
  const long = 'word '.repeat(3_000);
  const blocks: Block[] = [
    heading('It begins here'),
    text(long),
    facts(...Array.from({ length: 40 }, (_, i) => ({ label: `Fact ${i} ${'l'.repeat(300)}`, value: long }))),
    {
      type: 'table',
      columns: [{ label: 'Name' }, { label: 'Points', align: 'right' }],
      rows: Array.from({ length: 400 }, (_, i) => [`Member ${i} ${'n'.repeat(60)}`, String(i)]),
      highlight: 399,
    },
    choices(
      ...Array.from({ length: 40 }, (_, i) => ({
        label: `Choice ${i} ${'c'.repeat(120)}`,
        action: { name: 'daily.answer', args: ['1', String(i)] },
      })),
    ),
  ];
  return { blocks };
}

function once(id: string, round = '41'): PostOptions {
  return { key: { id: `key-${id}`, kind: 'question', round, since: Date.now() - 1_000 }, retry: false };
}

function digest(id: string): PostOptions {
  return { key: { id: `key-${id}`, kind: 'digest', since: Date.now() - 1_000 }, retry: false };
}

function expectTransient(error: unknown): void {
  expect(error).toMatchObject({ name: 'PlatformError', failure: 'transient' });
}
