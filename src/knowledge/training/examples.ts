// Makes the examples that the classifier learns from: wordings as they are and inside questions, and the data's own text.
import type { Knowledge } from '../knowledge.ts';
import { createCourtesies } from '../lookup/courtesies.ts';
import { runBehind } from '../lookup/invented.ts';
import { buildNameTable } from '../lookup/name-table.ts';
import { brands, createNames, type Mention } from '../lookup/names.ts';
import { stem } from '../lookup/stem.ts';
import { type Feature, featuresOf, weighWords } from '../lookup/text-features.ts';
import { type Token, tokenise } from '../lookup/tokens.ts';
import { buildRules, createWording } from '../lookup/wording.ts';
import type { Wordings } from './wordings.ts';

export interface Example {
  /** Id of the control; `null`: the text is about none. */
  readonly control: string | null;
  readonly text: string;
  readonly features: readonly Feature[];
  readonly weight: number;
  /** False of text that only repeats another example inside a question: it proves no word to be common. */
  readonly counts: boolean;
  /** Stems of the words behind "AWS" or "Amazon" that are no part of a service's name. */
  readonly behindBrand: readonly string[];
}

/** What a phrasing of a control, a text of the rulings or of the question bank counts of a wording. */
const shares = { phrasing: 3, ruling: 1, question: 0.5, part: 0.5 };

export function createExamples(knowledge: Knowledge, { byControl, frames }: Wordings): Example[] {
  const names = createNames(buildNameTable(knowledge), knowledge);
  const services = knowledge.services.filter(({ status }) => status === 'active');
  const leaveOutCourtesies = createCourtesies(knowledge.data.language.courtesies);
  const wording = createWording(buildRules(knowledge.data.language), knowledge.data.language.fillers);
  const examples: Example[] = [];
  const add = (
    control: string | null,
    text: string,
    weight: number,
    { counts = true, service }: { counts?: boolean; service?: string } = {},
  ) => {
    const tokens = leaveOutCourtesies(tokenise(text));
    const mentions = names.find(tokens);
    const named = counts ? mentions.find(({ certainty }) => certainty === 'name')?.usual?.id : undefined;
    const features = featuresOf(
      weighWords(tokens, mentions),
      service ?? named,
      wording.terms(tokens.map(({ word }) => wording.stemmed(word))),
    );
    const behindBrand = control === null ? [] : stemsBehindBrands(tokens, mentions);
    if (features.length > 0) examples.push({ control, text, features, weight, counts, behindBrand });
  };
  let turn = 0;
  /** As it is, and once inside a question about some service: what surrounds a matter must not speak for it. */
  const addBoth = (control: string | null, text: string, weight = 1) => {
    const frame = frames[turn % frames.length] ?? '{matter}';
    const service = services[(turn * 7) % services.length];
    turn += 1;
    // a text about no control names services too; none of them may speak for a control by itself
    const bare = control === null ? (service?.aliases[0] ?? '') : ' ';
    add(control, text.replaceAll('{service}', bare), weight);
    const name = service?.aliases[0] ?? service?.name ?? '';
    add(control, frame.replace('{matter}', text.replaceAll('{service}', name)), weight, { counts: false });
  };

  for (const { id, name, description, phrasings } of knowledge.controls) {
    for (const text of [name, ...phrasings]) addBoth(id, text, shares.phrasing);
    add(id, description, 1);
    for (const part of description.split(/[,:;.]/)) add(id, part, shares.part);
  }
  for (const [control, texts] of byControl) for (const text of texts) addBoth(control, text);
  for (const { id, rulings } of knowledge.services) {
    for (const { control, aws, customer, condition } of rulings) {
      for (const text of [aws, customer, condition]) {
        if (text && !/^(?:Nothing|None)\b/.test(text)) add(control, text, shares.ruling, { service: id });
      }
    }
  }
  for (const { questions } of knowledge.data.topics) {
    for (const question of questions) {
      if ('ruling' in question && question.text) add(question.ruling.control, question.text, shares.question);
    }
  }
  return examples;
}

function stemsBehindBrands(tokens: readonly Token[], mentions: readonly Mention[]): string[] {
  return tokens.flatMap(({ word }, at) => {
    const run = brands.has(word) ? runBehind(at, tokens) : 0;
    if (mentions.some(({ first }) => first >= at && first <= at + run)) return [];
    return tokens.slice(at + 1, at + 1 + run).map((token) => stem(token.word));
  });
}
