// Second stage of a look-up: which service is meant, and how much speaks for each control.
import type { Control, Service } from '../knowledge.ts';
import type { Guess } from './control-classifier.ts';
import { strengthOf } from './evidence.ts';
import { vendorAt } from './foreign.ts';
import type { ReadText, Tools } from './read.ts';
import { type Subjects, subjectsOf } from './services.ts';
import { sortDown } from './sort-down.ts';
import { matterOf, type WeightedWord, weighWords } from './text-features.ts';

/** A control that may be meant, and what speaks for it. */
export interface Candidate {
  readonly control: Control;
  /** Probability that the classifier gives it. */
  readonly learnt: number;
  /** The service has a ruling of its own for it. */
  readonly ruled: boolean;
  readonly strength: number;
}

export interface Scores {
  readonly subjects: Subjects;
  /** The strongest first. */
  readonly candidates: readonly Candidate[];
  /** Probability that the text is about no control. */
  readonly offTopic: number;
  /** Places of the words that speak for the strongest candidate. */
  readonly telling: ReadonlySet<number>;
}

/** Guesses are sorted; those below change nothing. */
const leastGuess = 0.005;

export function scoreText(read: ReadText, tools: Tools): Scores {
  const subjects = subjectsOf(read, tools);
  const [service] = subjects.services;
  const asking = asksOfMatter(read, subjects) ? read.asking : undefined;
  const words = withoutVendors(weighWords(read.tokens, subjects.mentions, asking, read.words), read);
  const learnt = tools.classifier.classify(words, service?.id, read.terms);
  const guesses = withNamed(namedAlone(read, subjects, tools), learnt, service, tools);
  const candidates = candidatesOf(guesses, service, read, tools);
  const offTopic = guesses.find(({ control }) => control === undefined);
  return {
    subjects,
    candidates,
    offTopic: offTopic?.probability ?? 0,
    telling: tools.classifier.because(candidates[0]?.control.id),
  };
}

/** Other vendors named in passing say nothing of the matter; all others end the look-up by themselves. */
function withoutVendors(weighed: readonly WeightedWord[], read: ReadText): readonly WeightedWord[] {
  if (!read.words.some(({ foreign }) => foreign.length > 0)) return weighed;
  let end = 0;
  return weighed.map((word, at) => {
    end = Math.max(end, at + vendorAt(at, read));
    return at < end ? { ...word, weight: 0 } : word;
  });
}

/** False if the sentences that ask say nothing of a matter: "A disk died. Is it us or AWS?" asks about the story. */
function asksOfMatter({ terms, tokens, asking }: ReadText, { mentions }: Subjects): boolean {
  return terms.some(
    ({ first }) =>
      asking.has(tokens[first]?.sentence ?? 0) &&
      !mentions.some((mention) => mention.first <= first && first <= mention.coreLast),
  );
}

/** The control whose name is all that was said: "patching", "who is responsible for the patching of RDS". */
function namedAlone(
  { words }: ReadText,
  { mentions, services }: Subjects,
  { controlMatters }: Tools,
): string | undefined {
  const isOfName = (at: number) => mentions.some(({ first, coreLast }) => first <= at && at <= coreLast);
  const matter = services.length === 0 ? words : words.filter((_, at) => !isOfName(at));
  return controlMatters.get(matterOf(matter.map(({ traits }) => traits)));
}

/** What the name alone weighs beside a service, where its words may mean something else: "drift in Control Tower". */
const namedShare = 0.5;

/** The guesses, with the control that was named. Without a service, and where it is meant as a whole, there is no other. */
function withNamed(
  named: string | undefined,
  guesses: readonly Guess[],
  service: Service | undefined,
  { knowledge }: Tools,
): readonly Guess[] {
  if (named === undefined) return guesses;
  if (!service || knowledge.controlById(named)?.with_service) return [{ control: named, probability: 1 }];
  const learnt = guesses.map(({ control, probability }) => ({
    control,
    probability: probability * (1 - namedShare) + (control === named ? namedShare : 0),
  }));
  if (!learnt.some(({ control }) => control === named))
    learnt.push({ control: named, probability: namedShare });
  return sortDown(learnt, ({ probability }) => probability);
}

const nothing: ReadonlySet<never> = new Set();

function candidatesOf(
  guesses: readonly Guess[],
  subject: Service | undefined,
  read: ReadText,
  tools: Tools,
): Candidate[] {
  const learnt = new Map<Control, number>();
  for (const { control, probability } of guesses) {
    if (probability < leastGuess) break;
    const guessed = control === undefined ? undefined : tools.knowledge.controlById(control);
    if (!guessed) continue;
    const meant = subject ? meantOn(subject, guessed, read, tools) : guessed;
    learnt.set(meant, (learnt.get(meant) ?? 0) + probability);
  }
  const ruledOn = subject ? tools.ruledOn(subject) : nothing;
  const candidates: Candidate[] = [];
  for (const [control, probability] of learnt) {
    const ruled = ruledOn.has(control.id);
    const strength = strengthOf({ learnt: probability, ruled });
    candidates.push({ control, learnt: probability, ruled, strength });
  }
  return sortDown(candidates, ({ strength }) => strength);
}

/** "Patching" on a named service is about the thing that is patched there, "patch management" about the control. */
function meantOn(subject: Service, control: Control, { tokens }: ReadText, tools: Tools): Control {
  const { with_service: meant, as_a_whole: whole } = control;
  if (!meant || tokens.some(({ word }) => whole?.includes(word))) return control;
  const own = tools.ruledOn(subject);
  const ruled = meant.find((id) => own.has(id));
  return tools.knowledge.controlById(ruled ?? meant[0] ?? '') ?? control;
}
