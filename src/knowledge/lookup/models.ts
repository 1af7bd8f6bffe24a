// Kinds of service that a question names instead of a service: "in SaaS", "serverless services".
import type { Model } from '../knowledge.ts';
import type { ReadText, Tools } from './read.ts';

/** The models named by the longest wording; several where one wording stands for several. */
export function modelsIn(read: ReadText, tools: Tools): Model[] {
  const starts = read.words.flatMap(({ beginsModel }, at) => (beginsModel ? [at] : []));
  if (starts.length === 0) return [];
  const found = tools.modelWords.filter(({ keys }) =>
    starts.some((at) => keys.every((key, i) => read.tokens[at + i]?.word === key)),
  );
  const longest = Math.max(0, ...found.map(({ keys }) => keys.length));
  return [...new Set(found.filter(({ keys }) => keys.length === longest).map(({ model }) => model))];
}
