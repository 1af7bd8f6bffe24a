// SVG to PNG on a thread of its own: real drawings, one font, bounded memory, failures that stay alone.
import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { digestPicture } from '../../src/knowledge/diagrams/digest-picture.ts';
import { stackPicture } from '../../src/knowledge/diagrams/stack-picture.ts';
import { createRasteriser, type Rasteriser } from '../../src/pictures/rasterise.ts';
import { server, week } from '../knowledge/diagrams/examples.ts';

let rasteriser: Rasteriser | undefined;
const fresh = () => {
  rasteriser = createRasteriser();
  return rasteriser;
};
afterEach(() => rasteriser?.close());

const picture = stackPicture(server);
const hash = (png: Uint8Array) => createHash('sha256').update(png).digest('hex');

/** Width and height from a PNG's header chunk. */
function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

test('a picture becomes a PNG twice as large as its SVG', async () => {
  const png = await fresh().rasterise(picture);
  expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const [width, height] = [/width="(\d+)"/, /height="(\d+)"/].map((at) => Number(at.exec(picture.svg)?.[1]));
  expect(sizeOf(png)).toEqual([2 * width!, 2 * height!]);
  expect(png.byteLength).toBeLessThan(80_000);
});

test('letters are drawn with the bundled font, without any font of the system', async () => {
  const drawer = fresh();
  const blank = (text: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20" font-family="Inter"><text y="15" font-size="14">${text}</text></svg>`;
  const empty = hash(await drawer.rasterise({ svg: blank('') }));
  const drawn = await Promise.all(
    ['A', 'ß', 'Ж', 'Ω', 'ễ'].map((svg) => drawer.rasterise({ svg: blank(svg) })),
  );
  const hashes = drawn.map(hash);
  expect(new Set([empty, ...hashes]).size).toBe(6);
});

test('the same picture is drawn to the same bytes again', async () => {
  const once = hash(await fresh().rasterise(picture));
  await rasteriser?.close();
  expect(hash(await fresh().rasterise(picture))).toBe(once);
});

test('a picture that is known or being drawn is not drawn again', async () => {
  const drawer = fresh();
  const [first, second] = await Promise.all([drawer.rasterise(picture), drawer.rasterise(picture)]);
  expect(second).toBe(first);
  expect(await drawer.rasterise(picture)).toBe(first);
});

test('a broken picture rejects and the next one is drawn', async () => {
  const drawer = fresh();
  const broken = drawer.rasterise({ svg: '<svg' });
  const good = drawer.rasterise(digestPicture(week));
  await expect(broken).rejects.toThrow('a picture could not be drawn');
  expect((await good).byteLength).toBeGreaterThan(1000);
});

test('when too many pictures wait, further ones are refused at once', async () => {
  const drawer = fresh();
  const small = (id: number) => ({
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" id="p${id}"/>`,
  });
  const waiting = Array.from({ length: 200 }, (_, id) => drawer.rasterise(small(id)));
  await expect(drawer.rasterise(small(200))).rejects.toThrow('200 pictures are waiting');
  await Promise.all(waiting);
  expect((await drawer.rasterise(small(200))).byteLength).toBeGreaterThan(0);
});

test('closing rejects what is still to be drawn', async () => {
  const drawer = fresh();
  const pending = [drawer.rasterise(picture), drawer.rasterise(digestPicture(week))];
  const settled = Promise.allSettled(pending);
  await new Promise(setImmediate);
  await drawer.close();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
