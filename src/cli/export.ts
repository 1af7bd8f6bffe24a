// `responsibot export`: the data of one workspace as JSON, without secrets.
import type { Command } from 'commander';
import { chooseWorkspace } from './choose-workspace.ts';
import { type Act, type CliIo, environmentOf, writeLine } from './cli-io.ts';

export function addExport(program: Command, act: Act): void {
  program
    .command('export')
    .description("print a workspace's data as JSON, without secrets")
    .option('--workspace <platform/id>', 'of which workspace; needed where there are several')
    .action(act(run));
}

async function run(io: CliIo, options: { readonly workspace?: string }) {
  const [{ readValues }, { exportWorkspace }, { withStore }, { formatRef }] = await Promise.all([
    import('../config/read-config.ts'),
    import('../storage/export-workspace.ts'),
    import('./with-store.ts'),
    import('../core/refs.ts'),
  ]);
  const url = readValues(environmentOf(io)).DATABASE_URL;
  await withStore(io, async (store, log) => {
    const workspace = await chooseWorkspace(store, options.workspace);
    if (workspace === undefined) {
      await writeLine(io.stderr, 'There is nothing to export yet: the store has no workspace.');
      return writeLine(io.stdout, JSON.stringify({ workspace: null, tables: {} }));
    }
    const tables = await exportWorkspace({ url, workspace, log });
    await writeLine(io.stdout, JSON.stringify({ workspace: formatRef(workspace), tables }, null, 2));
  });
  return undefined;
}
