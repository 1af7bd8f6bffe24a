// Second stage of a look-up: which service is meant and which control, each in the light of the other.

import type { Control, Service } from '../knowledge.ts';
import type { Guess } from './control-classifier.ts';
import type { Clue, Scored } from './control-index.ts';
import { strengthOf } from './evidence.ts';
import { cluesOf, contextWeight, nameWeight, type ReadText, type Tools } from './read.ts';
import { type Subjects, subjectsOf } from './services.ts';
import { sortDown } from './sort-down.ts';
import { statedOn } from './stated.ts';
import { matterOf, weighWords } from './text-features.ts';

/** A control that the text may be about, with what speaks for it. */
export interface Candidate extends Scored {
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
  /** What the classifier makes of the text, most probable first. */
  readonly guesses: readonly Guess[];
  /** True if the sentences that ask did not say enough, and the story around them was heard in full. */
  readonly wholeText: boolean;
}

/** A best control below this score is no basis for an answer: the rest of the text is heard out too. */
const leastScore = 1.3;
/** From this score on the sentences that ask say enough by themselves. */
const clearScore = 3.5;

export function scoreText(read: ReadText, tools: Tools): Scores {
  const subjects = subjectsOf(read, firstKeys(read, tools), tools);
  const attempts = [
    // names that are no subjects are words like others: "route tables" of a transit gateway
    { names: subjects.mentions, name: nameWeight, context: contextWeight },
    // "Who is responsible?" after the story: the story counts in full
    { names: subjects.mentions, name: nameWeight, context: 1 },
    // "security groups": the name is all that was said
    { names: subjects.mentions, name: 1, context: 1 },
  ];
  const guesses = guess(read, subjects, tools);
  let candidates: Candidate[] = [];
  let wholeText = false;
  const everyAsks = read.asking.size > (read.tokens.at(-1)?.sentence ?? 0);
  for (const { names, name, context } of attempts) {
    // without a story around it, hearing the story out says nothing new
    if (context === 1 && name !== 1 && everyAsks) continue;
    const clues = withoutConditions(cluesOf(read, names, { name, context }), read, subjects, tools);
    const heard = byShareHeard(
      withSubject(tools.controls.score(clues), subjects, clues, read, tools),
      clues,
      tools,
    );
    candidates = candidatesOf(heard, guesses, subjects.services[0], read, tools);
    wholeText = context === 1;
    if (saidEnough(candidates, context === 1 || everyAsks ? leastScore : clearScore)) break;
  }
  return { subjects, candidates, guesses, wholeText };
}

/** The words that point to a control at first sight; needed only where a name may be one of them. */
function firstKeys(read: ReadText, tools: Tools): readonly string[] {
  const named = read.mentions.filter(({ certainty }) => certainty === 'name');
  if (named.length < 2 && named.length === read.mentions.length) return [];
  const clues = cluesOf(read, named, { name: nameWeight, context: contextWeight });
  return tools.controls.score(clues)[0]?.keys ?? [];
}

/** A probability of 1 stands beside words of this score. */
const sureGuess = 5;
/** Guesses are sorted; those below change nothing. */
const leastGuess = 0.005;

function saidEnough(candidates: readonly Candidate[], least: number): boolean {
  return candidates.some(({ score, learnt }) => score + sureGuess * learnt >= least);
}

function guess(read: ReadText, subjects: Subjects, tools: Tools): Guess[] {
  const words = weighWords(read.tokens, subjects.mentions, read.asking, read.words);
  const [service] = subjects.services;
  // "patching", "who is responsible for the patching": nothing but a control's name
  const matter = service ? '' : matterOf(read.words.map(({ traits }) => traits));
  const named = tools.controlMatters.get(matter);
  if (named !== undefined) return [{ control: named, probability: 1 }];
  return tools.classifier?.classify(words, service?.id, read.terms) ?? [];
}

