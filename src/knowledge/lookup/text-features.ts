// What of a text the control classifier weighs: stems, their beginnings, pairs of near words, and stems said of a service.
import { HashTable } from './hash-table.ts';
import type { Mention } from './names.ts';
import { stem } from './stem.ts';
import type { Token } from './tokens.ts';
import type { Term } from './wording.ts';

/** A word of a text, lower case. The weight is below 1 where it says less: a service's name, a scene-setting sentence. */
export interface WeightedWord {
  readonly traits: Traits;
  readonly weight: number;
}

/** A feature by its hash; `words` are the places of the words that it stands for, at most two. */
export interface Feature {
  readonly hash: number;
  readonly strength: number;
  readonly first: number;
  readonly second: number;
}

/** Words that say nothing about the matter, whatever stands beside them. */
const silentWords: ReadonlySet<string> = new Set(
  (
    'a an the this that these those it its is isnt are arent was were be been being am do does doesnt dont did didnt ' +
    'has have had having will would shall should can could may might must to of and or but so if then than as at by ' +
    'for from in into on onto with within s t re ll ve d m i im ive we us our ours you your yours they them their ' +
    'he she his her me my mine there here who whos whose whom which what one any some such also too just only need ' +
    'needs needed supposed responsible responsibility responsibilities accountable charge duty job task please ok ' +
    'aws amazon customer customers vs versus'
  ).split(' '),
);

export function isSilent(word: string): boolean {
  return silentWords.has(word);
}

/** What the words of a service's name count, and the words of sentences that only set the scene. */
const shares = { name: 0.45, scene: 0.7 };

/** The words of a text with what each counts; `asking` are the sentences that ask, all of them if left out. */
export function weighWords(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  asking?: ReadonlySet<number>,
  words: readonly { readonly traits: Traits }[] = tokens.map(({ word }) => ({ traits: traitsOf(word) })),
): WeightedWord[] {
  const named = new Uint8Array(tokens.length);
  for (const { certainty, first, coreLast } of mentions) {
    if (certainty === 'name') for (let at = first; at <= coreLast; at += 1) named[at] = 1;
  }
  return tokens.map(({ sentence }, at) => ({
    traits: (words[at] as WeightedWord).traits,
    weight: (named[at] === 1 ? shares.name : 1) * (asking && !asking.has(sentence) ? shares.scene : 1),
  }));
}

/** Widest distance at which two words count as a pair, and what a pair counts at each distance. */
/** What the words of a synonym of several words still count by themselves: "data" in "data center", "log" in "log in". */
const inTermShare = 0.4;
const pairShares = [1, 0.6, 0.5, 0.4];
/** A long stem also counts by its beginning: other forms of the word, and slips at its end, still say something. */
const beginning = { length: 5, share: 0.4 };
/** Words beyond are not weighed: no question needs more, and time stays bounded. */
const mostWords = 400;
/** What two words side by side count as they stand, the silent ones too: "by itself", "out of", "do we". */
const phraseShare = 0.4;

/** What the service itself counts, and a word said of it: "firmware" is another matter on CloudHSM than on EC2. */
const ofService = { alone: 0.3, word: 1 };

/** Words of a text times what each may add: itself, its beginning, two synonyms, four pairs, a phrase, a word said of a service. */
export const mostFeatures = mostWords * 10 + 1;

/** The features of one text, side by side in arrays; those from `count` on mean nothing. */
export interface Features {
  count: number;
  readonly hashes: Int32Array;
  readonly strengths: Float64Array;
  /** Places of the words that a feature stands for. */
  readonly firsts: Uint16Array;
  readonly seconds: Uint16Array;
}

const features: Features = {
  count: 0,
  hashes: new Int32Array(mostFeatures),
  strengths: new Float64Array(mostFeatures),
  firsts: new Uint16Array(mostFeatures),
  seconds: new Uint16Array(mostFeatures),
};
/** What of a word is sought again: all but the phrases and what is said of a service. */
const soughtAWord = 8;
const placeOf = new HashTable(mostWords * soughtAWord);
/** The words of the text that are not silent. */
const stems = { hashes: new Int32Array(mostWords), places: new Uint16Array(mostWords) };

/** The same as `readFeatures`, one object a feature. */
export function featuresOf(
  words: readonly WeightedWord[],
  service?: string,
  terms?: readonly Term[],
): Feature[] {
  const { count, hashes, strengths, firsts, seconds } = readFeatures(words, service, terms);
  return Array.from({ length: count }, (_, i) => ({
    hash: hashes[i] ?? 0,
    strength: strengths[i] ?? 0,
    first: firsts[i] ?? 0,
    second: seconds[i] ?? 0,
  }));
}

/**
 * The features of a text, their strengths scaled to length 1: a long text is not surer of itself than a short one.
 * `service` is the id of the service that it is about; what is said of it comes on top. `terms` are the words after
 * synonyms: "server hall" read as "datacenter" counts as a word. Holds until the next call.
 */
