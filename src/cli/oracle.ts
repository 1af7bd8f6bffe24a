// Answers questions for `ask`: the compiled knowledge and nothing else, in the same words as the chat.
import { lookupBlocks } from '../../commands/answer-blocks.ts';
import { plainText } from '../core/plain-text.ts';
import type { Block } from '../core/reply.ts';
import { type AskResult, ask } from '../knowledge/ask.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { createLookup } from '../knowledge/lookup/lookup.ts';

/** The `ask --json` object; `id` is null where none was given. */
export type Result = Omit<AskResult, 'id'> & { readonly id: string | number | null };

export interface Oracle {
  result(id: string | number | null, question: string): Result;
  /** What `/who` says in a terminal. */
  text(question: string): string;
  /** What was recognised and why it was decided so. */
  explanation(question: string): string;
}

export function createOracle(): Oracle {
  const knowledge = loadKnowledge();
  const lookup = createLookup(knowledge);
  return {
    result: (id, question) => ({ ...ask(knowledge, lookup, '', question), id }),
    text: (question) =>
      plainText({ blocks: lookupBlocks(lookup(question), { knowledge }).flatMap(withoutShare) }),
    explanation(question) {
      const { kind, recognised } = lookup(question);
      const list = (name: string, items: readonly string[]) =>
        items.length === 0 ? [] : [`${name}: ${items.join(', ')}`];
      return [
        `kind: ${kind}`,
        ...list(
          'services',
          recognised.services.map(({ said, service }) => `${service.name} ("${said}")`),
        ),
        ...list(
          'controls',
          recognised.controls.map(({ control, learnt }) => `${control.id} ${Math.round(100 * learnt)} %`),
        ),
        ...list('telling words', recognised.telling),
        ...list(
          'models',
          recognised.models.map(({ id }) => id),
        ),
        ...list('conditions', recognised.conditions),
        ...list(
          'corrections',
          recognised.corrections.map(({ from, to }) => `${from} → ${to}`),
        ),
        ...list('unexplained', recognised.unexplained),
        ...recognised.steps.map((step) => `- ${step}`),
      ].join('\n');
    },
  };
}

/** Nobody is there to share with. */
function withoutShare(block: Block): readonly Block[] {
  if (block.type !== 'choices') return [block];
  const choices = block.choices.filter(({ action }) => !action.name.endsWith('.share'));
  return choices.length === 0 ? [] : [{ ...block, choices }];
}
