// Last stage of a look-up: is it clear enough to answer? In doubt it does not commit.
import type { Service } from '../knowledge.ts';
import { answerAbout, answerInGeneral, compareOn, readingOf } from './answers.ts';
import type { Scored } from './control-index.ts';
import { foreignIn } from './foreign.ts';
import { asksForSummary, intentOf } from './intent.ts';
import { modelsIn } from './models.ts';
import type { ReadText, Tools } from './read.ts';
import { type Scores, scoreText } from './score.ts';
import { suggestionsFor } from './suggestions.ts';
import type { Answer, Lookup, Reading, Recognised } from './types.ts';
import { type Unexplained, unexplainedOf } from './unexplained.ts';

/** A question on its way to an answer. */
export interface Case {
  readonly read: ReadText;
  readonly scores: Scores;
  readonly tools: Tools;
  readonly recognised: Recognised & { readonly steps: string[]; readonly conditions: string[] };
  match(answer: Answer): Lookup;
  ambiguous(reason: string, readings: readonly Reading[]): Lookup;
  unknown(reason: string): Lookup;
}

/** Below this nothing was said that points to a control. */
const leastStrength = 1.3;
/** The share of the question that control and service must explain, without and with a service named. */
const leastExplained = { alone: 0.66, withService: 0.3 };
/** From these probabilities on the classifier decides: the text is about the control, or about none. */
const sureEnough = 0.55;
const sureOffTopic = 0.4;
/** Such a score on a named service stands against the classifier. */
const strongScore = 4;
/** More open words than this, and a service alone does not make a question about it. */
const mostOpenWords = 2;

export function decide(read: ReadText, tools: Tools): Lookup {
  const scores = scoreText(read, tools);
  const unexplained = unexplainedOf(read, scores, tools);
  const question = openCase(read, scores, unexplained, tools);
  const { services, open } = scores.subjects;

  const foreign = foreignIn(read, tools);
  if (foreign) return question.unknown(`${foreign} is not an AWS service; I only know who does what on AWS.`);
  const intent = intentOf(read.text);
  question.recognised.steps.push(`intent: ${intent}`);
  if (intent === 'other') return question.unknown('That does not ask who is responsible for something.');
  if (unexplained.product) return question.unknown(`I know no AWS service called “${unexplained.product}”.`);

  if (intent === 'bare' && isNameAlone(read, scores, tools)) return aboutServices(services, question);

  const best = clearControl(scores, unexplained, question.recognised.steps);
  if (intent === 'fact' && !(best && services[0] && sureOf(scores, best.control.id) >= sureEnough)) {
    return question.unknown('That does not ask who is responsible for something.');
  }
  if (best && intent === 'fact' && isSaidByNamesAlone(best, read, scores)) {
    return question.unknown(nothingClear(services[0]));
  }
  if (!best) {
    const summary = asksForSummary(read.text) || intent === 'bare';
    return unexplained.words.length <= mostOpenWords && summary
      ? aboutServices(services, question)
      : question.unknown(nothingClear(services[0]));
  }
  if (services[0] === undefined && open) {
    return question.ambiguous(
      `“${open.said}” can be several services.`,
      open.candidates.map((service) => readingOf(service, best.control, tools)),
    );
  }
  const [service] = services;
  if (service === undefined) {
    return answerInGeneral(question, best, question.recognised.models, unexplained.shareExplained);
  }
  if (services.length > 1 && scores.subjects.compared) return compareOn(question, services, best.control);
  return answerAbout(question, service, best, unexplained.shareExplained);
}

/** A service's name and nothing else asks about the service, unless it also names a control ("security groups"). */
function isNameAlone(read: ReadText, scores: Scores, { controlNames }: Tools): boolean {
  const [mention, second] = scores.subjects.mentions;
  if (mention?.usual === undefined || second !== undefined) return false;
  const outside = read.tokens.length - (mention.last - mention.first + 1);
  return outside === 0 && !controlNames.has(read.tokens.map(({ word }) => word).join(' '));
}

/** "What is EC2?": no word beside the names points to the control. */
function isSaidByNamesAlone({ keys }: Scored, read: ReadText, { subjects }: Scores): boolean {
  const inName = (at: number) =>
    subjects.mentions.some(({ first, coreLast }) => first <= at && at <= coreLast);
  const said = read.terms.filter(({ key }) => keys.has(key));
  return said.length > 0 && said.every(({ first }) => inName(first));
}

function clearControl(scores: Scores, { shareExplained }: Unexplained, steps: string[]): Scored | undefined {
  const [top] = scores.scored;
  const { services, open } = scores.subjects;
  const least = leastExplained[services.length > 0 || open ? 'withService' : 'alone'];
  steps.push(
    `best control: ${top ? `${top.control.id} (${top.score.toFixed(2)})` : 'none'}; explained: ${shareExplained.toFixed(2)}`,
  );
  if (!top) return undefined;
  const strong = services.length > 0 && top.score >= strongScore;
  if (!strong && sureOf(scores, undefined) >= sureOffTopic) return undefined;
  if (sureOf(scores, top.control.id) >= sureEnough && shareExplained >= leastExplained.withService)
    return top;
  if (shareExplained < least) return undefined;
  return top.score * shareExplained ** 2 >= leastStrength ? top : undefined;
}

function sureOf({ guesses }: Scores, control: string | undefined): number {
  return guesses.find((guess) => guess.control === control)?.probability ?? 0;
}

function aboutServices(services: readonly Service[], question: Case): Lookup {
  const [service, second] = services;
  if (service === undefined) return question.unknown(nothingClear(service));
  if (second === undefined) return question.match({ about: 'service', service });
  return question.match({ about: 'comparison', services: services.slice(0, 4), rulings: [] });
}

function nothingClear(service: Service | undefined): string {
  return service
    ? `I recognised ${service.name}, but not what should be taken care of.`
    : 'I did not recognise what should be taken care of.';
}

function openCase(read: ReadText, scores: Scores, unexplained: Unexplained, tools: Tools): Case {
  const steps: string[] = [];
  const recognised = {
    services: scores.subjects.mentions.flatMap(({ said, usual, former }) =>
      usual ? [{ said, service: usual, ...(former ? { former } : {}) }] : [],
    ),
    controls: scores.scored
      .slice(0, 4)
      .map(({ control, score, keys }) => ({ control, score, words: [...keys].join(' ') })),
    models: modelsIn(read, tools),
    conditions: [],
    corrections: read.corrections,
    unexplained: unexplained.words,
    steps,
  };
  return {
    read,
    scores,
    tools,
    recognised,
    match: (answer) => ({ kind: 'match', answer, recognised }),
    ambiguous(reason, readings) {
      steps.push(reason);
      const suggestions = readings.map(({ label }) => label);
      return { kind: 'ambiguous', reason, readings, suggestions, recognised };
    },
    unknown(reason) {
      steps.push(reason);
      return { kind: 'unknown', reason, suggestions: suggestionsFor(read, scores, tools), recognised };
    },
  };
}
