// The commands' specs: what platforms register and documents list.
import { commands } from '../../commands/index.ts';
import type { CommandSpec } from '../core/command.ts';
import { createRegistry } from '../core/registry.ts';

export function commandSpecs(): readonly CommandSpec[] {
  return createRegistry(commands).specs;
}
