// Pixels → a PNG with a palette of 256 colours: our pictures are flat, so it takes a third of a PNG in full colour.
import { crc32, deflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel, as resvg gives them: red, green and blue, already multiplied by alpha, and alpha. */
  readonly pixels: Uint8Array;
}

/** The most that the format allows. */
const COLOURS_MAX = 256;
/** The next levels take three times as long for 6 % less. */
const DEFLATE_LEVEL = 4;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Colours stay as they are where there are at most 256. Beyond that, those that differ only in their last bits become
 * the most frequent one of them: areas keep their colour, and edges change by less than the eye sees.
 * https://www.w3.org/TR/png-3/ has the format.
 */
export function palettePng({ width, height, pixels }: Pixels): Uint8Array {
  const colours = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  const { palette, placeOf } = choosePalette(countColours(colours));
  // Each line begins with the number of its filter: none.
  const lines = new Uint8Array(height * (width + 1));
  let colour: number | undefined;
  let place = 0;
  for (let y = 0, from = 0; y < height; y++) {
    for (let to = y * (width + 1) + 1; to < (y + 1) * (width + 1); to++, from++) {
      // Most pixels are like the one before, and looking up each of two million takes long.
      if (colours[from] !== colour) {
        colour = colours[from] ?? 0;
        place = placeOf.get(colour) ?? 0;
      }
      lines[to] = place;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8); // eight bits a pixel, which are a place in the palette
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk(
      'PLTE',
      palette.flatMap(({ rgb }) => rgb),
    ),
    chunk(
      'tRNS',
      palette.map(({ alpha }) => alpha),
    ),
    chunk('IDAT', deflateSync(lines, { level: DEFLATE_LEVEL })),
    chunk('IEND', []),
  ]);
}

/** How often each colour occurs. */
function countColours(colours: Uint32Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (let from = 0, to = 0; from < colours.length; from = to) {
    const colour = colours[from] ?? 0;
    while (to < colours.length && colours[to] === colour) to++;
    counts.set(colour, (counts.get(colour) ?? 0) + to - from);
  }
  return counts;
}

interface Colour {
  readonly rgb: readonly number[];
  readonly alpha: number;
}

/** The colours to draw with, and the place there of each colour that occurs. */
function choosePalette(counts: ReadonlyMap<number, number>): {
  palette: readonly Colour[];
  placeOf: ReadonlyMap<number, number>;
} {
  const frequent = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
  for (let dropped = 0; ; dropped++) {
    const mask = ((0xff << dropped) & 0xff) * 0x01010101;
    const places = new Map<number, number>();
    const palette: Colour[] = [];
    for (const colour of frequent) {
      if (places.has(colour & mask)) continue;
      places.set(colour & mask, palette.length);
      palette.push(toColour(colour));
    }
    if (palette.length <= COLOURS_MAX) {
      const placeOf = new Map(frequent.map((colour) => [colour, places.get(colour & mask) ?? 0]));
      return { palette, placeOf };
    }
  }
}

function toColour(pixel: number): Colour {
  const [red = 0, green = 0, blue = 0, alpha = 0] = new Uint8Array(Uint32Array.of(pixel).buffer);
  const plain = (value: number) => (alpha === 0 ? 0 : Math.min(255, Math.round((value * 255) / alpha)));
  return { rgb: [red, green, blue].map(plain), alpha };
}

function chunk(type: string, data: readonly number[] | Uint8Array): Buffer {
  const framed = Buffer.alloc(data.length + 12);
  framed.writeUInt32BE(data.length, 0);
  framed.write(type, 4, 'latin1');
  framed.set(data, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, 8 + data.length)), 8 + data.length);
  return framed;
}