/** What the words say and what the classifier learnt, together: also of controls that no phrasing names. */
function candidatesOf(
  heard: readonly Scored[],
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
  const ruled = subject ? tools.ruledOn(subject) : nothing;
  const candidates = heard.map((entry) => weighed(entry, learnt.get(entry.control) ?? 0, ruled));
  for (const [control, probability] of learnt) {
    if (heard.some((entry) => entry.control === control)) continue;
    candidates.push(weighed({ control, score: 0, keys: [] }, probability, ruled));
  }
  return sortDown(candidates, ({ strength }) => strength);
}

const nothing: ReadonlySet<string> = new Set();

function weighed({ control, score, keys }: Scored, learnt: number, ruledOn: ReadonlySet<string>): Candidate {
  const ruled = ruledOn.has(control.id);
  return {
    control,
    score,
    keys,
    learnt,
    ruled,
    strength: strengthOf({ score, learnt, ruled }),
  };
}

/** Words that name a condition ("imported key material") say less about the control. */
const conditionWeight = 0.4;

function withoutConditions(clues: Clue[], read: ReadText, { services }: Subjects, tools: Tools): Clue[] {
  const [subject] = services;
  if (!subject) return clues;
  const named = statedOn(subject, read, tools).filter(({ length }) => length > 1);
  if (named.length === 0) return clues;
  return clues.map((clue) => {
    const at = read.terms[clue.at]?.first ?? 0;
    const inCondition = named.some(({ first, last }) => first <= at && at <= last);
    return inCondition ? { ...clue, weight: clue.weight * conditionWeight } : clue;
  });
}

/** Of two controls, the one that accounts for more of what was said: "host" is not said for nothing. */
function byShareHeard(scored: Scored[], clues: readonly Clue[], tools: Tools): Scored[] {
  const weights = new Map<string, number>();
  for (const { key, weight } of clues) {
    weights.set(key, Math.max(weights.get(key) ?? 0, weight * tools.controls.weightOf(key)));
  }
  let all = 0;
  for (const weight of weights.values()) all += weight;
  if (all === 0) return scored;
  const shared: Scored[] = [];
  for (let i = 0; i < scored.length && i < mostHeard; i += 1) {
    const { control, keys, score } = scored[i] as Scored;
    let heard = 0;
    for (const key of keys) heard += weights.get(key) ?? 0;
    shared.push({ control, keys, score: score * (1 - heardShare + (heardShare * heard) / all) });
  }
  return sortDown(shared, ({ score }) => score);
}

/** Controls that are looked at more closely. */
const mostHeard = 12;
const heardShare = 0.4;

function withSubject(
  scored: Scored[],
  { services }: Subjects,
  clues: readonly Clue[],
  read: ReadText,
  tools: Tools,
): Scored[] {
  const [subject] = services;
  return subject
    ? tools.controls.withService(narrowed(scored, subject, read, tools), subject, clues)
    : scored;
}

/** "Patching" on a named service is about the thing that is patched there, "patch management" about the control. */
function narrowed(scored: Scored[], subject: Service, read: ReadText, tools: Tools): Scored[] {
  if (!scored.some(({ control }) => control.with_service)) return scored;
  const found = new Map(scored.map((entry) => [entry.control.id, entry]));
  for (const entry of scored) {
    const control = meantOn(subject, entry.control, read, tools);
    if (control === entry.control) continue;
    found.delete(entry.control.id);
    if ((found.get(control.id)?.score ?? 0) < entry.score) found.set(control.id, { ...entry, control });
  }
  return [...found.values()];
}

function meantOn(subject: Service, control: Control, { tokens }: ReadText, tools: Tools): Control {
  const { with_service: meant, as_a_whole: whole } = control;
  if (!meant || tokens.some(({ word }) => whole?.includes(word))) return control;
  const own = tools.ruledOn(subject);
  const ruled = meant.find((id) => own.has(id));
  return tools.knowledge.controlById(ruled ?? meant[0] ?? '') ?? control;
}
