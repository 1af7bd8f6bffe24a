// Draws the responsibility stack of one service: who takes care of which layer.
import type { Picture } from '../../core/reply.ts';
import { bodyTop, drawCard, margin, svgText } from './card.ts';
import { drawable, shorten } from './fit-text.ts';
import { legend, ownerBox, ownerPill, pillWidth } from './owner-mark.ts';
import { palette } from './palette.ts';
import { ownerNames, type ServiceStack, type StackLayer } from './stack.ts';

const width = 640;
const gap = 6;

function drawLayer(layer: StackLayer, y: number, height: number): string {
  const label = { x: margin + 28, size: 17, weight: 600 } as const;
  const room = width - 2 * margin - 28 - pillWidth - 24;
  const { note } = layer;
  return [
    ownerBox(layer.owner, { x: margin, y, width: width - 2 * margin, height }),
    svgText(
      shorten(layer.label, room, label.size, label.weight),
      { x: label.x, y: y + (note === undefined ? 29 : 23) },
      label,
    ),
    note === undefined
      ? ''
      : svgText(shorten(note, room, 14), { x: label.x, y: y + 43 }, { size: 14, fill: palette.muted }),
    ownerPill(layer.owner, width - margin - pillWidth - 12, y + (height - 28) / 2),
  ].join('');
}

export function drawStack(stack: ServiceStack): string {
  let y = bodyTop;
  const rows = stack.layers.map((layer) => {
    const height = layer.note === undefined ? 46 : 56;
    const row = drawLayer(layer, y, height);
    y += height + gap;
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
  return { svg: drawStack(stack), alt: describeStack(stack), name: 'responsibility-stack' };
}
