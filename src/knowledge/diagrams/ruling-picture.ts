// Draws one ruling: the service's stack with the asked layer lit, and below it what each side does.
import type { Picture } from '../../core/reply.ts';
import { bodyTop, drawCard, margin, svgRect, svgText } from './card.ts';
import { drawable, shorten, wrapText } from './fit-text.ts';
import { lazyPicture } from './lazy-picture.ts';
import { ownerBox, ownerIcon, ownerPill, pillWidth } from './owner-mark.ts';
import { ownerColours, palette } from './palette.ts';
import { describeLayers, type LayerOwner, ownerNames, type ServiceStack, type StackLayer } from './stack.ts';

export interface RulingInPicture {
  readonly control: string;
  readonly owner: LayerOwner;
  /** What AWS does, and what the customer does: a sentence each. */
  readonly aws: string;
  readonly customer: string;
  readonly stack: ServiceStack;
  /** Index into `stack.layers` of the layer that was asked for; left out where the control has no layer of its own. */
  readonly asked?: number;
}

const width = 640;
const inner = width - 2 * margin;
const half = (inner - 16) / 2;
const lineHeight = 21;
const askedHeight = 56;
const otherHeight = 29;

/** The asked layer carries what was asked and who owns that, which may differ from the layer as a whole. */
function drawAsked({ control, owner }: RulingInPicture, layer: StackLayer, y: number): string {
  const box = { x: margin, y, width: inner, height: askedHeight };
  const room = inner - pillWidth - 60;
  return [
    ownerBox(owner, box),
    svgRect(box, 'none', 8, ` stroke="${ownerColours[owner].solid}" stroke-width="3"`),
    svgText(shorten(control, room, 17, 600), { x: margin + 28, y: y + 23 }, { size: 17, weight: 600 }),
    svgText(
      shorten(`Layer: ${layer.label}`, room, 14),
      { x: margin + 28, y: y + 43 },
      { size: 14, fill: palette.muted },
    ),
    ownerPill(owner, width - margin - pillWidth - 12, y + 14),
  ].join('');
}

function drawOther({ label, owner }: StackLayer, y: number): string {
  const colour = ownerColours[owner].solid;
  return [
    svgRect({ x: margin, y, width: inner, height: otherHeight }, palette.quiet, 7),
    svgText(shorten(label, 340, 14), { x: margin + 28, y: y + 19 }, { size: 14, fill: palette.muted }),
    ownerIcon(owner, width - margin - 112, y + 7, colour, 0.95),
    svgText(ownerNames[owner], { x: width - margin - 88, y: y + 19 }, { size: 14, fill: colour }),
  ].join('');
}

function drawLayers(ruling: RulingInPicture): { svg: string; bottom: number } {
  let y = bodyTop;
  const rows = ruling.stack.layers.map((layer, index) => {
    const top = y;
    y += (index === ruling.asked ? askedHeight : otherHeight) + 5;
    return index === ruling.asked ? drawAsked(ruling, layer, top) : drawOther(layer, top);
  });
  return { svg: rows.join('\n'), bottom: y };
}

function drawHalf(
  side: 'aws' | 'customer',
  lines: readonly string[],
  x: number,
  y: number,
  height: number,
): string {
  const title = side === 'aws' ? 'AWS' : 'The customer';
  return [
    ownerBox(side, { x, y, width: half, height }),
    ownerIcon(side, x + 28, y + 17, ownerColours[side].solid),
    svgText(title, { x: x + 50, y: y + 31 }, { size: 16, weight: 600, fill: ownerColours[side].solid }),
    ...lines.map((line, index) => svgText(line, { x: x + 28, y: y + 58 + index * lineHeight }, { size: 15 })),
  ].join('');
}

export function drawRuling(ruling: RulingInPicture): string {
  const layers = drawLayers(ruling);
  const wrap = (text: string) => wrapText(drawable(text, '–'), half - 44, 15, 7);
  const aws = wrap(ruling.aws);
  const customer = wrap(ruling.customer);
  const top = layers.bottom + 11;
  const height = 58 + Math.max(aws.length, customer.length) * lineHeight;
  return drawCard({
    width,
    height: top + height + margin,
    title: ruling.control,
    subtitle: `${drawable(ruling.stack.service, 'AWS')} · ${ruling.stack.model}`,
    aside: ownerPill(ruling.owner, width - margin - pillWidth, 34),
    body: [
      layers.svg,
      drawHalf('customer', customer, margin, top, height),
      drawHalf('aws', aws, margin + half + 16, top, height),
    ].join('\n'),
  });
}

/** The ruling first, then both halves in full, then the other layers. */
export function describeRuling({ control, owner, aws, customer, stack }: RulingInPicture): string {
  return [
    `${control} on ${stack.service}: ${ownerNames[owner]}.`,
    `Customer: ${customer}`,
    `AWS: ${aws}`,
    stackInWords(stack),
  ].join(' ');
}

function stackInWords({ service, model, layers }: ServiceStack): string {
  return `The whole stack of ${service}, ${model}: ${describeLayers(layers)}.`;
}

export function rulingPicture(ruling: RulingInPicture): Picture {
  const words = { alt: describeRuling(ruling), brief: stackInWords(ruling.stack), name: 'ruling' };
  return lazyPicture(words, () => drawRuling(ruling));
}
