// Reads a way to state a condition, as the data writes it: "certificate bought/ordered from godaddy/digicert".
import type { Wording } from './wording.ts';

/**
 * One way to state a condition. In the data a way is a few telling words:
 * `a/b` is one or the other; `not` is any denial ("without", "never", "isn't"); `2015..2022` any of these numbers.
 */
export interface Way {
  /** One test for each word of the way, on the key of a word of the question. */
  readonly slots: readonly ((key: string) => boolean)[];
  /** The keys of its most telling word: a question without any of them does not state it. */
  readonly anchor: readonly string[];
  /** Ways with a small word are said in their order ("not encrypted", "in vpc"); others in any order. */
  readonly inOrder: boolean;
  /** It denies something itself, so that a denial before it does not turn it round. */
  readonly negative: boolean;
}

/** Throws on a way without a telling word: it would be found everywhere. */
export function keyWay(way: string, wording: Wording): Way {
  const slots = way.split(/\s+/).flatMap((part) => slotsOf(part, wording));
  const telling = slots.filter(({ keys }) => keys.length > 0 && !keys.some((key) => small.has(key)));
  const [anchor] = telling.sort((a, b) => leastLength(b.keys) - leastLength(a.keys));
  if (!anchor) throw new RangeError(`"${way}" has no telling word`);
  return {
    slots: slots.map(({ test }) => test),
    anchor: anchor.keys,
    inOrder: slots.some(({ keys }) => keys.some((key) => small.has(key))),
    negative: slots.some(({ keys }) => keys.includes('not')),
  };
}

interface Slot {
  /** Empty for a range of numbers. */
  readonly keys: readonly string[];
  readonly test: (key: string) => boolean;
}

function slotsOf(part: string, wording: Wording): Slot[] {
  const range = /^(\d+)\.\.(\d+)$/.exec(part);
  if (range) {
    const [low, high] = [Number(range[1]), Number(range[2])];
    return [{ keys: [], test: (key) => /^\d+$/.test(key) && Number(key) >= low && Number(key) <= high }];
  }
  if (part === 'not') return [{ keys: ['not'], test: (key) => denials.has(key) }];
  if (!part.includes('/')) {
    return wording.allKeys(part).map((key) => ({ keys: [key], test: (word) => word === key }));
  }
  const keys = part.split('/').flatMap((word) => wording.allKeys(word));
  const known = new Set(keys);
  return [{ keys, test: (key) => known.has(key) }];
}

function leastLength(keys: readonly string[]): number {
  return Math.min(...keys.map((key) => key.length));
}

/** What the word before a way does to it: denies it, only leads to it ("not *on our* Fargate"), or neither. */
export function wordBefore(key: string): 'denial' | 'bridge' | 'other' {
  if (denials.has(key) || contrasts.has(key)) return 'denial';
  return bridges.has(key) ? 'bridge' : 'other';
}

const small = new Set([
  'not',
  'in',
  'on',
  'with',
  'by',
  'from',
  'for',
  'to',
  'at',
  'of',
  'before',
  'after',
  'since',
]);

/** Keys, that is stems. */
const denials = new Set([
  ...[
    'not',
    'no',
    'never',
    'without',
    'none',
    'nor',
    'neither',
    'lack',
    'lacking',
    'cannot',
    'cant',
    'isnt',
    'arent',
  ],
  ...['wasnt', 'werent', 'dont', 'doesnt', 'didnt', 'hasnt', 'havent', 'hadnt', 'wont', 'wouldnt'],
]);
const contrasts = new Set(['than', 'instead', 'unlik']);
const bridges = new Set([
  ...[
    'a',
    'an',
    'the',
    'any',
    'our',
    'my',
    'in',
    'on',
    'with',
    'by',
    'of',
    'to',
    'use',
    'us',
    'run',
    'have',
    'been',
  ],
  ...['be', 'as', 'under'],
]);
