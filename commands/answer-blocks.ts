// A look-up as blocks: the answer, the readings to choose from, or "I don't know" with what I could answer.

import type { UseCases } from '../src/app/use-cases.ts';
import { ACTION_MAX_BYTES } from '../src/core/action.ts';
import { shorten } from '../src/core/parse-args.ts';
import { type Block, type Button, choices, heading, type Inline, text } from '../src/core/reply.ts';
import type { Answer, Lookup, Reading } from '../src/knowledge/lookup/types.ts';
import { comparisonBlocks } from './comparison-blocks.ts';
import { generalBlocks, ownerTitle, rulingBlocks } from './ruling-blocks.ts';
import { serviceBlocks } from './service-blocks.ts';

const BUTTONS_MAX = 5;
/** What the action's name and separators take of a button. */
const ACTION_OVERHEAD = 20;

export function lookupBlocks(found: Lookup, use: Pick<UseCases, 'knowledge'>): Block[] {
  switch (found.kind) {
    case 'match':
      return answerBlocks(found.answer, use);
    case 'ambiguous':
      return [
        text(found.reason),
        text(
          found.readings.flatMap((reading, i): Inline[] => [
            i === 0 ? '' : '\n',
            '• ',
            reading.label,
            ': ',
            { bold: ownerTitle(reading.owner) },
          ]),
        ),
        ...buttons([...found.readings.map(readingButton), ...found.suggestions.flatMap(askButton)]),
      ];
    case 'unknown':
      return [
        text([{ bold: 'I do not know.' }, ' ', found.reason]),
        ...(found.suggestions.length === 0
          ? []
          : [text('Did you mean:'), ...buttons(found.suggestions.flatMap(askButton))]),
      ];
  }
}

function answerBlocks(answer: Answer, use: Pick<UseCases, 'knowledge'>): Block[] {
  switch (answer.about) {
    case 'ruling':
      return rulingBlocks(use.knowledge, answer, true);
    case 'general':
      return generalBlocks(answer.rule, answer.mechanism, true);
    case 'model':
      return [
        heading(`${answer.rule.control.name}: ${answer.models.map(({ label }) => label).join(', ')}`),
        text([
          { bold: ownerTitle(answer.owner) },
          '. ',
          answer.models.map(({ definition }) => definition).join(' '),
        ]),
        ...generalBlocks(answer.rule, false, true).slice(2),
      ];
    case 'service':
      return serviceBlocks(use.knowledge, answer.service, true);
    case 'comparison':
      return comparisonBlocks(use.knowledge, answer.services, answer.control, true);
  }
}

function buttons(list: readonly Button[]): Block[] {
  return list.length === 0 ? [] : [choices(...list.slice(0, BUTTONS_MAX))];
}

function readingButton({ label, service, control }: Reading): Button {
  return { label: shorten(label, 60), action: { name: 'who.show', args: [service?.id ?? '', control.id] } };
}

/** A suggested question as a button; one that a button cannot carry is left out. */
function askButton(question: string): Button[] {
  if (Buffer.byteLength(question) > ACTION_MAX_BYTES - ACTION_OVERHEAD) return [];
  return [{ label: shorten(question, 60), action: { name: 'who.ask', args: [question] } }];
}
