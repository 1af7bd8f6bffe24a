// What the readings of a question come to: the likeliest owner, and how likely. Readings with the same owner add up.
import type { Control, Model, Service } from '../knowledge.ts';
import type { Branch, Ruling } from '../rulings.ts';
import type { RulingOwner } from '../schema.ts';
import { type Circumstances, chancesOf, strengthOfNone } from './evidence.ts';
import { asksInGeneral, type Intent } from './intent.ts';
import type { ReadText, Tools } from './read.ts';
import type { Candidate, Scores } from './score.ts';
import { statedOn } from './stated.ts';
import type { Unexplained } from './unexplained.ts';

/** A candidate and how likely it is what was meant, 0 to 1. */
export interface Chance extends Candidate {
  readonly chance: number;
}

export interface Outlook {
  /** The likeliest reading of all. */
  readonly top: Chance | undefined;
  /** How likely the text is about no control. */
  readonly none: number;
  /** The owner with the best chance: its likeliest reading, and the chance of all of them. */
  readonly best: Chance | undefined;
  readonly sure: number;
  /** The likeliest reading with another owner. */
  readonly rival: Chance | undefined;
}

export type OwnerOf = (control: Control) => RulingOwner | 'depends';

/** Readings less likely than this are not asked for their owner. */
const leastChance = 0.003;

export function outlookOf(
  scores: Scores,
  unexplained: Unexplained,
  intent: Intent,
  ownerOf: OwnerOf,
): Outlook {
  const { candidates } = scores;
  const none = strengthOfNone(circumstancesOf(scores, unexplained, intent));
  const chances = chancesOf([none, ...candidates.map(({ strength }) => strength)]);
  const readings: Chance[] = [];
  for (let i = 0; i < candidates.length; i += 1) {
    const chance = chances[i + 1] ?? 0;
    if (i > 0 && chance < leastChance) break;
    readings.push({ ...(candidates[i] as Candidate), chance });
  }
  const owners = new Map<string, { best: Chance; sure: number }>();
  for (const reading of readings) {
    if (reading.chance < leastChance) break;
    const owner = ownerOf(reading.control);
    if (owner === 'depends' || owner === 'not-applicable') continue;
    const known = owners.get(owner);
    if (known) known.sure += reading.chance;
    else owners.set(owner, { best: reading, sure: reading.chance });
  }
  const [first, second] = [...owners.values()].sort((a, b) => b.sure - a.sure);
  return {
    top: readings[0],
    none: chances[0] ?? 0,
    best: first?.best,
    sure: first?.sure ?? 0,
    rival: second?.best,
  };
}

export function circumstancesOf(
  { offTopic }: Scores,
  unexplained: Unexplained,
  intent: Intent,
): Circumstances {
  return {
    offTopic,
    alone: unexplained.alone,
    openWords: unexplained.words.length,
    strangers: unexplained.strangers,
    intent,
  };
}

/** Who owns a control on what the question is about: a service, a kind of service, or the cloud in general. */
export function ownersOf(
  read: ReadText,
  { subjects }: Scores,
  models: readonly Model[],
  tools: Tools,
): OwnerOf {
  const [service] = subjects.services;
  if (service) return (control) => meet(read, service, control, tools).owner;
  if (models.length > 0) return ownerForModels(models);
  return (control) => control.owner_without_service;
}

/** A ruling as the question meets it. */
export interface Met {
  readonly ruling: Ruling;
  /** The branches whose condition the question names. */
  readonly named: readonly Branch[];
  /** Of these the ones named best; several only if their owners differ. */
  readonly nearest: readonly Branch[];
  readonly owner: RulingOwner | 'depends';
}

/** The ruling, or the branch of it whose condition the question names. */
export function meet(read: ReadText, service: Service, control: Control, tools: Tools): Met {
  const ruling = tools.knowledge.ruling(service.id, control.id);
  if (ruling.branches.length === 0 || (ruling.owner !== 'depends' && asksInGeneral(read.text))) {
    return { ruling, named: [], nearest: [], owner: ruling.owner };
  }
  const found = statedOn(service, read, tools).filter(({ branch }) => ruling.branches.includes(branch));
  const nearest = found.filter(({ length }) => length === found[0]?.length).map(({ branch }) => branch);
  const [owner = ruling.owner, ...others] = new Set(nearest.map((branch) => branch.owner));
  return {
    ruling,
    named: found.map(({ branch }) => branch),
    nearest,
    owner: others.length > 0 ? 'depends' : owner,
  };
}

/** The owner for a kind of service ("in SaaS"), if it is the same for all the kinds named. */
export function ownerForModels(models: readonly Model[]): OwnerOf {
  return (control) => {
    const [owner, ...others] = new Set(models.map(({ id }) => control.owner_by_model[id]));
    return owner === undefined || others.length > 0 ? 'depends' : owner;
  };
}
