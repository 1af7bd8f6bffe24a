// The contract of `ask --json` and `ask --batch`: one flat object for each question.
import type { Knowledge } from './knowledge.ts';
import type { LookUp } from './lookup/lookup.ts';
import type { Answer, Lookup, Match, Reading } from './lookup/types.ts';
import type { Branch, Ruling, SourceLink } from './rulings.ts';
import type { Owner, RulingOwner } from './schema.ts';
import { statusLine } from './status.ts';

export type AskOwner = Owner | 'unknown';

export interface AskBranch {
  /** The condition under which the branch holds. */
  readonly when?: string;
  /** The name of the service that the branch is about. */
  readonly service?: string;
  readonly control?: string;
  readonly owner: AskOwner;
  readonly aws: string;
  readonly customer: string;
}

export interface AskResult {
  readonly id: string;
  readonly kind: Lookup['kind'];
  /** `unknown` whenever the bot would not commit itself in chat, or the control does not apply. */
  readonly owner: AskOwner;
  readonly service: string | null;
  readonly control: string | null;
  readonly aws: string;
  readonly customer: string;
  readonly why: string;
  readonly sources: readonly string[];
  readonly branches?: readonly AskBranch[];
  /** Status of the service, a source that counts differently, and the like. */
  readonly notes?: readonly string[];
  readonly suggestions?: readonly string[];
}

/** What the bot answers to a question, without a chat around it. Pure; never throws on any text. */
export function ask(knowledge: Knowledge, lookup: LookUp, id: string, query: string): AskResult {
  const found = lookup(query);
  switch (found.kind) {
    case 'match':
      return { id, kind: 'match', ...withNotes(fromAnswer(knowledge, found.answer), found, knowledge) };
    case 'ambiguous':
      return {
        id,
        kind: 'ambiguous',
        ...nothing,
        service: only(found.readings.map(({ service }) => service?.name ?? null)),
        control: only(found.readings.map(({ control }) => control.id)),
        why: found.reason,
        sources: unique(found.readings.flatMap(({ ruling }) => urls(ruling?.sources ?? []))),
        branches: found.readings.map(fromReading),
        suggestions: found.suggestions,
      };
    case 'unknown':
      return { id, kind: 'unknown', ...nothing, why: found.reason, suggestions: found.suggestions };
  }
}

const nothing = {
  owner: 'unknown',
  service: null,
  control: null,
  aws: '',
  customer: '',
  sources: [],
} as const;

type Flat = Omit<AskResult, 'id' | 'kind'>;

/** What is to be said of the services themselves: a former name, an end. */
function withNotes(flat: Flat, { recognised }: Match, knowledge: Knowledge): Flat {
  const notes = new Set(flat.notes);
  for (const { service, former } of recognised.services) {
    if (former) notes.add(`${former} is now ${service.name}.`);
    const status = statusLine(service, knowledge);
    if (status) notes.add(status);
  }
  return notes.size > 0 ? { ...flat, notes: [...notes] } : flat;
}

function fromAnswer(knowledge: Knowledge, answer: Answer): Flat {
  switch (answer.about) {
    case 'ruling':
      return fromRuling(answer.ruling, answer.branch, answer.mechanism);
    case 'general': {
      const { rule, mechanism } = answer;
      const control = rule.control;
      return {
        owner: mechanism ? 'aws' : committed(rule.owner),
        service: null,
        control: control.id,
        aws: rule.aws,
        customer: rule.customer,
        why: mechanism ? mechanismReason : rule.why,
        sources: urls(rule.sources),
        branches: rule.byModel.map(({ owner, models }) => ({
          when: models.map(({ label }) => label).join(', '),
          owner: committed(owner),
          aws: rule.aws,
          customer: rule.customer,
        })),
      };
    }
    case 'model': {
      const { rule, models, owner } = answer;
      return {
        owner: committed(owner),
        service: null,
        control: rule.control.id,
        aws: rule.aws,
        customer: rule.customer,
        why: models.map(({ definition }) => definition).join(' '),
        sources: urls(rule.sources),
        branches: models.map((model) => ({
          when: model.label,
          owner: committed(rule.control.owner_by_model[model.id]),
          aws: rule.aws,
          customer: rule.customer,
        })),
      };
    }
    case 'service': {
      const { service } = answer;
      const model = knowledge.modelOf(service);
      return {
        ...nothing,
        service: service.name,
        why: `${service.name} is ${model.phrase}.`,
        sources: service.docs ? [service.docs] : [],
      };
    }
    case 'comparison':
      return fromComparison(answer.services, answer.rulings, answer.control?.id ?? null);
  }
}

function fromRuling(ruling: Ruling, branch: Branch | undefined, mechanism: boolean): Flat {
  const said = branch ?? ruling;
  const notes = notesOf(ruling);
  return {
    owner: mechanism ? 'aws' : committed(said.owner),
    service: ruling.service.name,
    control: ruling.control.id,
    aws: said.aws,
    customer: said.customer,
    why: mechanism ? mechanismReason : said.why,
    sources: urls(said.sources),
    ...(ruling.branches.length > 0
      ? {
          branches: ruling.branches.map(({ when, owner, aws, customer }) => ({
            when,
            owner: committed(owner),
            aws,
            customer,
          })),
        }
      : {}),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

function fromComparison(
  services: readonly { readonly name: string }[],
  rulings: readonly Ruling[],
  control: string | null,
): Flat {
  const owners = rulings.map(({ owner }) => committed(owner));
  return {
    ...nothing,
    owner: only(owners) ?? 'unknown',
    control,
    why: control
      ? rulings.map(({ service, why }) => `${service.name}: ${why}`).join(' ')
      : `${services.map(({ name }) => name).join(' beside ')}.`,
    sources: unique(rulings.flatMap(({ sources }) => urls(sources))),
    branches: rulings.map(({ service, owner, aws, customer }) => ({
      service: service.name,
      owner: committed(owner),
      aws,
      customer,
    })),
  };
}

function fromReading({ label, service, control, owner, ruling }: Reading): AskBranch {
  return {
    when: label,
    ...(service ? { service: service.name } : {}),
    control: control.id,
    owner: committed(owner),
    aws: ruling?.aws ?? control.aws,
    customer: ruling?.customer ?? control.customer,
  };
}

/** Lines that belong to a ruling's reply: what sources count differently, and how old the ground is. */
export function notesOf(ruling: Ruling): string[] {
  return ruling.disagreements.map(
    ({ owner, accordingTo }) => `${accordingTo}: ${ownerWords[owner]} is named as the owner.`,
  );
}

export const ownerWords: Record<RulingOwner, string> = {
  aws: 'AWS',
  customer: 'the customer',
  shared: 'both together',
  'not-applicable': 'nobody',
};

export const mechanismReason =
  'The mechanism is provided and run by AWS; configuring and using it is the task of the customer.';

function committed(owner: RulingOwner | 'depends'): AskOwner {
  return owner === 'not-applicable' || owner === 'depends' ? 'unknown' : owner;
}

/** The value that all share; null if they differ or there is none. */
function only<T>(values: readonly T[]): T | null {
  const [first, ...rest] = new Set(values);
  return first !== undefined && rest.length === 0 ? first : null;
}

function urls(sources: readonly SourceLink[]): string[] {
  return sources.map(({ url }) => url);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
