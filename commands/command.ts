// The commands' own types: core's, with this product's use cases.
import type { UseCases } from '../src/app/use-cases.ts';
import { type ArgSpecs, type Command, type CommandContext, type Leaf, leaf } from '../src/core/command.ts';

export type BotContext = CommandContext<UseCases>;
export type BotCommand = Command<UseCases>;
export type BotLeaf = Leaf<ArgSpecs, UseCases>;

/** Types a command's `run` by its own options. */
export function defineLeaf<const A extends ArgSpecs>(spec: Leaf<A, UseCases>): BotLeaf {
  return leaf<A, UseCases>(spec);
}
