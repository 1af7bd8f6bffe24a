// /compare: two to four services side by side.
import { UserError } from '../src/core/errors.ts';
import type { Service } from '../src/knowledge/knowledge.ts';
import { type BotCommand, defineLeaf } from './command.ts';
import { comparisonBlocks, serviceCode } from './comparison-blocks.ts';
import { findService } from './service.ts';

const MIN = 2;
const MAX = 4;

export const compare: BotCommand = {
  ...defineLeaf({
    name: 'compare',
    summary: 'Two to four services side by side, and what moves to AWS',
    examples: ['compare EC2, RDS', 'compare EC2, Fargate, Lambda'],
    args: {
      services: {
        kind: 'text',
        summary: 'two to four names, with commas',
        required: true,
        rest: true,
        maxLength: 200,
        suggests: true,
      },
    },
    access: 'everyone',
    visibility: 'private',
    async run({ services }, ctx) {
      const names = services.split(/\s*(?:,|;|\bvs\.?\b|\band\b)\s*/i).filter(Boolean);
      const found = [...new Set(names.map((name) => findService(ctx, name)))];
      if (found.length < MIN || found.length > MAX) {
        throw new UserError(
          `Name two to four different services with commas between them, for example \`/compare EC2, RDS\`.`,
        );
      }
      return { blocks: comparisonBlocks(ctx.use.knowledge, found, undefined, true) };
    },
    async suggest(_, partial, ctx) {
      const before = partial.slice(0, partial.lastIndexOf(',') + 1);
      const lead = before === '' ? '' : `${before} `;
      return ctx.use.suggestServices(partial.slice(before.length).trim()).map((name) => `${lead}${name}`);
    },
  }),
  actions: {
    /** Arguments: a control (may be empty) and the codes of the services. */
    share: {
      access: 'everyone',
      visibility: 'public',
      async run({ args: [control = '', ...codes] }, ctx) {
        const { knowledge } = ctx.use;
        const services = codes.map((code) => knowledge.services.find(({ id }) => serviceCode(id) === code));
        const found = services.filter((service): service is Service => service !== undefined);
        if (found.length < MIN || found.length !== codes.length)
          throw new UserError('I do not know those services any more.');
        return { blocks: comparisonBlocks(knowledge, found, knowledge.controlById(control), false) };
      },
    },
  },
};
