// Opaque rows of adapters, one a workspace.
import { formatRef, parseWorkspaceRef } from '../core/refs.ts';
import type { InstallationStore } from '../core/store.ts';
import type { Database } from './database.ts';
import { rangeOf } from './database.ts';

export function installationStore({ db }: Database): InstallationStore {
  return {
    async put(workspace, value, now) {
      await db
        .insertInto('installations')
        .values({ workspace: formatRef(workspace), value, updated_at: now })
        .onConflict((conflict) => conflict.column('workspace').doUpdateSet({ value, updated_at: now }))
        .execute();
    },
    async get(workspace) {
      const row = await db
        .selectFrom('installations')
        .select('value')
        .where('workspace', '=', formatRef(workspace))
        .executeTakeFirst();
      return row?.value;
    },
    async remove(workspace) {
      await db.deleteFrom('installations').where('workspace', '=', formatRef(workspace)).execute();
    },
    async list(platform) {
      const { from, to } = rangeOf(encodeURIComponent(platform));
      const found = await db
        .selectFrom('installations')
        .select(['workspace', 'value'])
        .where('workspace', '>=', from)
        .where('workspace', '<', to)
        .orderBy('workspace')
        .execute();
      return found.map(({ workspace, value }) => ({ workspace: parseWorkspaceRef(workspace), value }));
    },
  };
}
