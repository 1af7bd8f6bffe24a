// Last stage of a look-up: is it clear enough to answer? In doubt it does not commit.
import type { Service } from '../knowledge.ts';
import { answerAbout, answerInGeneral, compareOn, readingOf } from './answers.ts';
import { foreignIn } from './foreign.ts';
import { asksForEverything, asksForSummary, intentOf } from './intent.ts';
import { modelsIn } from './models.ts';
import { type Chance, outlookOf, ownersOf } from './outlook.ts';
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

/** From this chance on an owner is given. */
const sureEnough = 0.6;
/** From this chance on a text is about some control: no owner is given, but what it may be is named. */
const likely = 0.5;
/** From this probability on the rest of a name ("guardrails") says what is asked. */
const clearlyAsked = 0.7;
/** More open words than this, and a service alone does not make a question about it. */
const mostOpenWords = 2;

export function decide(read: ReadText, tools: Tools): Lookup {
  const scores = scoreText(read, tools);
  const unexplained = unexplainedOf(read, scores, tools);
  const question = openCase(read, scores, unexplained, tools);
  const { services, open, compared } = scores.subjects;
  const [service] = services;
  const { steps, models } = question.recognised;

  const foreign = foreignIn(read);
  if (foreign) return question.unknown(`${foreign} is not an AWS service; I only know who does what on AWS.`);
  const intent = intentOf(read.text);
  steps.push(`intent: ${intent}`);
  if (intent === 'other') return question.unknown('That does not ask who is responsible for something.');
  if (unexplained.product) return question.unknown(`I know no AWS service called “${unexplained.product}”.`);
  if (intent === 'bare' && isNameAlone(read, scores, tools)) return aboutServices(services, question);

  const { top, none, best, sure, rival } = outlookOf(
    scores,
    unexplained,
    // "durability S3 vs Glacier" asks, without a word for it
    compared && intent === 'bare' ? 'asked' : intent,
    ownersOf(read, scores, models, tools),
  );
  steps.push(
    `about ${top?.control.id ?? 'nothing'}: ${chance(top?.chance)}; about no control: ${chance(none)}`,
  );
  steps.push(`owner as for ${best?.control.id ?? 'nothing'}: ${chance(sure)}`);
  const unsaid = namesAlone(read, scores, tools);
  if (top === undefined || none >= likely || unsaid) {
    const summary =
      intent !== 'fact' &&
      (unsaid || intent === 'bare' || asksForSummary(read.text) || asksForEverything(read.text));
    return unexplained.words.length <= mostOpenWords && summary
      ? aboutServices(services, question)
      : question.unknown(nothingClear(service));
  }
  if (service && wantsSummary(read, top)) return aboutServices(services, question);
  if (service === undefined && open) {
    return question.ambiguous(
      `“${open.said}” can be several services.`,
      open.candidates.map((candidate) => readingOf(candidate, top.control, tools)),
    );
  }
  if (compared) return compareOn(question, services, top.control);
  const meant = best && sure >= sureEnough ? best : top.chance >= likely && !best ? top : undefined;
  if (meant) {
    return service === undefined
      ? answerInGeneral(question, meant.control, models)
      : answerAbout(question, service, meant.control);
  }
  return question.ambiguous(
    'The question can be read in several ways, and the owner may differ.',
    [best ?? top, rival ?? top]
      .filter((reading, i, all) => all.indexOf(reading) === i)
      .map(({ control }) => readingOf(service, control, tools)),
  );
}

function chance(of: number | undefined): string {
  return `${Math.round(100 * (of ?? 0))} %`;
}

/** A service's name and nothing else asks about the service, unless it also names a control ("security groups"). */
function isNameAlone(read: ReadText, scores: Scores, { controlNames }: Tools): boolean {
  const [mention, second] = scores.subjects.mentions;
  if (mention?.usual === undefined || second !== undefined) return false;
  // "Bedrock guardrails" calls more by name than the service
  if (mention.coreLast < mention.last && (scores.candidates[0]?.learnt ?? 0) > clearlyAsked) return false;
  const outside = read.tokens.length - (mention.last - mention.first + 1);
  return outside === 0 && !controlNames.has(read.tokens.map(({ word }) => word).join(' '));
}

/** "What is EC2?", "who does what on RDS", "so who has to": no word that says anything of a matter. */
function namesAlone(read: ReadText, { subjects }: Scores, { controlNames }: Tools): boolean {
  const inName = (at: number) =>
    subjects.mentions.some(({ first, coreLast }) => first <= at && at <= coreLast);
  const named = subjects.mentions.map(({ said }) => said.toLowerCase());
  return read.terms.every(({ first }) => inName(first)) && !named.some((name) => controlNames.has(name));
}

/** "What stays on my plate with Fargate?": no single control is meant. */
function wantsSummary({ text }: ReadText, top: Chance): boolean {
  return (top.control.everything === true || asksForEverything(text)) && top.learnt < clearlyAsked;
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
    controls: scores.candidates.slice(0, 4),
    telling: read.tokens.filter((_, at) => scores.telling.has(at)).map(({ raw }) => raw),
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
