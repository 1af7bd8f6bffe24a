// Last stage of a look-up: is it clear enough to answer, and what is the answer? In doubt it does not commit.
import type { Control, Model, Service } from '../knowledge.ts';
import type { RulingOwner } from '../schema.ts';
import { keyBranches, namedBranches } from './conditions.ts';
import type { Scored } from './control-index.ts';
import { asksForMechanism, asksForSummary, intentOf } from './intent.ts';
import type { ReadText, Tools } from './read.ts';
import { leastScore, scoreText } from './score.ts';
import { suggestionsFor } from './suggestions.ts';
import type { Lookup, Reading, Recognised } from './types.ts';
import { unexplainedOf } from './unexplained.ts';

/** The share of the question that control and service must explain. */
const leastExplained = { alone: 0.55, withService: 0.3 };
/** A second control this near to the first, with another owner, leaves the question open. */
const rival = 0.85;

export function decide(read: ReadText, tools: Tools): Lookup {
  const steps: string[] = [];
  const scores = scoreText(read, tools);
  const { subjects, scored } = scores;
  const top = scored[0];
  const models = modelsIn(read, tools);
  const unexplained = unexplainedOf(read, scores, tools);
  const conditions: string[] = [];
  const recognised = (): Recognised => ({
    services: subjects.mentions.flatMap(({ said, usual }) => (usual ? [{ said, service: usual }] : [])),
    controls: scored
      .slice(0, 4)
      .map(({ control, score, keys }) => ({ control, score, words: [...keys].join(' ') })),
    models,
    conditions,
    corrections: read.corrections,
    unexplained: unexplained.words,
    steps,
  });
  const unknown = (reason: string): Lookup => {
    steps.push(reason);
    return {
      kind: 'unknown',
      reason,
      suggestions: suggestionsFor(read, scores, tools),
      recognised: recognised(),
    };
  };
  const ambiguous = (reason: string, readings: readonly Reading[]): Lookup => {
    steps.push(reason);
    return {
      kind: 'ambiguous',
      reason,
      readings,
      suggestions: readings.map(({ label }) => label),
      recognised: recognised(),
    };
  };

  const foreign = foreignIn(read, tools);
  if (foreign) return unknown(`${foreign} is not an AWS service; I only know who does what on AWS.`);
  const intent = intentOf(read.text);
  steps.push(`intent: ${intent}`);
  if (intent === 'other') return unknown('That does not ask who is responsible for something.');
  if (unexplained.product) return unknown(`I know no AWS service called “${unexplained.product}”.`);

  const { services } = subjects;
  const has = services.length > 0 || subjects.open ? 'withService' : 'alone';
  const explained = unexplained.shareExplained;
  steps.push(
    `best control: ${top ? `${top.control.id} (${top.score.toFixed(2)})` : 'none'}; explained: ${explained.toFixed(2)}`,
  );
  const clear = top && top.score >= leastScore[has] && explained >= leastExplained[has] ? top : undefined;

  if (!clear) {
    const [first, ...others] = services;
    if (!first) return unknown('I did not recognise what should be taken care of.');
    if (unexplained.words.length > 2 || !(asksForSummary(read.text) || intent === 'bare')) {
      return unknown(`I recognised ${first.name}, but not what should be taken care of.`);
    }
    if (others.length > 0) {
      return {
        kind: 'match',
        answer: { about: 'comparison', services: services.slice(0, 4), rulings: [] },
        recognised: recognised(),
      };
    }
    return { kind: 'match', answer: { about: 'service', service: first }, recognised: recognised() };
  }

  if (subjects.open && services.length === 0) {
    const readings = subjects.open.candidates.map((service) => readingOf(service, clear.control, tools));
    return ambiguous(`“${subjects.open.said}” can be several services.`, readings);
  }
  if (services.length === 0) return withoutService(clear);
  const meant = clear.control.with_service;
  const control = (meant && tools.knowledge.controlById(meant)) || clear.control;
  if (services.length === 1 || !subjects.compared) {
    return ruledClearly(services[0] as Service, { ...clear, control });
  }
  return {
    kind: 'match',
    answer: {
      about: 'comparison',
      services: services.slice(0, 4),
      control,
      rulings: services.slice(0, 4).map(({ id }) => tools.knowledge.ruling(id, control.id)),
    },
    recognised: recognised(),
  };

  function withoutService(best: Scored): Lookup {
    const rule = tools.knowledge.generalRule(best.control.id);
    const mechanism = best.control.mechanism === true && asksForMechanism(read.text);
    if (models.length > 0) {
      const owners = new Set(models.map(({ id }) => best.control.owner_by_model[id]));
      const [owner] = owners;
      return {
        kind: 'match',
        answer: { about: 'model', models, rule, owner: owners.size === 1 && owner ? owner : 'depends' },
        recognised: recognised(),
      };
    }
    const others = rivals(best, ({ owner_without_service }) => owner_without_service, rule.owner);
    if (others.length > 0) {
      return ambiguous(
        'The question can be read in several ways.',
        [best, ...others].map(({ control }) => ({
          label: control.name,
          control,
          owner: control.owner_without_service,
        })),
      );
    }
    if (rule.owner === 'depends') {
      return ambiguous(
        'It depends on the service.',
        rule.byModel.map(({ owner, models }) => ({
          label: models.map(({ label }) => label).join(', '),
          control: best.control,
          owner,
        })),
      );
    }
    return { kind: 'match', answer: { about: 'general', rule, mechanism }, recognised: recognised() };
  }

  function ruledClearly(service: Service, best: Scored): Lookup {
    const ruling = tools.knowledge.ruling(service.id, best.control.id);
    const ownerOf = (control: Control) => tools.knowledge.ruling(service.id, control.id).owner;
    if (ruling.owner === 'not-applicable') {
      const other = scored.find(
        ({ control, score }) => score >= 0.75 * best.score && ownerOf(control) !== 'not-applicable',
      );
      if (other) return ruled(service, other.control);
    }
    const others = rivals(best, ownerOf, ruling.owner);
    if (others.length > 0) {
      return ambiguous(
        'The question can be read in several ways, and the owner differs.',
        [best, ...others].map(({ control }) => readingOf(service, control, tools)),
      );
    }
    return ruled(service, best.control);
  }

  function ruled(service: Service, control: Control): Lookup {
    const ruling = tools.knowledge.ruling(service.id, control.id);
    const mechanism = control.mechanism === true && asksForMechanism(read.text);
    const named = namedBranches(keyBranches(ruling.branches, tools.wording), read.allTerms);
    conditions.push(...named.map(({ branch }) => branch.when));
    const longest = named.filter(({ length }) => length === named[0]?.length);
    const owners = new Set(longest.map(({ branch }) => branch.owner));
    if (owners.size > 1 || (named.length === 0 && ruling.owner === 'depends')) {
      const branches = named.length > 0 ? longest.map(({ branch }) => branch) : ruling.branches;
      return ambiguous(
        `It depends on how ${service.name} is used.`,
        branches.map(({ when, owner }) => ({ label: when, service, control, owner, ruling })),
      );
    }
    const branch = named[0]?.branch;
    return {
      kind: 'match',
      answer: { about: 'ruling', ruling, mechanism, ...(branch ? { branch } : {}) },
      recognised: recognised(),
    };
  }

  function rivals<O>(best: Scored, ownerOf: (control: Control) => O, owner: O): Scored[] {
    return scored
      .slice(1, 5)
      .filter(({ score, control }) => score >= rival * best.score && ownerOf(control) !== owner);
  }
}

