// The matrix view: every service by every control, one letter a cell.
import type { MatrixRow, Reply } from '../../src/core/reply.ts';
import type { Knowledge } from '../../src/knowledge/load.ts';
import type { BotContext } from '../command.ts';

const LETTERS = { aws: 'a', customer: 'c', shared: 's', depends: 'd', 'not-applicable': '-' } as const;
const cache = new WeakMap<Knowledge, Reply>();

/** Computed once: the knowledge does not change while the bot runs. */
export async function matrix(ctx: BotContext): Promise<Reply> {
  const known = cache.get(ctx.use.knowledge) ?? build(ctx.use.knowledge);
  cache.set(ctx.use.knowledge, known);
  return known;
}

function build(knowledge: Knowledge): Reply {
  const rows = knowledge.services.map(
    (service): MatrixRow => ({
      id: service.id,
      label: service.name,
      group: service.category,
      model: knowledge.modelOf(service).label,
      owners: knowledge.controls
        .map((control) => LETTERS[knowledge.ruling(service.id, control.id).owner])
        .join(''),
    }),
  );
  return {
    blocks: [
      {
        type: 'matrix',
        controls: knowledge.controls.map(({ id, name, category }) => ({ id, label: name, group: category })),
        rows: rows.sort((a, b) => a.label.localeCompare(b.label)),
      },
    ],
  };
}
