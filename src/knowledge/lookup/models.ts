// Kinds of service that a question names instead of a service: "in SaaS", "serverless services".
import type { Model } from '../knowledge.ts';
import type { ReadText, Tools } from './read.ts';

/** The models named by the longest wording; several where one wording stands for several. */
export function modelsIn(read: ReadText, tools: Tools): Model[] {
  if (!read.words.some(({ beginsModel }) => beginsModel)) return [];
  const words = read.tokens.map(({ word }) => word);
  const found = tools.modelWords.filter(({ keys }) =>
    words.some((_, at) => keys.every((key, i) => words[at + i] === key)),
  );
  const longest = Math.max(0, ...found.map(({ keys }) => keys.length));
  return [...new Set(found.filter(({ keys }) => keys.length === longest).map(({ model }) => model))];
}
