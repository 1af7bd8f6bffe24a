// The second opinion on a question: which control a text is about, learnt from wordings.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { createControlClassifier } from '../../src/knowledge/lookup/control-classifier.ts';
import { featuresOf, weighWords } from '../../src/knowledge/lookup/text-features.ts';
import { tokenise } from '../../src/knowledge/lookup/tokens.ts';
import type { Example } from '../../src/knowledge/training/examples.ts';
import { trainOn } from '../../src/knowledge/training/train-classifier.ts';
import { readWordings } from '../../src/knowledge/training/wordings.ts';

const wordsOf = (text: string) => weighWords(tokenise(text), []);

describe('the control classifier', () => {
  const model = loadKnowledge().data.classifier;
  if (!model) throw new Error('the data was compiled without a classifier');
  const classifier = createControlClassifier(model);
  const guess = (text: string, service?: string) => classifier.classify(wordsOf(text), service);

  it.each([
    ['a burglar could climb over the wall of the server building', 'physical-security'],
    ['the scanner found an old openssl inside our docker image', 'container-image-patching'],
    ['somebody should check each quarter that old backups can be restored', 'backups'],
    ['interns were given far too many rights in our account', 'iam-permissions'],
    ['our postgres version is no longer supported next spring', 'major-version-upgrade'],
  ])('understands “%s”, which no list holds', (text, control) => {
    expect(guess(text)[0]?.control).toBe(control);
  });

  it('takes talk that is about no control for what it is', () => {
    expect(guess('who feeds the hamster on sunday')[0]?.control).toBeUndefined();
    expect(guess('tell me a joke about penguins')[0]?.control).toBeUndefined();
  });

  it('lets the service weigh in where the same words mean different things', () => {
    const chance = (service: string) =>
      guess('new firmware', service).find(({ control }) => control === 'runtime-patching')?.probability ?? 0;
    expect(chance('cloudhsm')).toBeGreaterThan(3 * chance('ec2'));
  });

  it('gives probabilities that add up to one at most, the best first', () => {
    const guesses = guess('patching and backups of the database');
    const sum = guesses.reduce((total, { probability }) => total + probability, 0);
    expect(sum).toBeGreaterThan(0.8);
    expect(sum).toBeLessThanOrEqual(1 + 1e-9);
    expect(guesses.map(({ probability }) => probability)).toEqual(
      guesses.map(({ probability }) => probability).toSorted((a, b) => b - a),
    );
  });

  it('names the words that speak for a guess', () => {
    const words = wordsOf('who on earth renews the expired certificate');
    classifier.classify(words);
    const telling = classifier.because('certificates');
    const said = words.filter((_, at) => telling.has(at)).map(({ traits }) => traits.word);
    expect(said).toContain('certificate');
    expect(said).not.toContain('earth');
  });

  it('says nothing sure about an empty text or one of unknown words', () => {
    expect(guess('')[0]?.probability ?? 0).toBeLessThan(0.5);
    expect(guess('zzyzx qwop')[0]?.probability ?? 0).toBeLessThan(0.5);
  });
});

describe('training', () => {
  const example = (control: string | null, text: string): Example => ({
    control,
    text,
    features: featuresOf(wordsOf(text)),
    weight: 1,
    counts: true,
    behindBrand: [],
  });
  const examples = [
    example('locks', 'doors are locked'),
    example('locks', 'lock the door'),
    example('fires', 'smoke in the hall'),
    example('fires', 'smoke and fire'),
    example(null, 'hello there'),
  ];

  it('yields the same model every time', () => {
    expect(trainOn(examples, ['locks', 'fires'])).toEqual(trainOn(examples, ['locks', 'fires']));
  });

  it('learns from the examples', () => {
    const classifier = createControlClassifier(trainOn(examples, ['locks', 'fires']));
    expect(classifier.classify(wordsOf('the door'))[0]?.control).toBe('locks');
    expect(classifier.classify(wordsOf('so much smoke'))[0]?.control).toBe('fires');
  });

  it('refuses wordings of a control that does not exist, and says where', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wordings-'));
    mkdirSync(join(folder, 'wordings'));
    writeFileSync(join(folder, 'frames.yaml'), 'frames: ["who does {matter}"]\n');
    writeFileSync(join(folder, 'wordings/a.yaml'), 'lcoks:\n  - lock the door\n');
    expect(() => readWordings(folder, ['locks'])).toThrow(
      'data/wordings/a.yaml: control "lcoks" does not exist',
    );
  });
});
