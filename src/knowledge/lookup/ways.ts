// Reads a way to state a condition, as the data writes it: "certificate bought/ordered from godaddy/digicert".
import { stem } from './stem.ts';
import type { Wording } from './wording.ts';

/**
 * One way to state a condition. In the data a way is a few telling words, said in this order and near one another:
 * `a/b` is one or the other; `not` is any denial ("without", "never", "isn't"), `off` any word for "switched off",
 * `2015..2022` any of these numbers;
 * a hyphen lets no word between ("regional-nat"); with `+` between them the words come in any order.
 */
export interface Way {
  /** For each word of the way the keys that stand for it in a question. */
  readonly slots: readonly ReadonlySet<string>[];
  /** For each word how many words of weight may stand before it, after the one before. */
  readonly gaps: readonly number[];
  /** The keys of its most telling word: a question without any of them does not state it. */
  readonly anchor: ReadonlySet<string>;
  readonly inOrder: boolean;
  /** It denies something itself, so that a denial before it does not turn it round. */
  readonly negative: boolean;
}

/** Throws on a way without a telling word: it would be found everywhere. */
export function keyWay(way: string, wording: Wording): Way {
  const parts = way.split(/[\s+]+/).map((part) => part.split('-').map((word) => slotOf(word, wording)));
  const slots = parts.flat();
  const gaps = parts.flatMap((joined, at) =>
    joined.map((_, i) => (i > 0 ? -1 : parts[at - 1]?.at(-1) === denials ? gapAfterDenial : widestGap)),
  );
  const [anchor] = slots.filter(isTelling).sort((a, b) => shortest(b) - shortest(a));
  if (!anchor) throw new RangeError(`"${way}" has no telling word`);
  return { slots, gaps, anchor, inOrder: !way.includes('+'), negative: slots.includes(denials) };
}

/** Words of weight between two words of a way: "updates of *our* Elastic Beanstalk environment *are* off". */
const widestGap = 3;
/** "Without any storage encryption", but not "we do not know who handles encryption". */
const gapAfterDenial = 1;

function slotOf(part: string, wording: Wording): ReadonlySet<string> {
  if (part === 'not') return denials;
  const [range, low, high] = /^(\d+)\.\.(\d+)$/.exec(part) ?? [];
  if (range) {
    return new Set(Array.from({ length: Number(high) - Number(low) + 1 }, (_, i) => `${Number(low) + i}`));
  }
  const words = part.split('/').flatMap((word) => (word === 'off' ? switchedOff : [word]));
  return new Set(words.flatMap((word) => wording.allKeys(word)));
}

function isTelling(slot: ReadonlySet<string>): boolean {
  return slot !== denials && ![...slot].some((key) => small.has(key));
}

function shortest(slot: ReadonlySet<string>): number {
  return Math.min(...[...slot].map((key) => key.length));
}

/** What a word does beside a way: denies what follows, only leads on ("not *on our* Fargate"), or has weight. */
export function kindOf(key: string): 'denial' | 'bridge' | 'word' {
  if (denials.has(key) || contrasts.has(key)) return 'denial';
  return bridges.has(key) ? 'bridge' : 'word';
}

/** Too common to tell a condition. */
const small = wordSet(
  'in on with by from for to at of before after since as the a we our own is are only up',
);

const switchedOff = [
  'off',
  'disabled',
  'deactivated',
  'unticked',
  'unchecked',
  'suspended',
  'paused',
  'declined',
  'opted',
];

const denials = wordSet(
  'not no never without none nothing nobody nor neither lack cannot cant isnt arent wasnt werent dont doesnt didnt hasnt havent ' +
    'hadnt wont wouldnt',
);
const contrasts = wordSet('than instead unlike');
const bridges = wordSet(
  'a an the any our my in on with by of to for use using run have been be as under is are was were from at and that this it we',
);

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(stem));
}
