// What a clear question gets: the ruling of a service, the general rule, or services side by side.
import type { Control, Model, Service } from '../knowledge.ts';
import { keyBranches, namedBranches } from './conditions.ts';
import { confidenceOf } from './confidence.ts';
import type { Scored } from './control-index.ts';
import type { Case } from './decide.ts';
import { asksForMechanism } from './intent.ts';
import type { Tools } from './read.ts';
import type { Lookup, Reading } from './types.ts';

/** Below this chance of being right no owner is given. */
const leastConfidence = 0.76;
/** If the best control does not exist on the service, one as near as this is taken. */
const nearlyAsGood = 0.9;

export function answerAbout(question: Case, service: Service, best: Scored, explained: number): Lookup {
  const { knowledge } = question.tools;
  const ownerOf = (control: Control) => knowledge.ruling(service.id, control.id).owner;
  if (ownerOf(best.control) === 'not-applicable') {
    const other = question.scores.scored.find(
      ({ control, score }) => score >= nearlyAsGood * best.score && ownerOf(control) !== 'not-applicable',
    );
    if (other) return rule(question, service, other.control);
  }
  const ruled = service.rulings.some(({ control }) => control === best.control.id);
  const rival = unsureBecauseOf(question, best, ownerOf, { explained, service: true, ruled });
  if (!rival) return rule(question, service, best.control);
  return question.ambiguous(
    'The question can be read in several ways, and the owner differs.',
    [best, rival].map(({ control }) => readingOf(service, control, question.tools)),
  );
}

/** The ruling; the branch of it whose condition the question names; or both branches if it names several. */
function rule(question: Case, service: Service, control: Control): Lookup {
  const ruling = question.tools.knowledge.ruling(service.id, control.id);
  const keyed = keyBranches(ruling.branches, question.tools.wording);
  const named = namedBranches(keyed, question.read.allTerms);
  question.recognised.conditions.push(...named.map(({ branch }) => branch.when));
  const nearest = named.filter(({ length }) => length === named[0]?.length).map(({ branch }) => branch);
  const differ = new Set(nearest.map(({ owner }) => owner)).size > 1;
  if (differ || (nearest.length === 0 && ruling.owner === 'depends')) {
    const open = differ ? nearest : ruling.branches;
    return question.ambiguous(
      `It depends on how ${service.name} is used.`,
      open.map(({ when, owner }) => ({ label: when, service, control, owner, ruling })),
    );
  }
  const [branch] = nearest;
  return question.match({
    about: 'ruling',
    ruling,
    mechanism: asksAboutMeans(question, control),
    ...(branch ? { branch } : {}),
  });
}

export function answerInGeneral(
  question: Case,
  best: Scored,
  models: readonly Model[],
  explained: number,
): Lookup {
  const rule = question.tools.knowledge.generalRule(best.control.id);
  if (models.length > 0) {
    const owners = new Set(models.map(({ id }) => best.control.owner_by_model[id]));
    const [owner] = owners;
    const common = owners.size === 1 && owner ? owner : 'depends';
    return question.match({ about: 'model', models, rule, owner: common });
  }
  const ownerOf = (control: Control) => control.owner_without_service;
  const rival = unsureBecauseOf(question, best, ownerOf, { explained, service: false, ruled: false });
  if (rival) {
    return question.ambiguous(
      'The question can be read in several ways.',
      [best, rival].map(({ control }) => ({ label: control.name, control, owner: ownerOf(control) })),
    );
  }
  if (rule.owner === 'depends') {
    return question.ambiguous(
      'It depends on the service.',
      rule.byModel.map(({ owner, models }) => ({
        label: models.map(({ label }) => label).join(', '),
        control: best.control,
        owner,
      })),
    );
  }
  return question.match({ about: 'general', rule, mechanism: asksAboutMeans(question, best.control) });
}

export function compareOn(question: Case, services: readonly Service[], control: Control): Lookup {
  const shown = services.slice(0, 4);
  const rulings = shown.map(({ id }) => question.tools.knowledge.ruling(id, control.id));
  return question.match({ about: 'comparison', services: shown, control, rulings });
}

export function readingOf(service: Service, control: Control, tools: Tools): Reading {
  const ruling = tools.knowledge.ruling(service.id, control.id);
  return { label: `${service.name}: ${control.name}`, service, control, owner: ruling.owner, ruling };
}

/** The other reading that makes an answer too unsure; undefined if it is sure enough. */
function unsureBecauseOf(
  question: Case,
  best: Scored,
  ownerOf: (control: Control) => string,
  evidence: { readonly explained: number; readonly service: boolean; readonly ruled: boolean },
): Scored | undefined {
  const owner = ownerOf(best.control);
  const rival = question.scores.scored.find(
    ({ control }) => control !== best.control && ownerOf(control) !== owner,
  );
  const { guesses } = question.scores;
  const agreeing = guesses.filter(({ control }) => {
    const known = control === undefined ? undefined : question.tools.knowledge.controlById(control);
    return known !== undefined && ownerOf(known) === owner;
  });
  const confidence = confidenceOf({
    score: best.score,
    rival: rival ? rival.score / best.score : 0,
    agreed: agreeing.reduce((sum, { probability }) => sum + probability, 0),
    offTopic: guesses.find(({ control }) => control === undefined)?.probability ?? 0,
    ...evidence,
  });
  question.recognised.steps.push(`confidence: ${confidence.toFixed(2)}`);
  return confidence < leastConfidence ? rival : undefined;
}

function asksAboutMeans(question: Case, control: Control): boolean {
  return control.mechanism === true && asksForMechanism(question.read.text);
}
