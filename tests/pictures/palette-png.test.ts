// PNGs with a palette: the colours that go in come out, and many colours become few that look alike.
import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { palettePng } from '../../src/pictures/palette-png.ts';

/** What a viewer shows of a PNG: its pixels, each channel multiplied by alpha. */
function shown(png: Uint8Array, width: number, height: number): number[] {
  const data = Buffer.from(png).toString('base64');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" image-rendering="pixelated" href="data:image/png;base64,${data}"/></svg>`;
  return [...new Resvg(svg).render().pixels];
}

/** Each colour as four bytes, every one of them twice in a row. */
function pixelsOf(colours: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(colours.flatMap((colour) => [...colour, ...colour]));
}

test('colours and transparency come out as they went in, line by line', () => {
  const colours = [
    [200, 100, 50, 255],
    [0, 0, 0, 0],
    [128, 64, 32, 128],
    [255, 255, 255, 255],
  ];
  const pixels = pixelsOf(colours);
  for (const [width, height] of [
    [2, 4],
    [4, 2],
    [8, 1],
  ] as const) {
    expect(shown(palettePng({ width, height, pixels }), width, height)).toEqual([...pixels]);
  }
});

test('of too many colours the rare ones become a frequent one that looks alike', () => {
  const shades = Array.from({ length: 1024 }, (_, i) => [i % 256, 100 + Math.floor(i / 256), 7, 255]);
  const area = Array.from({ length: 500 }, () => [33, 102, 7, 255]);
  const pixels = pixelsOf([...shades, ...area]);
  const seen = shown(palettePng({ width: 2, height: pixels.length / 8, pixels }), 2, pixels.length / 8);
  const distances = seen.map((value, at) => Math.abs(value - (pixels[at] ?? 0)));
  expect(Math.max(...distances)).toBeLessThan(8);
  expect(seen.slice(-8)).toEqual([33, 102, 7, 255, 33, 102, 7, 255]);
});
