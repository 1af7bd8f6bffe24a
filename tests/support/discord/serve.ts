// The local Discord as a process of its own, for benches and torture: prints one JSON line with its addresses, then
// does what is posted to its control address (see `Order`) until it is told to exit or its standard input ends.
//   npx node tests/support/discord/serve.ts [--limit 50] [--shards 1]
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import type { Fault } from './faults.ts';
import { type LoadOptions, runLoad } from './load.ts';
import { startLocalDiscord, TOKEN } from './local-discord.ts';

export type Order =
  /** Makes channels on the server; answers with their ids. */
  | { readonly do: 'channels'; readonly count: number }
  /** Somebody types a command; answers with what they get. The first name is an administrator's where `admin` is set. */
  | {
      readonly do: 'types';
      readonly user: string;
      readonly admin?: boolean;
      readonly line: string;
      readonly channel?: string;
    }
  /** Somebody presses a button by its label, or the first one of the channel's latest post. */
  | { readonly do: 'presses'; readonly user: string; readonly label?: string; readonly channel?: string }
  | ({ readonly do: 'load' } & Omit<LoadOptions, 'channel'>)
  /** How many messages of the bot each channel shows; and how many channels show how many, for large numbers of them. */
  | { readonly do: 'counts' }
  | { readonly do: 'tally' }
  | { readonly do: 'posts'; readonly channel: string }
  | { readonly do: 'fault'; readonly match: string; readonly fault: Fault; readonly times?: number }
  | { readonly do: 'close'; readonly code: number }
  | { readonly do: 'forgetNonces' }
  /** Bodies that Discord would refuse, and how many requests were over the limit. */
  | { readonly do: 'violations' }
  | { readonly do: 'exit' };

const { values } = parseArgs({ options: { limit: { type: 'string' }, shards: { type: 'string' } } });
const discord = await startLocalDiscord({
  keepRequests: false,
  ...(values.limit === undefined ? {} : { requestsPerSecond: Number(values.limit) }),
  ...(values.shards === undefined ? {} : { shards: Number(values.shards) }),
});
const { world, guild, general } = discord;

const person = (order: { user: string; admin?: boolean; channel?: string }) => {
  const user = discord.user(order.user, { admin: order.admin === true });
  const channel = order.channel === undefined ? general : world.channels.get(order.channel);
  if (channel === undefined) throw new Error(`no channel ${order.channel}`);
  return user.in(channel);
};

async function carryOut(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'channels':
      return Array.from({ length: order.count }, (_, i) => world.addChannel(guild, `channel-${i}`).id);
    case 'types':
      return person(order).types(order.line);
    case 'presses': {
      const label = order.label ?? discord.posts(order.channel ?? general.id).at(-1)?.buttons[0] ?? '';
      return person(order).presses(label);
    }
    case 'load':
      return runLoad(discord, { ...order, channel: general });
    case 'counts':
      return Object.fromEntries([...world.channels.keys()].map((id) => [id, discord.posts(id).length]));
    case 'tally': {
      const tally: Record<number, number> = {};
      for (const list of world.messages.values()) {
        const count = list.filter(
          ({ onlyFor, message }) => onlyFor === undefined && message.author.bot,
        ).length;
        tally[count] = (tally[count] ?? 0) + 1;
      }
      return tally;
    }
    case 'posts':
      return discord.posts(order.channel);
    case 'fault':
      discord.faults.next(new RegExp(order.match), order.fault, order.times ?? 1);
      return {};
    case 'close':
      discord.gateway.close(order.code);
      return {};
    case 'forgetNonces':
      discord.forgetNonces();
      return {};
    case 'violations':
      return { violations: discord.violations, limited: discord.limited() };
    case 'exit':
      setImmediate(() => process.exit(0));
      return {};
  }
}

const control = createServer(async (request, response) => {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await carryOut(JSON.parse(Buffer.concat(chunks).toString()) as Order);
    response.end(JSON.stringify(answer ?? null));
  } catch (error) {
    response.writeHead(500).end(JSON.stringify({ error: String(error) }));
  }
});
control.requestTimeout = 0;
await new Promise<void>((resolve) => control.listen(0, '127.0.0.1', resolve));
const { port } = control.address() as AddressInfo;
process.stdout.write(
  `${JSON.stringify({ url: discord.url, control: `http://127.0.0.1:${port}/`, token: TOKEN, guild: guild.id, channel: general.id })}\n`,
);
process.stdin.on('end', () => process.exit(0)).resume();