export function readFeatures(
  words: readonly WeightedWord[],
  service?: string,
  terms: readonly Term[] = [],
): Readonly<Features> {
  features.count = 0;
  placeOf.clear(words.length * soughtAWord);
  const weightAt = (stem: number) => words[stems.places[stem] as number]?.weight ?? 0;
  const inTerm = new Uint8Array(words.length);
  for (const { first, last } of terms) if (first < last) inTerm.fill(1, first, last + 1);
  const said = addStems(words, inTerm);
  for (const { key, first, last } of terms) {
    if (last >= mostWords) break;
    const { traits, weight } = words[first] as WeightedWord;
    if (first === last && traits.key === key) continue;
    addOnce(hashOf(key, key.length, 4), weight, first, last);
  }
  for (let i = 0; i < said; i += 1) {
    const hash = stems.hashes[i] as number;
    for (let gap = 0; gap < pairShares.length && i + 1 + gap < said; gap += 1) {
      const other = stems.hashes[i + 1 + gap] as number;
      if (other === hash) continue;
      const strength = (pairShares[gap] as number) * Math.min(weightAt(i), weightAt(i + 1 + gap));
      addOnce(pairOf(hash, other), strength, stems.places[i] as number, stems.places[i + 1 + gap] as number);
    }
  }
  if (features.count === 0) return features;
  const length = scale();
  addPhrases(words);
  if (service === undefined) return features;
  const subject = hashOf(service, service.length, 2);
  add(subject, ofService.alone / length, 0, 0);
  for (let i = 0; i < said; i += 1) {
    const weight = weightAt(i);
    if (weight <= shares.name) continue;
    const at = stems.places[i] as number;
    add(pairOf(subject, stems.hashes[i] as number), (ofService.word * weight) / length, at, at);
  }
  return features;
}

/** Each stem, and the beginning of a long one. Returns how many words said something. */
function addStems(words: readonly WeightedWord[], inTerm: Uint8Array): number {
  let said = 0;
  for (let at = 0; at < words.length && at < mostWords; at += 1) {
    const { traits, weight } = words[at] as WeightedWord;
    const { silent, whole, start } = traits;
    if (weight === 0 || silent) continue;
    stems.hashes[said] = whole;
    stems.places[said] = at;
    said += 1;
    const counts = inTerm[at] === 1 ? weight * inTermShare : weight;
    addOnce(whole, counts, at, at);
    if (start !== undefined) addOnce(start, counts * beginning.share, at, at);
  }
  return said;
}

/** Scales what was added so far to length 1, and returns how long it was. Less than one full word is not blown up. */
function scale(): number {
  const { count, strengths } = features;
  let squares = 0;
  for (let i = 0; i < count; i += 1) squares += (strengths[i] as number) * (strengths[i] as number);
  const length = Math.max(1, Math.sqrt(squares));
  for (let i = 0; i < count; i += 1) strengths[i] = (strengths[i] as number) / length;
  return length;
}

function addPhrases(words: readonly WeightedWord[]): void {
  const from = features.count;
  placeOf.clear(words.length);
  for (let at = 0; at + 1 < words.length && at + 1 < mostWords; at += 1) {
    const { word, opening } = (words[at] as WeightedWord).traits;
    const other = (words[at + 1] as WeightedWord).traits.word;
    if (word !== other) addOnce(hashOn(opening, other, other.length) >>> 1, 1, at, at + 1);
  }
  features.strengths.fill(phraseShare / Math.sqrt(features.count - from), from, features.count);
}

/** A feature that occurs again counts once, where it is strongest. */
function addOnce(hash: number, strength: number, first: number, second: number): void {
  const same = placeOf.get(hash);
  if (same < 0) {
    placeOf.set(hash, features.count);
    add(hash, strength, first, second);
  } else if ((features.strengths[same] as number) < strength) features.strengths[same] = strength;
}

function add(hash: number, strength: number, first: number, second: number): void {
  const { count } = features;
  features.hashes[count] = hash;
  features.strengths[count] = strength;
  features.firsts[count] = first;
  features.seconds[count] = second;
  features.count = count + 1;
}

/** What a word is to the classifier, in hashes. */
export interface Traits {
  readonly word: string;
  /** Its stem. */
  readonly key: string;
  readonly silent: boolean;
  readonly whole: number;
  /** Of the beginning, if the stem is long enough to have one. */
  readonly start: number | undefined;
  /** A phrase that begins with the word is hashed on from here. */
  readonly opening: number;
}

export function traitsOf(written: string): Traits {
  // "from 13 to 17": which numbers says nothing
  const word = /^\d{1,2}$/.test(written) ? '#' : written;
  const key = stem(word);
  return {
    word,
    key,
    silent: silentWords.has(word),
    whole: hashOf(key, key.length, 0),
    start: key.length > beginning.length ? hashOf(key, beginning.length, 1) : undefined,
    opening: hashOn(basis ^ 3, `${word} `, word.length + 1),
  };
}

/** What a text comes to without the little words: "data center" for "who is responsible for our data center". */
export function matterOf(words: readonly Traits[]): string {
  let matter = '';
  for (const { silent, key } of words) if (!silent) matter += matter === '' ? key : ` ${key}`;
  return matter;
}

/** 31 bits, so that engines keep it a small integer; `kind` keeps whole stems and beginnings apart. */
function hashOf(key: string, length: number, kind: number): number {
  return hashOn(basis ^ kind, key, length) >>> 1;
}

const basis = 0x811c9dc5;

/** FNV-1a over the first letters, on from another hash. */
function hashOn(from: number, key: string, length: number): number {
  let hash = from;
  for (let i = 0; i < length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash;
}

/** The same for both orders: "encrypt volumes" and "volumes are encrypted" are one pair. */
function pairOf(a: number, b: number): number {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  return (Math.imul(low ^ (low >>> 15), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35)) >>> 1;
}
