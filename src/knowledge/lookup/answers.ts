// What a clear question gets: the ruling of a service, the general rule, or services side by side.
import type { Control, Model, Service } from '../knowledge.ts';
import type { Case } from './decide.ts';
import { asksForMechanism } from './intent.ts';
import { meet, ownerForModels } from './outlook.ts';
import type { Tools } from './read.ts';
import type { Lookup, Reading } from './types.ts';

/** The ruling; the branch of it whose condition the question names; or both branches if it names several. */
export function answerAbout(question: Case, service: Service, control: Control): Lookup {
  const { ruling, named, nearest, owner } = meet(question.read, service, control, question.tools);
  question.recognised.conditions.push(...named.map(({ when }) => when));
  if (owner === 'depends') {
    const open = nearest.length > 0 ? nearest : ruling.branches;
    return question.ambiguous(
      `It depends on how ${service.name} is used.`,
      open.map((branch) => ({ label: branch.when, service, control, owner: branch.owner, ruling })),
    );
  }
  const [branch] = nearest;
  return question.match({
    about: 'ruling',
    ruling,
    // "the customer provides the keys": who states a case asks about that case
    mechanism: branch === undefined && asksAboutMeans(question, control),
    ...(branch ? { branch } : {}),
  });
}

export function answerInGeneral(question: Case, control: Control, models: readonly Model[]): Lookup {
  const rule = question.tools.knowledge.generalRule(control.id);
  if (models.length > 0) {
    return question.match({ about: 'model', models, rule, owner: ownerForModels(models)(control) });
  }
  if (rule.owner === 'depends') {
    return question.ambiguous(
      'It depends on the service.',
      rule.byModel.map(({ owner, models: of }) => ({
        label: of.map(({ label }) => label).join(', '),
        control,
        owner,
      })),
    );
  }
  return question.match({ about: 'general', rule, mechanism: asksAboutMeans(question, control) });
}

export function compareOn(question: Case, services: readonly Service[], control: Control): Lookup {
  const shown = services.slice(0, 4);
  const rulings = shown.map(({ id }) => question.tools.knowledge.ruling(id, control.id));
  return question.match({ about: 'comparison', services: shown, control, rulings });
}

/** One of several ways to read a question: of a service, or in general. */
export function readingOf(service: Service | undefined, control: Control, tools: Tools): Reading {
  if (service === undefined) return { label: control.name, control, owner: control.owner_without_service };
  const ruling = tools.knowledge.ruling(service.id, control.id);
  return { label: `${service.name}: ${control.name}`, service, control, owner: ruling.owner, ruling };
}

function asksAboutMeans(question: Case, control: Control): boolean {
  return control.mechanism === true && asksForMechanism(question.read.text);
}
