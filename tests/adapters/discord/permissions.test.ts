// The bot's rights in a channel, in the order of Discord's own rules, and the link that asks for them.
import { describe, expect, test } from 'vitest';
import {
  channelRights,
  inviteLink,
  missingRights,
  type Subject,
} from '../../../src/adapters/discord/permissions.ts';

const VIEW = 1n << 10n;
const SEND = 1n << 11n;
const subject: Subject = {
  guildId: 'g',
  userId: 'u',
  ownerId: 'o',
  roleIds: ['r'],
  roles: [
    { id: 'g', permissions: String(VIEW) },
    { id: 'r', permissions: String(SEND) },
    { id: 'other', permissions: String(1n << 3n) },
  ],
};
const overwrite = (id: string, allow: bigint, deny: bigint) => ({
  id,
  type: 0,
  allow: String(allow),
  deny: String(deny),
});

describe("the bot's rights", () => {
  test('are those of everyone and of its roles', () => {
    expect(channelRights(subject, [])).toBe(VIEW | SEND);
  });

  test('a role may allow what everyone is denied, and the member what a role is denied', () => {
    expect(channelRights(subject, [overwrite('g', 0n, SEND), overwrite('r', SEND, 0n)])).toBe(VIEW | SEND);
    expect(channelRights(subject, [overwrite('r', 0n, SEND), overwrite('u', SEND, 0n)])).toBe(VIEW | SEND);
    expect(channelRights(subject, [overwrite('u', 0n, SEND)])).toBe(VIEW);
  });

  test('a channel that it cannot see gives it nothing', () => {
    expect(channelRights(subject, [overwrite('g', 0n, VIEW)])).toBe(0n);
  });

  test('administrators and owners lack nothing', () => {
    const place = { inThread: false, opensThreads: true };
    const admin = { ...subject, roleIds: ['other'] };
    expect(missingRights(channelRights(admin, [overwrite('g', 0n, VIEW)]), place)).toEqual([]);
    expect(missingRights(channelRights({ ...subject, ownerId: 'u' }, []), place)).toEqual([]);
  });

  test('what is missing has the names that Discord shows', () => {
    expect(missingRights(VIEW | SEND, { inThread: false, opensThreads: true })).toEqual([
      'Embed Links',
      'Attach Files',
      'Read Message History',
      'Create Public Threads',
      'Send Messages in Threads',
    ]);
    expect(missingRights(VIEW | SEND, { inThread: true, opensThreads: false })[0]).toBe(
      'Send Messages in Threads',
    );
  });

  test('the invite link asks for exactly the rights that the bot uses', () => {
    const link = new URL(inviteLink('42'));
    expect(link.origin + link.pathname).toBe('https://discord.com/oauth2/authorize');
    expect(Object.fromEntries(link.searchParams)).toEqual({
      client_id: '42',
      scope: 'bot applications.commands',
      permissions: String(VIEW | SEND | (1n << 14n) | (1n << 15n) | (1n << 16n) | (1n << 35n) | (1n << 38n)),
    });
    expect(
      missingRights(BigInt(link.searchParams.get('permissions') ?? 0), {
        inThread: false,
        opensThreads: true,
      }),
    ).toEqual([]);
  });
});
