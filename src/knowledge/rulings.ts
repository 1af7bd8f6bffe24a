// Resolves who owns a control on a service: a fact beats an exception, an exception beats the rule of the class.
import type { Control, Model, Service } from './knowledge.ts';
import type { Grounds, Owner, RulingData, RulingOwner } from './schema.ts';

export interface SourceLink {
  readonly title: string;
  readonly url: string;
}

/** What holds instead under a condition: "with the Fargate launch type …". */
export interface Branch {
  readonly when: string;
  readonly owner: RulingOwner;
  readonly aws: string;
  readonly customer: string;
  readonly why: string;
  readonly sources: readonly SourceLink[];
  readonly grounds: Grounds;
  /** How a question names the condition. */
  readonly said: readonly string[];
}

/** A good source that counts differently; the reply says so in a line. */
export interface Disagreement {
  readonly owner: RulingOwner;
  readonly accordingTo: string;
  readonly source: SourceLink;
}

export interface Ruling {
  readonly service: Service;
  readonly control: Control;
  /** `depends`: the pair is ruled by conditions alone and they differ; see `branches`. */
  readonly owner: RulingOwner | 'depends';
  readonly aws: string;
  readonly customer: string;
  readonly why: string;
  /** Never empty. */
  readonly sources: readonly [SourceLink, ...SourceLink[]];
  /** ISO date on which somebody last compared the ruling with its source. */
  readonly checkedOn: string;
  /** How old the source's text was then, where known. */
  readonly asOf?: string;
  readonly grounds: Grounds;
  /** `service`: said of this service; `class`: the default of its model. */
  readonly basis: 'service' | 'class';
  readonly branches: readonly Branch[];
  readonly disagreements: readonly Disagreement[];
}

/** The general rule of a control, for questions that name no service. */
export interface GeneralRule {
  readonly control: Control;
  readonly owner: Owner | 'depends';
  readonly aws: string;
  readonly customer: string;
  readonly why: string;
  readonly sources: readonly [SourceLink, ...SourceLink[]];
  readonly checkedOn: string;
  /** What differs by kind of service: models grouped by owner, most common owner first. */
  readonly byModel: readonly { readonly owner: RulingOwner; readonly models: readonly Model[] }[];
}

export function resolveRuling(service: Service, control: Control, model: Model): Ruling {
  const said = service.rulings.filter((ruling) => ruling.control === control.id);
  const plain = said.find((ruling) => !ruling.condition && !ruling.according_to);
  const branches = said
    .filter((ruling) => ruling.condition)
    .map((ruling) => toBranch(ruling, service, control));
  const disagreements = said.filter((ruling) => ruling.according_to);
  const usual = control.owner_by_model[model.id];
  const contested = !plain && branches.some((branch) => branch.owner !== usual);
  const owner = plain?.owner ?? (contested ? 'depends' : usual);
  const asOf = plain ? plain.as_of : undefined;
  return {
    service,
    control,
    owner,
    aws: plain?.aws ?? control.aws,
    customer: plain?.customer ?? control.customer,
    why: plain?.why ?? (plain ? reason(control, plain.owner) : classReason(service, control, model, owner)),
    sources: sourcesOf(plain, service, control),
    checkedOn: plain?.checked_on ?? control.checked_on,
    ...(asOf ? { asOf } : {}),
    grounds: plain?.grounds ?? 'derived',
    basis: plain ? 'service' : 'class',
    branches,
    disagreements: disagreements.map((ruling) => ({
      owner: ruling.owner,
      accordingTo: ruling.according_to ?? '',
      source: sourcesOf(ruling, service, control)[0],
    })),
  };
}

export function generalRule(control: Control, models: readonly Model[]): GeneralRule {
  const owner = control.owner_without_service;
  const groups = new Map<RulingOwner, Model[]>();
  for (const model of models) {
    const group = groups.get(control.owner_by_model[model.id]);
    if (group) group.push(model);
    else groups.set(control.owner_by_model[model.id], [model]);
  }
  return {
    control,
    owner,
    aws: control.aws,
    customer: control.customer,
    why:
      owner === 'depends'
        ? 'It depends on the kind of service: name one to get its ruling.'
        : reason(control, owner),
    sources: [{ title: control.name, url: control.source }],
    checkedOn: control.checked_on,
    byModel: [...groups]
      .map(([owner, models]) => ({ owner, models }))
      .sort((a, b) => b.models.length - a.models.length),
  };
}

function toBranch(ruling: RulingData, service: Service, control: Control): Branch {
  return {
    when: ruling.condition ?? '',
    owner: ruling.owner,
    aws: ruling.aws ?? control.aws,
    customer: ruling.customer ?? control.customer,
    why: ruling.why ?? reason(control, ruling.owner),
    sources: sourcesOf(ruling, service, control),
    grounds: ruling.grounds,
    said: ruling.said ?? [],
  };
}

/** The address of the fact; else that of the control with the service's docs. */
function sourcesOf(
  ruling: RulingData | undefined,
  service: Service,
  control: Control,
): [SourceLink, ...SourceLink[]] {
  if (ruling?.source) return [{ title: `${service.name}: ${control.name}`, url: ruling.source }];
  const general = { title: control.name, url: control.source };
  return service.docs ? [general, { title: service.name, url: service.docs }] : [general];
}

function classReason(
  service: Service,
  control: Control,
  model: Model,
  owner: RulingOwner | 'depends',
): string {
  if (owner === 'depends') return `It depends on how ${service.name} is used.`;
  if (owner === 'not-applicable') return `${service.name} has nothing of the kind to take care of.`;
  return `${reason(control, owner)} ${service.name} is ${model.phrase}.`;
}

function reason(control: Control, owner: RulingOwner): string {
  return control.why?.[owner] ?? fallbackReasons[owner];
}

const fallbackReasons: Record<RulingOwner, string> = {
  aws: 'It lies below what a customer can reach, so AWS does it.',
  customer: 'Only the customer can decide and do it.',
  shared: 'Each side has a part that the other cannot do for it.',
  'not-applicable': 'There is nothing of the kind to take care of.',
};
