// What the bot knows, with plain accessors: services, controls, models, questions, rulings.
import type { KnowledgeData } from './compile.ts';
import { type BankQuestion, deriveQuestions, type Topic } from './questions.ts';
import { type GeneralRule, generalRule, type Ruling, resolveRuling } from './rulings.ts';
import type { ControlData, ModelData, ServiceData } from './schema.ts';

export type Service = Readonly<ServiceData>;
export type Control = Readonly<ControlData>;
export type Model = Readonly<ModelData>;

export interface Knowledge {
  readonly services: readonly Service[];
  readonly controls: readonly Control[];
  readonly models: readonly Model[];
  readonly topics: readonly Topic[];
  readonly questions: readonly BankQuestion[];
  serviceById(id: string): Service | undefined;
  controlById(id: string): Control | undefined;
  modelOf(service: Service): Model;
  /** Who owns the control on the service. Every pair has a ruling; throws on an id that does not exist. */
  ruling(serviceId: string, controlId: string): Ruling;
  /** The rule for a question that names no service. Throws on an id that does not exist. */
  generalRule(controlId: string): GeneralRule;
  /** The checked data itself, for what builds an index over it. */
  readonly data: KnowledgeData;
}

export function createKnowledge(data: KnowledgeData): Knowledge {
  const services = new Map(data.services.map((service) => [service.id, service]));
  const controls = new Map(data.controls.map((control) => [control.id, control]));
  const models = new Map(data.models.map((model) => [model.id, model]));

  const modelOf = (service: Service) => need(models, service.model, 'model');
  // resolved once each: a look-up compares many rulings of a service
  const resolved = new Map(data.services.map(({ id }) => [id, new Map<string, Ruling>()]));
  const ruling = (serviceId: string, controlId: string) => {
    const ofService = need(resolved, serviceId, 'service');
    const known = ofService.get(controlId);
    if (known) return known;
    const service = need(services, serviceId, 'service');
    const found = resolveRuling(service, need(controls, controlId, 'control'), modelOf(service));
    ofService.set(controlId, found);
    return found;
  };
  return {
    data,
    services: data.services,
    controls: data.controls,
    models: data.models,
    topics: data.topics.map(({ topic, title }) => ({ id: topic, title })),
    questions: deriveQuestions(data.topics, ruling),
    serviceById: (id) => services.get(id),
    controlById: (id) => controls.get(id),
    modelOf,
    ruling,
    generalRule: (id) => generalRule(need(controls, id, 'control'), data.models),
  };
}

function need<T>(map: ReadonlyMap<string, T>, id: string, what: string): T {
  const found = map.get(id);
  if (found === undefined) throw new RangeError(`there is no ${what} "${id}"`);
  return found;
}
