// The bank in memory: questions by id, topics by id, and what the choice of a question needs.
import type { Question } from '../quiz/question.ts';

export interface Topic {
  readonly id: string;
  readonly title: string;
}

export interface Bank {
  readonly questions: readonly Question[];
  readonly topics: readonly Topic[];
  get(id: string): Question | undefined;
  topicTitle(id: string): string;
  /** Right choice by question. */
  readonly keys: ReadonlyMap<string, number>;
}

export function createBank(questions: readonly Question[], topics: readonly Topic[]): Bank {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const titles = new Map(topics.map((topic) => [topic.id, topic.title]));
  return {
    questions,
    topics,
    get: (id) => byId.get(id),
    topicTitle: (id) => titles.get(id) ?? id,
    keys: new Map(questions.map((question) => [question.id, question.answer])),
  };
}
