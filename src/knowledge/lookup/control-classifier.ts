// A statistical second opinion: which control a text talks about, with a probability, learned from data/wordings.
import { stem } from './stem.ts';

/** A word of a text, lower case; `weight` below 1 for words that say less: a service's name, a scene-setting sentence. */
export interface WeightedWord {
  readonly word: string;
  readonly weight: number;
}

export interface Guess {
  /** Id of a control; undefined: the text is about none. */
  readonly control: string | undefined;
  /** Calibrated by cross-validation: of the guesses made with 0.8, about eight in ten are right. */
  readonly probability: number;
}

export interface ControlClassifier {
  /** All guesses, most probable first; they add up to 1. */
  classify(words: readonly WeightedWord[]): Guess[];
  /** The words that speak most for a control against the others, most telling first; empty if none does. */
  because(words: readonly WeightedWord[], control: string | undefined): string[];
}

/** What `trainClassifier` yields and the build stores: JSON, the numbers as base64. */
export interface ClassifierModel {
  /** Ids of the classes; `null` is "about no control". */
  readonly classes: readonly (string | null)[];
  /** Hashes of the features, Uint32. */
  readonly features: string;
  /** Weights, Int8, one row of classes a feature; to be multiplied by the row's scale. */
  readonly weights: string;
  /** One scale a feature, Float32. */
  readonly scales: string;
  readonly bias: readonly number[];
  /** Scores are multiplied by this before they become probabilities. */
  readonly sharpness: number;
}

/** Words that say nothing about the matter whatever stands beside them. */
const silent = new Set(
  (
    'a an the this that these those it its is isnt are arent was were be been being am do does doesnt dont did didnt ' +
    'has have had having will would shall should can could may might must to of and or but so if then than as at by ' +
    'for from in into on onto with within s t re ll ve d m i im ive we us our ours you your yours they them their ' +
    'he she his her me my mine there here who whos whose whom which what one any some such also too just only ' +
    'responsible responsibility responsibilities accountable charge duty job task need needs needed supposed ' +
    'please ok'
  ).split(' '),
);

/** Widest distance at which two words count as a pair. */
const reach = 3;

/** Calls `visit` for each feature of a text: a 32-bit hash, its strength, and the words that it stands for. */
export function eachFeature(
  words: readonly WeightedWord[],
  visit: (hash: number, strength: number, first: number, second: number) => void,
): void {
  const hashes: number[] = [];
  const strengths: number[] = [];
  const places: number[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const { word, weight } = words[at] as WeightedWord;
    if (weight === 0 || silent.has(word)) continue;
    hashes.push(hashOf(stem(word)));
    strengths.push(weight);
    places.push(at);
  }
  for (let i = 0; i < hashes.length; i += 1) {
    const hash = hashes[i] ?? 0;
    const strength = strengths[i] ?? 0;
    visit(hash, strength, places[i] ?? 0, -1);
    for (let j = i + 1; j <= i + reach && j < hashes.length; j += 1) {
      const other = hashes[j] ?? 0;
      if (other === hash) continue;
      const share = (j === i + 1 ? 1 : 0.6) * Math.min(strength, strengths[j] ?? 0);
      visit(pairOf(hash, other), share, places[i] ?? 0, places[j] ?? 0);
    }
  }
}

/** FNV-1a over the letters. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The same for both orders: "encrypt volumes", "encryption of the volumes", "volumes are encrypted". */
function pairOf(a: number, b: number): number {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  return (Math.imul(low ^ (high >>> 15), 0x85ebca6b) ^ Math.imul(high, 0xc2b2ae35)) >>> 0;
}