function readingOf(service: Service, control: Control, tools: Tools): Reading {
  const ruling = tools.knowledge.ruling(service.id, control.id);
  return {
    label: `${service.name}: ${control.name}`,
    service,
    control,
    owner: ruling.owner as RulingOwner,
    ruling,
  };
}

/** Another vendor's product, unless it is only where something came from or went ("imported from …"). */
function foreignIn(read: ReadText, tools: Tools): string | undefined {
  const words = read.tokens.map(({ word }) => word);
  for (let at = 0; at < words.length; at += 1) {
    const name = tools.foreign
      .get(words[at] ?? '')
      ?.find((parts) => parts.every((part, i) => words[at + i] === part));
    if (!name || origins.has(words[at - 1] ?? '')) continue;
    if (read.mentions.some(({ first, last }) => first <= at && at <= last)) continue;
    return read.tokens
      .slice(at, at + name.length)
      .map(({ raw }) => raw)
      .join(' ');
  }
  return undefined;
}

const origins = new Set(['from', 'to', 'via', 'through', 'like', 'unlike']);

function modelsIn(read: ReadText, tools: Tools): Model[] {
  const words = read.tokens.map(({ word }) => word);
  const found = tools.modelWords.filter(({ keys }) =>
    words.some((_, at) => keys.every((key, i) => words[at + i] === key)),
  );
  const longest = Math.max(0, ...found.map(({ keys }) => keys.length));
  return [...new Set(found.filter(({ keys }) => keys.length === longest).map(({ model }) => model))];
}
