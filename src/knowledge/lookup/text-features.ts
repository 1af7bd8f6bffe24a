// What of a text the control classifier weighs: stems, their beginnings, pairs of near words, and stems said of a service.
import type { Mention } from './names.ts';
import { stem } from './stem.ts';
import type { Token } from './tokens.ts';

/** A word of a text, lower case. The weight is below 1 where it says less: a service's name, a scene-setting sentence. */
export interface WeightedWord {
  readonly word: string;
  readonly weight: number;
}

/** A feature by its hash; `words` are the places of the words that it stands for, at most two. */
export interface Feature {
  readonly hash: number;
  strength: number;
  readonly first: number;
  readonly second: number;
}

/** Words that say nothing about the matter, whatever stands beside them. */
const silent = new Set(
  (
    'a an the this that these those it its is isnt are arent was were be been being am do does doesnt dont did didnt ' +
    'has have had having will would shall should can could may might must to of and or but so if then than as at by ' +
    'for from in into on onto with within s t re ll ve d m i im ive we us our ours you your yours they them their ' +
    'he she his her me my mine there here who whos whose whom which what one any some such also too just only need ' +
    'needs needed supposed responsible responsibility responsibilities accountable charge duty job task please ok ' +
    'aws amazon customer customers'
  ).split(' '),
);

/** What the words of a service's name count, and the words of sentences that only set the scene. */
const shares = { name: 0.3, scene: 0.4 };

/** The words of a text with what each counts; `asking` are the sentences that ask, all of them if left out. */
export function weighWords(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  asking?: ReadonlySet<number>,
): WeightedWord[] {
  const named = new Set<number>();
  for (const { certainty, first, coreLast } of mentions) {
    if (certainty === 'name') for (let at = first; at <= coreLast; at += 1) named.add(at);
  }
  return tokens.map(({ word, sentence }, at) => ({
    word,
    weight: (named.has(at) ? shares.name : 1) * (asking && !asking.has(sentence) ? shares.scene : 1),
  }));
}

/** Widest distance at which two words count as a pair, and what a pair counts at each distance. */
const pairShares = [1, 0.6];
/** A long stem also counts by its beginning: other forms of the word, and slips at its end, still say something. */
const beginning = { length: 5, share: 0.4 };
/** Words beyond are not weighed: no question needs more, and time stays bounded. */
const mostWords = 400;
/** What two words side by side count as they stand, the silent ones too: "by itself", "out of", "do we". */
const phraseShare = 0.4;

/** What the service itself counts, and a word said of it: "firmware" is another matter on CloudHSM than on EC2. */
const ofService = { alone: 0.3, word: 1 };

/**
 * The features of a text, their strengths scaled to length 1: a long text is not surer of itself than a short one.
 * `service` is the id of the service that it is about; what is said of it comes on top.
 */
export function featuresOf(words: readonly WeightedWord[], service?: string): Feature[] {
  const stems: { hash: number; weight: number; at: number }[] = [];
  const features = new Map<number, Feature>();
  const add = (hash: number, strength: number, first: number, second: number) => {
    const same = features.get(hash);
    if (!same) features.set(hash, { hash, strength, first, second });
    else if (same.strength < strength) same.strength = strength;
  };
  for (let at = 0; at < words.length && at < mostWords; at += 1) {
    const { word, weight } = words[at] as WeightedWord;
    if (weight === 0 || silent.has(word)) continue;
    const { whole, start } = hashesOf(word);
    stems.push({ hash: whole, weight, at });
    add(whole, weight, at, at);
    if (start !== undefined) add(start, weight * beginning.share, at, at);
  }
  stems.forEach((one, i) => {
    pairShares.forEach((share, gap) => {
      const other = stems[i + 1 + gap];
      if (!other || other.hash === one.hash) return;
      add(pairOf(one.hash, other.hash), share * Math.min(one.weight, other.weight), one.at, other.at);
    });
  });
  const list = [...features.values()];
  const length = Math.sqrt(list.reduce((sum, { strength }) => sum + strength * strength, 0));
  for (const feature of list) feature.strength /= length;
  if (list.length > 0) list.push(...phrasesOf(words));
  if (service === undefined || list.length === 0) return list;
  const subject = hashOf(service, service.length, 2);
  list.push({ hash: subject, strength: ofService.alone / length, first: 0, second: 0 });
  for (const { hash, weight, at } of stems) {
    if (weight <= shares.name) continue;
    const strength = (ofService.word * weight) / length;
    list.push({ hash: pairOf(subject, hash), strength, first: at, second: at });
  }
  return list;
}

function phrasesOf(words: readonly WeightedWord[]): Feature[] {
  const found = new Map<number, Feature>();
  for (let at = 0; at + 1 < words.length && at + 1 < mostWords; at += 1) {
    const one = words[at]?.word ?? '';
    const other = words[at + 1]?.word ?? '';
    if (one === other) continue;
    const key = `${one} ${other}`;
    const hash = hashOf(key, key.length, 3);
    if (!found.has(hash)) found.set(hash, { hash, strength: 1, first: at, second: at + 1 });
  }
  const list = [...found.values()];
  for (const feature of list) feature.strength = phraseShare / Math.sqrt(list.length);
  return list;
}

interface Hashes {
  readonly whole: number;
  /** Of the beginning, if the stem is long enough to have one. */
  readonly start: number | undefined;
}

/** Hashes of the words met so far: people use few words. */
const known = new Map<string, Hashes>();
const mostKnown = 20_000;

function hashesOf(word: string): Hashes {
  const found = known.get(word);
  if (found) return found;
  const key = stem(word);
  const hashes = {
    whole: hashOf(key, key.length, 0),
    start: key.length > beginning.length ? hashOf(key, beginning.length, 1) : undefined,
  };
  if (known.size < mostKnown) known.set(word, hashes);
  return hashes;
}

/** FNV-1a over the first letters, 31 bits so that engines keep it a small integer; `kind` keeps whole stems and beginnings apart. */
function hashOf(key: string, length: number, kind: number): number {
  let hash = 0x811c9dc5 ^ kind;
  for (let i = 0; i < length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash >>> 1;
}

/** The same for both orders: "encrypt volumes" and "volumes are encrypted" are one pair. */
function pairOf(a: number, b: number): number {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  return (Math.imul(low ^ (low >>> 15), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35)) >>> 1;
}
