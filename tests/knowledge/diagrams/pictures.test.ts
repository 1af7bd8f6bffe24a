// Every picture: readable contrast, text kept inside and escaped, and the whole content in words.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { comparisonPicture } from '../../../src/knowledge/diagrams/comparison-picture.ts';
import { digestPicture } from '../../../src/knowledge/diagrams/digest-picture.ts';
import { drawable, shorten, textWidth, wrapText } from '../../../src/knowledge/diagrams/fit-text.ts';
import { ownerColours, palette } from '../../../src/knowledge/diagrams/palette.ts';
import { rulingPicture } from '../../../src/knowledge/diagrams/ruling-picture.ts';
import { ownerNames, type ServiceStack } from '../../../src/knowledge/diagrams/stack.ts';
import { stackPicture } from '../../../src/knowledge/diagrams/stack-picture.ts';
import { container, hostile, hostileStack, ruling, server, software, week } from './examples.ts';
import { contrast, groundOf, readSvg } from './read-svg.ts';

const pictures = {
  stack: stackPicture(container),
  'hostile stack': stackPicture(hostileStack),
  'ruling of the customer': rulingPicture(ruling),
  'ruling of AWS': rulingPicture({ ...ruling, owner: 'aws' }),
  'shared ruling': rulingPicture({ ...ruling, owner: 'shared', asked: 0 }),
  'ruling that depends, without a layer': rulingPicture({
    control: hostile,
    owner: 'depends',
    aws: hostile,
    customer: 'W'.repeat(2000),
    stack: hostileStack,
  }),
  'comparison of two': comparisonPicture([server, software]),
  'comparison of four': comparisonPicture([software, server, container, hostileStack]),
  week: digestPicture(week),
  'empty week': digestPicture({ ...week, board: [], topics: [] }),
};

describe.each(Object.entries(pictures))('the %s', (_, { svg, alt, name }) => {
  const painted = readSvg(svg);
  const texts = painted.flatMap((item, index) => (item.kind === 'text' ? [{ ...item, index }] : []));
  const card = Number(/width="(\d+)"/.exec(svg)?.[1]);
  const height = Number(/<svg[^>]* height="(\d+)"/.exec(svg)?.[1]);

  it('has a contrast of at least 4.5:1 behind every text', () => {
    expect(texts.length).toBeGreaterThan(2);
    for (const text of texts) {
      const ground = groundOf(painted, text.index);
      expect(contrast(text.fill, ground), `${text.words}: ${text.fill} on ${ground}`).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });

  it('keeps every text inside the card', () => {
    for (const { words, x, y, size, weight, anchor } of texts) {
      const width = textWidth(words, size, weight);
      const left = anchor === 'end' ? x - width : anchor === 'middle' ? x - width / 2 : x;
      expect(left, words).toBeGreaterThanOrEqual(20);
      expect(left + width, words).toBeLessThanOrEqual(card - 20);
      expect(y, words).toBeLessThan(height - 8);
    }
  });

  it('has no markup of others and nothing that XML forbids', () => {
    expect(svg).not.toMatch(/<script|alert\("/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not occur
    expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    expect(svg.isWellFormed()).toBe(true);
  });

  it('has words and a name for a file', () => {
    expect(alt.length).toBeGreaterThan(30);
    expect(name).toMatch(/^[a-z-]+$/);
  });
});

test('the words of a stack name every layer and its owner', () => {
  const { alt } = stackPicture(container);
  for (const { label, owner } of container.layers) expect(alt).toContain(`${label}: ${ownerNames[owner]}`);
});

test('the words of a comparison name every layer of every service and what AWS takes over', () => {
  const stacks: ServiceStack[] = [server, container, software];
  const { alt } = comparisonPicture(stacks);
  for (const { service, layers } of stacks) {
    expect(alt).toContain(service);
    for (const { label } of layers) expect(alt).toContain(label);
  }
  expect(alt).toContain('From Amazon EC2 to Amazon Chime, AWS takes over: Layer number 3, Layer number 4.');
  expect(alt).toContain(
    'From Amazon EC2 to Amazon Elastic Container Service, no layer moves to AWS as a whole.',
  );
});

test('a comparison keeps the order of the layers, also where the first service lacks one', () => {
  const labels = readSvg(comparisonPicture([software, server]).svg)
    .filter(({ words }) => words.startsWith('Layer number'))
    .map(({ words }) => words);
  expect(labels).toEqual(server.layers.map(({ label }) => label));
});

test('the words of a ruling say the answer, both halves and the stack', () => {
  const { alt } = rulingPicture(ruling);
  expect(alt).toContain('Guest operating system patching on Amazon EC2: Customer.');
  expect(alt).toContain(ruling.aws);
  expect(alt).toContain(ruling.customer);
  for (const { label } of server.layers) expect(alt).toContain(label);
});

test('the words of a week name everybody on the board as they write themselves', () => {
  const { alt, svg } = digestPicture(week);
  expect(alt).toContain('1. Maria Fernández: 74 points; 2. ');
  expect(alt).toContain('3. 太郎: 0 points');
  expect(alt).toContain('Containers: 33 % of 9 right');
  expect(readSvg(svg).map(({ words }) => words)).toContain('3. a member');
});

test('an owner is told by a word, an icon and a pattern, not by colour alone', () => {
  for (const [owner, word] of Object.entries(ownerNames)) {
    const { svg } = stackPicture({
      service: 'X',
      model: 'Y',
      layers: [{ label: 'Z', owner: owner as 'aws' }],
    });
    expect(svg).toContain(`fill="url(#${owner})"`);
    expect(readSvg(svg).map(({ words }) => words)).toContain(word);
  }
});

test('the edges of the owners stand out from the card by at least 3:1', () => {
  for (const { solid } of Object.values(ownerColours)) {
    expect(contrast(solid, palette.card)).toBeGreaterThanOrEqual(3);
  }
});

test('shortened and wrapped text never gets wider than its room', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 30, max: 400 }), (text, room) => {
      const short = shorten(text, room, 15, 600);
      expect(short === text || textWidth(short, 15, 600) <= room).toBe(true);
      const lines = wrapText(text, room, 15, 3);
      expect(lines.length).toBeLessThanOrEqual(3);
      for (const line of lines) expect(textWidth(line, 15)).toBeLessThanOrEqual(room);
    }),
  );
});

test('what the font lacks is left out, and replaced where nothing remains', () => {
  expect(drawable('Zoë 🐱 Müller', '-')).toBe('Zoë Müller');
  expect(drawable('Жанна Ελένη Nguyễn', '-')).toBe('Жанна Ελένη Nguyễn');
  expect(drawable('日本', 'a member')).toBe('a member');
});
