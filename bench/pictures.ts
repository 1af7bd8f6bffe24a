// How long the event loop stands still while pictures are drawn: our thread beside resvg's own renderAsync.

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { renderAsync } from '@resvg/resvg-js';
import { stackOf } from '../src/knowledge/diagrams/stack-of.ts';
import { stackPicture } from '../src/knowledge/diagrams/stack-picture.ts';
import { loadKnowledge } from '../src/knowledge/load.ts';
import { createRasteriser } from '../src/pictures/rasterise.ts';

const knowledge = loadKnowledge();
const pictures = knowledge.services.slice(0, 50).map(({ id }) => stackPicture(stackOf(knowledge, id)));

interface Figure {
  readonly perPicture: number;
  readonly worst: number;
}

/** Milliseconds a picture, and the longest time in which nothing else could run. */
async function measure(draw: (svg: string) => Promise<Uint8Array>): Promise<Figure> {
  await draw('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  for (const { svg } of pictures) await draw(svg);
  const perPicture = (performance.now() - start) / pictures.length;
  delay.disable();
  return { perPicture, worst: delay.percentile(99) / 1e6 };
}

const fontFile = (file: string) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${file}`));
const font = {
  loadSystemFonts: false,
  fontFiles: [fontFile('400Regular/Inter_400Regular.ttf'), fontFile('600SemiBold/Inter_600SemiBold.ttf')],
  defaultFontFamily: 'Inter',
};
const peer = await measure(async (svg) =>
  (await renderAsync(svg, { font, fitTo: { mode: 'zoom', value: 2 } })).asPng(),
);

const rasteriser = createRasteriser();
const before = process.memoryUsage().rss;
const ours = await measure((svg) => rasteriser.rasterise({ svg }));
const grown = (process.memoryUsage().rss - before) / 1e6;
const again = performance.now();
for (const { svg } of pictures) await rasteriser.rasterise({ svg });
const cached = (performance.now() - again) / pictures.length;
await rasteriser.close();

const ms = (value: number) => `${value.toFixed(2)} ms`;
console.log(
  `pictures: event loop held for (p99): ours ${ms(ours.worst)}, renderAsync ${ms(peer.worst)}, ratio ${(ours.worst / peer.worst).toFixed(2)}`,
);
console.log(
  `pictures: a new one: ours ${ms(ours.perPicture)}, renderAsync ${ms(peer.perPicture)}, ratio ${(ours.perPicture / peer.perPicture).toFixed(2)}`,
);
console.log(
  `pictures: a known one: ${ms(cached)}; memory grown over ${pictures.length} pictures: ${grown.toFixed(0)} MB`,
);
