// Workspaces, their administrators, and what was seen in them: greetings, events, reminders.

import type { Selectable } from 'kysely';
import type { Log } from '../core/ports.ts';
import { formatRef, parseRef, parseWorkspaceRef } from '../core/refs.ts';
import type { Workspace, WorkspaceStore } from '../core/store.ts';
import { type Database, rangeOf } from './database.ts';
import { purge } from './purge.ts';
import { eventSightings } from './sightings.ts';
import type { Tables } from './tables.ts';

export const LEFT_REASON = 'The bot was removed from the workspace.';

export function workspaceStore(database: Database, log: Log): WorkspaceStore & { idle(): Promise<void> } {
  const { db } = database;
  const sightings = eventSightings(database);

  return {
    idle: sightings.idle,
    async get(ref) {
      const row = await db
        .selectFrom('workspaces')
        .selectAll()
        .where('workspace', '=', formatRef(ref))
        .executeTakeFirst();
      return row && toWorkspace(row);
    },
    async list(limit) {
      const found = await db
        .selectFrom('workspaces')
        .selectAll()
        .orderBy('joined_at')
        .orderBy('workspace')
        .limit(limit)
        .execute();
      return found.map(toWorkspace);
    },
    async ofPlatform(platform) {
      const { from, to } = rangeOf(platform);
      const found = await db
        .selectFrom('workspaces')
        .selectAll()
        .where('workspace', '>=', from)
        .where('workspace', '<', to)
        .orderBy('workspace')
        .execute();
      return found.map(toWorkspace);
    },
    join: (ref, now, by) =>
      database.write(async (trx) => {
        const workspace = formatRef(ref);
        const installed_by = by === undefined ? null : formatRef(by);
        const added = await trx
          .insertInto('workspaces')
          .values({ workspace, joined_at: now, installed_by })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (added.numInsertedOrUpdatedRows === 1n) return true;
        const back = await trx
          .updateTable('workspaces')
          .set({ left_at: null, ...(installed_by === null ? {} : { installed_by }) })
          .where('workspace', '=', workspace)
          .where('left_at', 'is not', null)
          .executeTakeFirst();
        if (back.numUpdatedRows === 0n && installed_by !== null) {
          await trx
            .updateTable('workspaces')
            .set({ installed_by })
            .where('workspace', '=', workspace)
            .execute();
        }
        return back.numUpdatedRows > 0n;
      }),
    leave: (ref, now) =>
      database.write(async (trx) => {
        const workspace = formatRef(ref);
        const { from, to } = rangeOf(workspace);
        await trx
          .updateTable('workspaces')
          .set({ left_at: now })
          .where('workspace', '=', workspace)
          .where('left_at', 'is', null)
          .execute();
        await trx
          .updateTable('schedules')
          .set({ paused_at: now, paused_reason: LEFT_REASON })
          .where('channel', '>=', from)
          .where('channel', '<', to)
          .where('paused_at', 'is', null)
          .execute();
        await trx
          .updateTable('deliveries')
          .set({ state: 'cancelled', ended_at: now, error: LEFT_REASON, lease_owner: null })
          .where('channel', '>=', from)
          .where('channel', '<', to)
          .where('state', '=', 'pending')
          .execute();
      }),
    async setZoneOnce(ref, zone) {
      await db
        .updateTable('workspaces')
        .set({ zone })
        .where('workspace', '=', formatRef(ref))
        .where('zone', 'is', null)
        .execute();
    },
    purge: (leftBefore) => purge(database, leftBefore, log),
    async admins(ref) {
      const { from, to } = rangeOf(formatRef(ref));
      const members = await db
        .selectFrom('admins')
        .select('member')
        .where('member', '>=', from)
        .where('member', '<', to)
        .orderBy('member')
        .execute();
      return members.map(({ member }) => parseRef(member).id);
    },
    async isAdmin(user) {
      const row = await db
        .selectFrom('admins')
        .select('member')
        .where('member', '=', formatRef(user))
        .executeTakeFirst();
      return row !== undefined;
    },
    async addAdmin(user) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('admins')
        .values({ member: formatRef(user) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async removeAdmin(user) {
      const { numDeletedRows } = await db
        .deleteFrom('admins')
        .where('member', '=', formatRef(user))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async greet(channel, now) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('channels')
        .values({ channel: formatRef(channel), greeted_at: now })
        .onConflict((conflict) =>
          conflict
            .column('channel')
            .doUpdateSet({ greeted_at: now })
            .where('channels.greeted_at', 'is', null),
        )
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    firstSight: sightings.first,
    async setReminder(channel, user, on) {
      const row = { channel: formatRef(channel), member: formatRef(user) };
      if (on) {
        await db
          .insertInto('reminders')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      } else {
        await db
          .deleteFrom('reminders')
          .where('channel', '=', row.channel)
          .where('member', '=', row.member)
          .execute();
      }
    },
    async reminders(channel) {
      const members = await db
        .selectFrom('reminders')
        .select('member')
        .where('channel', '=', formatRef(channel))
        .orderBy('member')
        .execute();
      return members.map(({ member }) => parseRef(member));
    },
  };
}

function toWorkspace(row: Selectable<Tables['workspaces']>): Workspace {
  return {
    ref: parseWorkspaceRef(row.workspace),
    zone: row.zone ?? 'UTC',
    joinedAt: row.joined_at,
    ...(row.left_at === null ? {} : { leftAt: row.left_at }),
    ...(row.installed_by === null ? {} : { installedBy: parseRef(row.installed_by) }),
  };
}
