// The workspace that a subcommand is about: the one named, or the only one.
import { formatRef, parseWorkspaceRef, type WorkspaceRef } from '../core/refs.ts';
import type { Store } from '../core/store.ts';
import { UsageError } from './cli-io.ts';

const WORKSPACES_MAX = 1000;

/**
 * The workspace that was named, or the only one; undefined where none was named and the store has none yet. Throws a
 * UsageError that lists them where there are several.
 */
export async function chooseWorkspace(
  store: Store,
  named: string | undefined,
): Promise<WorkspaceRef | undefined> {
  const known = await store.workspaces.list(WORKSPACES_MAX);
  const names = known.map(({ ref }) => formatRef(ref));
  const list =
    names.length === 0 ? 'the store has none yet' : `the store has ${names.slice(0, 20).join(', ')}`;
  if (named === undefined) {
    const [only, ...others] = known;
    if (others.length === 0) return only?.ref;
    throw new UsageError(`Name the workspace with --workspace: ${list}.`);
  }
  if (!names.includes(named)) throw new UsageError(`There is no workspace "${named}": ${list}.`);
  return parseWorkspaceRef(named);
}
