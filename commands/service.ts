// /service: everything about one service.
import { UserError } from '../src/core/errors.ts';
import { shorten } from '../src/core/parse-args.ts';
import type { Service } from '../src/knowledge/knowledge.ts';
import { type BotCommand, type BotContext, defineLeaf } from './command.ts';
import { serviceBlocks } from './service-blocks.ts';
import { show } from './who.ts';

export const service: BotCommand = {
  ...defineLeaf({
    name: 'service',
    summary: 'Everything about one AWS service: who takes care of what',
    examples: ['service EC2', 'service AWS Lambda'],
    args: {
      service: {
        kind: 'text',
        summary: 'its name or abbreviation',
        required: true,
        rest: true,
        maxLength: 100,
        suggests: true,
      },
    },
    access: 'everyone',
    visibility: 'private',
    run: async (args, ctx) => ({
      blocks: serviceBlocks(ctx.use.knowledge, findService(ctx, args.service), true),
    }),
    suggest: async (_, partial, ctx) => ctx.use.suggestServices(partial),
  }),
  actions: {
    share: {
      access: 'everyone',
      visibility: 'public',
      async run({ args: [id = ''] }, ctx) {
        const found = ctx.use.knowledge.serviceById(id);
        if (found === undefined) throw new UserError('I do not know that service any more.');
        return { blocks: serviceBlocks(ctx.use.knowledge, found, false) };
      },
    },
    /** A cell of the matrix. Arguments: service, control. */
    cell: { access: 'everyone', visibility: 'private', run: async ({ args }, ctx) => show(ctx, args, false) },
  },
};

/** The one service that a text names. Throws a UserError with the nearest names where there is none or several. */
export function findService(ctx: BotContext, input: string): Service {
  const found = ctx.use.lookup(input);
  const [named, ...more] = [...new Set(found.recognised.services.map((mention) => mention.service))];
  if (named !== undefined && more.length === 0) return named;
  const near =
    more.length > 0 && named !== undefined
      ? [named.name, ...more.map(({ name }) => name)]
      : ctx.use.suggestServices(input).slice(0, 3);
  const hint =
    near.length === 0 ? 'write its full name, such as Amazon EC2' : `did you mean ${near.join(', ')}?`;
  throw new UserError(`I do not know an AWS service called "${shorten(input)}": ${hint}`);
}
