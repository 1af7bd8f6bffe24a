// Asks the lookup as a person would, and says in a word what came back.
import { type AskResult, ask } from '../../../src/knowledge/ask.ts';
import { loadKnowledge } from '../../../src/knowledge/load.ts';
import { createLookup } from '../../../src/knowledge/lookup/lookup.ts';

export const knowledge = loadKnowledge();
export const lookup = createLookup(knowledge);

export function asked(query: string): AskResult {
  return ask(knowledge, lookup, 'q', query);
}

export function ownerOf(query: string): string {
  return asked(query).owner;
}
