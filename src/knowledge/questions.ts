// The question bank: questions as written, and questions derived from a ruling so that look-up and key agree.
import type { Ruling } from './rulings.ts';
import type { QuestionsData } from './schema.ts';

export interface Topic {
  readonly id: string;
  readonly title: string;
}

export interface BankQuestion {
  readonly id: string;
  readonly topic: string;
  readonly difficulty: 'easy' | 'medium' | 'hard';
  readonly text: string;
  readonly choices: readonly string[];
  /** Index of the right choice. */
  readonly answer: number;
  readonly why: string;
  readonly source: string;
  /** Set where the question is derived from a ruling: its choices keep their order. */
  readonly ruling?: { readonly service: string; readonly control: string };
}

/** The choices of every derived question, in this order. */
export const ownerChoices = ['AWS', 'The customer', 'Both: it is shared'] as const;
const ownerOrder = ['aws', 'customer', 'shared'];

export function deriveQuestions(
  topics: readonly QuestionsData[],
  ruling: (service: string, control: string) => Ruling,
): BankQuestion[] {
  return topics.flatMap(({ topic, questions }) =>
    questions.map((question): BankQuestion => {
      if (!('ruling' in question)) return { topic, ...question };
      const { id, difficulty, text } = question;
      return {
        id,
        topic,
        difficulty,
        ...fromRuling(ruling(question.ruling.service, question.ruling.control), text),
      };
    }),
  );
}

function fromRuling(ruling: Ruling, text: string | undefined) {
  const answer = ownerOrder.indexOf(ruling.owner);
  if (answer < 0) {
    throw new RangeError(`${ruling.service.id} and ${ruling.control.id} have no single owner to ask for`);
  }
  return {
    text: text ?? `${ruling.service.name}: who takes care of ${uncapitalise(ruling.control.name)}?`,
    choices: ownerChoices,
    answer,
    why: `AWS: ${ruling.aws} Customer: ${ruling.customer}`,
    source: ruling.sources[0].url,
    ruling: { service: ruling.service.id, control: ruling.control.id },
  };
}

function uncapitalise(name: string): string {
  return /^[A-Z][a-z]/.test(name) && !name.startsWith('AWS') ? name[0]?.toLowerCase() + name.slice(1) : name;
}
