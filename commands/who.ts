// /who: free text → a sourced ruling, or "I don't know" with what could be answered.
import { UserError } from '../src/core/errors.ts';
import type { Reply } from '../src/core/reply.ts';
import { lookupBlocks } from './answer-blocks.ts';
import { type BotCommand, type BotContext, defineLeaf } from './command.ts';
import { generalBlocks, rulingBlocks } from './ruling-blocks.ts';

export const who: BotCommand = {
  ...defineLeaf({
    name: 'who',
    aliases: ['who-does'],
    summary: 'Who is responsible: AWS or the customer? With the source',
    examples: [
      'who patches EC2',
      'who guards the data centres',
      'who encrypts S3 objects',
      'who does what on RDS',
    ],
    args: {
      question: {
        kind: 'text',
        summary: 'in your own words',
        required: true,
        rest: true,
        maxLength: 1000,
        suggests: true,
      },
    },
    access: 'everyone',
    visibility: 'private',
    async run({ question }, ctx) {
      return { blocks: lookupBlocks(ctx.use.lookup(question), ctx.use) };
    },
    suggest: async (_, partial, ctx) => ctx.use.suggest(partial),
  }),
  actions: {
    /** Arguments: service (may be empty), control, and the number of the branch, if one was asked for. */
    show: { access: 'everyone', visibility: 'private', run: async ({ args }, ctx) => show(ctx, args, true) },
    share: { access: 'everyone', visibility: 'public', run: async ({ args }, ctx) => show(ctx, args, false) },
    /** Argument: a question, as suggested. */
    ask: {
      access: 'everyone',
      visibility: 'private',
      run: async ({ args: [question = ''] }, ctx) => ({
        blocks: lookupBlocks(ctx.use.lookup(question), ctx.use),
      }),
    },
  },
};

/** The ruling of ids; also what a cell of the matrix shows. */
export function show(ctx: BotContext, args: readonly string[], share: boolean): Reply {
  const [service = '', control = '', branch] = args;
  const { knowledge } = ctx.use;
  if (knowledge.controlById(control) === undefined) throw unknown();
  if (service === '') return { blocks: generalBlocks(knowledge.generalRule(control), false, share) };
  if (knowledge.serviceById(service) === undefined) throw unknown();
  const ruling = knowledge.ruling(service, control);
  const selected = branch === undefined ? undefined : ruling.branches[Number(branch)];
  return {
    blocks: rulingBlocks(
      knowledge,
      selected === undefined ? { ruling } : { ruling, branch: selected },
      share,
    ),
  };
}

function unknown(): UserError {
  return new UserError('I do not know that service or control any more: ask again with `/who`.');
}
