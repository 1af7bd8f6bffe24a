// Draws one ruling: the service's stack with the asked layer lit, and below it what each side does.
import type { Picture } from '../../core/reply.ts';
import { bodyTop, drawCard, margin, svgRect, svgText } from './card.ts';
import { drawable, shorten, wrapText } from './fit-text.ts';
import { ownerBox, ownerIcon, ownerPill, pillWidth } from './owner-mark.ts';
import { ownerColours, palette } from './palette.ts';
import { type LayerOwner, ownerNames, type ServiceStack } from './stack.ts';

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

function drawLayers({ stack, asked, owner }: RulingInPicture, top: number): { svg: string; bottom: number } {
  let y = top;
  const rows = stack.layers.map((layer, index) => {
    const lit = index === asked;
    const height = lit ? 46 : 29;
    const box = { x: margin, y, width: inner, height };
    const baseline = y + height / 2 + (lit ? 6 : 5);
    const mark = lit ? owner : layer.owner;
    const row = lit
      ? [
          ownerBox(mark, box),
          svgRect(box, 'none', 8, ` stroke="${ownerColours[mark].solid}" stroke-width="3"`),
          svgText(
            shorten(layer.label, inner - pillWidth - 60, 17, 600),
            { x: margin + 28, y: baseline },
            { size: 17, weight: 600 },
          ),
          ownerPill(mark, width - margin - pillWidth - 12, y + 9),
        ]
      : [
          svgRect(box, palette.quiet, 7),
          svgText(
            shorten(layer.label, 340, 14),
            { x: margin + 28, y: baseline },
            { size: 14, fill: palette.muted },
          ),
          ownerIcon(mark, width - margin - 112, y + 7, ownerColours[mark].solid, 0.95),
          svgText(
            ownerNames[mark],
            { x: width - margin - 88, y: baseline },
            { size: 14, fill: ownerColours[mark].solid },
          ),
        ];
    y += height + 5;
    return row.join('');
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
  const layers = drawLayers(ruling, bodyTop);
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
  const layers = stack.layers.map((layer) => `${layer.label}: ${ownerNames[layer.owner]}`).join('; ');
  return [
    `${control} on ${stack.service}: ${ownerNames[owner]}.`,
    `AWS: ${aws}`,
    `Customer: ${customer}`,
    `The stack of ${stack.service}, ${stack.model}: ${layers}.`,
  ].join(' ');
}

export function rulingPicture(ruling: RulingInPicture): Picture {
  return { svg: drawRuling(ruling), alt: describeRuling(ruling), name: 'ruling' };
}
