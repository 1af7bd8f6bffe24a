// The thread that draws: SVG in, PNG out, with the bundled font only, so that every machine draws the same.
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort } from 'node:worker_threads';
import { Resvg, type ResvgRenderOptions } from '@resvg/resvg-js';
import { palettePng } from './palette-png.ts';

/** The answer to each SVG that was posted: either `png` or `error` is set. */
export interface Drawn {
  readonly png?: Uint8Array;
  readonly error?: string;
}

const fontFile = (file: string) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${file}`));

const options: ResvgRenderOptions = {
  font: {
    loadSystemFonts: false,
    fontFiles: [fontFile('400Regular/Inter_400Regular.ttf'), fontFile('600SemiBold/Inter_600SemiBold.ttf')],
    defaultFontFamily: 'Inter',
    sansSerifFamily: 'Inter',
  },
  // Sharp on screens with two dots a pixel.
  fitTo: { mode: 'zoom', value: 2 },
};

// A picture's seven megabytes of pixels lie outside the heap, where the collector does not see them pile up: sixty
// pictures grew the process by 500 MB without this, by 65 MB (the thread itself included) with it.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function draw(svg: string): Drawn {
  try {
    // Copied, because only memory of its own can be handed over to the other thread.
    return { png: Uint8Array.from(palettePng(new Resvg(svg, options).render())) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (svg: string) => {
  const drawn = draw(svg);
  parentPort?.postMessage(drawn, drawn.png === undefined ? [] : [drawn.png.buffer as ArrayBuffer]);
  // In a turn of its own: until this one ends, the drawing is still held.
  setImmediate(collectGarbage);
});
