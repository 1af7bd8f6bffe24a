// Draws the responsibility stack of one service: who takes care of which layer.
import type { Picture } from '../../core/reply.ts';
import { bodyTop, drawCard, margin, svgText } from './card.ts';
import { drawable, shorten, wrapText } from './fit-text.ts';
import { lazyPicture } from './lazy-picture.ts';
import { legend, ownerBox, ownerPill, pillWidth } from './owner-mark.ts';
import { palette } from './palette.ts';
import { ownerNames, type ServiceStack, type StackLayer } from './stack.ts';

const width = 640;
const gap = 6;

const room = width - 2 * margin - 28 - pillWidth - 24;

function noteLines({ note }: StackLayer): string[] {
  return note === undefined ? [] : wrapText(note, room, 14, 2);
}

function layerHeight(layer: StackLayer): number {
  const lines = noteLines(layer).length;
  return lines === 0 ? 46 : 38 + 19 * lines;
}

function drawLayer(layer: StackLayer, y: number): string {
  const height = layerHeight(layer);
  const notes = noteLines(layer);
  const label = { x: margin + 28, y: y + (notes.length === 0 ? 29 : 24) };
  return [
    ownerBox(layer.owner, { x: margin, y, width: width - 2 * margin, height }),
    svgText(shorten(layer.label, room, 17, 600), label, { size: 17, weight: 600 }),
    ...notes.map((line, index) =>
      svgText(line, { x: label.x, y: y + 45 + index * 19 }, { size: 14, fill: palette.muted }),
    ),
    ownerPill(layer.owner, width - margin - pillWidth - 12, y + (height - 28) / 2),
  ].join('');
}

export function drawStack(stack: ServiceStack): string {
  let y = bodyTop;
  const rows = stack.layers.map((layer) => {
    const row = drawLayer(layer, y);
    y += layerHeight(layer) + gap;
    return row;
  });
  return drawCard({
    width,
    height: y + 48,
    title: drawable(stack.service, 'AWS'),
    subtitle: `Who takes care of what · ${stack.model}`,
    body: [...rows, legend(stack.layers, margin, y + 22)].join('\n'),
  });
}

/** The whole picture in words, from the top layer down. */
export function describeStack({ service, model, layers }: ServiceStack): string {
  const named = layers.map(
    ({ label, owner, note }) => `${label}: ${ownerNames[owner]}${note === undefined ? '' : ` (${note})`}`,
  );
  return `Responsibility stack of ${service}, ${model}. ${named.join('; ')}.`;
}

export function stackPicture(stack: ServiceStack): Picture {
  return lazyPicture({ alt: describeStack(stack), name: 'responsibility-stack' }, () => drawStack(stack));
}
