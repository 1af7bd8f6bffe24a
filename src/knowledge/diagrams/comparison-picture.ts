// Draws two to four services side by side: the same layers, and what moves from the customer to AWS.
import type { Picture } from '../../core/reply.ts';
import { bodyTop, drawCard, margin, svgRect, svgText } from './card.ts';
import { drawable, shorten, wrapText } from './fit-text.ts';
import { lazyPicture } from './lazy-picture.ts';
import { ownerBox, ownerIcon } from './owner-mark.ts';
import { ownerColours, palette } from './palette.ts';
import { describeLayers, ownerNames, type ServiceStack, type StackLayer } from './stack.ts';

const labelWidth = 206;
const gap = 8;
const rowHeight = 44;

/** Every label that any of the stacks has, from the top layer down. */
function labelsOf(stacks: readonly ServiceStack[]): string[] {
  const labels: string[] = [];
  for (const stack of stacks) {
    let place = 0;
    for (const { label } of stack.layers) {
      const known = labels.indexOf(label);
      if (known === -1) labels.splice(place, 0, label);
      place = (known === -1 ? place : known) + 1;
    }
  }
  return labels;
}

function layerOf(stack: ServiceStack, label: string): StackLayer | undefined {
  return stack.layers.find((layer) => layer.label === label);
}

/** Layers that are not AWS's in the first service but are in the second. */
function takenOver(from: ServiceStack, to: ServiceStack): string[] {
  return to.layers
    .filter((layer) => layer.owner === 'aws' && layerOf(from, layer.label)?.owner !== 'aws')
    .filter((layer) => layerOf(from, layer.label) !== undefined)
    .map((layer) => layer.label);
}

/** What moves to AWS from the first service to each other one, a sentence each. */
export function shifts(stacks: readonly ServiceStack[]): string[] {
  const [first, ...others] = stacks;
  if (first === undefined) return [];
  return others.map((other) => {
    const layers = takenOver(first, other);
    return layers.length === 0
      ? `From ${first.service} to ${other.service}, no layer moves to AWS as a whole.`
      : `From ${first.service} to ${other.service}, AWS takes over: ${layers.join(', ')}.`;
  });
}

function drawCell(layer: StackLayer | undefined, x: number, y: number, width: number): string {
  if (layer === undefined) {
    return [
      svgRect({ x, y, width, height: rowHeight }, palette.quiet, 8),
      svgText(
        'does not apply',
        { x: x + width / 2, y: y + 27, anchor: 'middle' },
        { size: 13, fill: palette.muted },
      ),
    ].join('');
  }
  const { owner } = layer;
  return [
    ownerBox(owner, { x, y, width, height: rowHeight }),
    ownerIcon(owner, x + 22, y + 14, ownerColours[owner].solid),
    svgText(ownerNames[owner], { x: x + 44, y: y + 27 }, { size: 15, weight: 600 }),
  ].join('');
}

function headLines(stack: ServiceStack, width: number): string[] {
  return wrapText(drawable(stack.service, 'AWS'), width, 16, 2, 600);
}

function drawHead(stack: ServiceStack, x: number, width: number): string {
  const name = headLines(stack, width);
  const model = { x, y: bodyTop + 14 + name.length * 20 };
  return [
    ...name.map((line, index) =>
      svgText(line, { x, y: bodyTop + 14 + index * 20 }, { size: 16, weight: 600 }),
    ),
    svgText(shorten(stack.model, width, 13), model, { size: 13, fill: palette.muted }),
  ].join('');
}

function drawLabel(label: string, differs: boolean, y: number): string {
  const style = { size: 15, weight: differs ? 600 : 400 } as const;
  return [
    differs ? `<path d="M${margin} ${y + 14}l9 8l-9 8z" fill="${palette.ink}"/>` : '',
    svgText(shorten(label, labelWidth - 30, style.size, style.weight), { x: margin + 18, y: y + 27 }, style),
  ].join('');
}

/** `stacks`: two to four; more would not be readable on a phone. */
export function drawComparison(stacks: readonly ServiceStack[]): string {
  const width = stacks.length > 3 ? 840 : 720;
  const column = (width - 2 * margin - labelWidth) / stacks.length;
  const columnLeft = (index: number) => margin + labelWidth + index * column;
  const headHeight = 34 + 20 * Math.max(...stacks.map((stack) => headLines(stack, column - gap).length));
  const rows = labelsOf(stacks).map((label, row) => {
    const y = bodyTop + headHeight + row * (rowHeight + gap);
    const layers = stacks.map((stack) => layerOf(stack, label));
    const differs = new Set(layers.map((layer) => layer?.owner)).size > 1;
    const cells = layers.map((layer, index) => drawCell(layer, columnLeft(index), y, column - gap));
    return [drawLabel(label, differs, y), ...cells].join('');
  });
  const below = bodyTop + headHeight + rows.length * (rowHeight + gap) + 24;
  const words = shifts(stacks).flatMap((sentence) => wrapText(sentence, width - 2 * margin, 14, 2));
  const word = { size: 14, fill: palette.muted };
  return drawCard({
    width,
    height: below + words.length * 21 + 10,
    title:
      stacks.length > 2
        ? 'Side by side'
        : stacks.map((stack) => drawable(stack.service, 'AWS')).join(' and '),
    subtitle: 'Who takes care of what · an arrow marks where the services differ',
    body: [
      ...stacks.map((stack, index) => drawHead(stack, columnLeft(index), column - gap)),
      ...rows,
      ...words.map((line, index) => svgText(line, { x: margin, y: below + index * 21 }, word)),
    ].join('\n'),
  });
}

/** Each service's layers by owner, then what moves. */
export function describeComparison(stacks: readonly ServiceStack[]): string {
  const services = stacks.map(
    ({ service, model, layers }) => `${service}, ${model}: ${describeLayers(layers)}.`,
  );
  return ['Side by side.', ...services, ...shifts(stacks)].join(' ');
}

export function comparisonPicture(stacks: readonly ServiceStack[]): Picture {
  return lazyPicture({ alt: describeComparison(stacks), name: 'comparison' }, () => drawComparison(stacks));
}
