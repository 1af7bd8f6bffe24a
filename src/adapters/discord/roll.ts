// Where the bot is, by the list of servers that a shard gets when it connects.
import type { Client, GatewayReadyDispatchData } from 'discord.js';
import type { Roll } from '../../core/ports.ts';
import { guildRef, isPersonal, PLATFORM } from './places.ts';

/** The list has the servers that are down too, and none of other shards. */
export function rollOf(client: Client, { guilds, shard = [0, 1] }: GatewayReadyDispatchData): Roll {
  const listed = new Set(guilds.map(({ id }) => id));
  const isOfShard = (id: string) => shardOf(id, shard[1]) === shard[0];
  // discord.js keeps a server that removed the bot while the connection was lost.
  client.guilds.cache.sweep(({ id }) => isOfShard(id) && !listed.has(id));
  return {
    platform: PLATFORM,
    present: [...listed].map(guildRef),
    // discord.js has read the list by the time that this is asked, and knows who came and went since.
    isGone: (ref) => !isPersonal(ref) && isOfShard(ref.workspace) && !client.guilds.cache.has(ref.workspace),
  };
}

/** Discord's rule: https://docs.discord.com/developers/events/gateway#sharding */
function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}
