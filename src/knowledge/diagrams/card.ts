// The frame of every picture: an opaque card with a title, a subtitle, and the patterns that the marks use.
import { escapeXml } from './escape-xml.ts';
import { drawable, shorten, type Weight } from './fit-text.ts';
import { ownerColours, palette } from './palette.ts';

/** Space between the card's edge and what is in it, in pixels of the picture. */
export const margin = 28;
/** Where the body of a card begins, below title and subtitle. */
export const bodyTop = 104;

export interface Card {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly subtitle: string;
  readonly body: string;
  /** Drawn at the right of the title; the title keeps clear of it. */
  readonly aside?: string;
}

const { aws, customer, depends } = ownerColours;

const patterns = `<defs>
<pattern id="aws" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="${aws.solid}"/></pattern>
<pattern id="customer" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="${customer.solid}"/><rect y="2" width="6" height="1.6" fill="#ffffff"/></pattern>
<pattern id="shared" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="12" fill="${aws.solid}"/><rect x="6" width="6" height="12" fill="${customer.solid}"/></pattern>
<pattern id="depends" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="${depends.tint}"/><rect width="2.5" height="6" fill="${depends.solid}"/></pattern>
</defs>`;

/** `text` as it is, escaped, but for what the font cannot draw. `at` is the baseline. */
export function svgText(
  text: string,
  at: { readonly x: number; readonly y: number; readonly anchor?: 'middle' | 'end' },
  style: { readonly size: number; readonly weight?: Weight; readonly fill?: string },
): string {
  const anchor = at.anchor === undefined ? '' : ` text-anchor="${at.anchor}"`;
  const { size, weight = 400, fill = palette.ink } = style;
  return `<text x="${at.x}" y="${at.y}"${anchor} font-size="${size}" font-weight="${weight}" fill="${fill}">${escapeXml(drawable(text, ''))}</text>`;
}

export function svgRect(
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  fill: string,
  radius = 0,
  more = '',
): string {
  return `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="${radius}" fill="${fill}"${more}/>`;
}

/** The product's mark: three layers, one for each owner. */
const emblem = (['customer', 'shared', 'aws'] as const)
  .map((owner, index) =>
    svgRect({ x: margin, y: 30 + index * 15, width: 34, height: 11 }, `url(#${owner})`, 3),
  )
  .join('');

export function drawCard({ width, height, title, subtitle, body, aside }: Card): string {
  const left = margin + 50;
  const room = width - left - margin - (aside === undefined ? 0 : 130);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, Arial, sans-serif">`,
    patterns,
    svgRect(
      { x: 1, y: 1, width: width - 2, height: height - 2 },
      palette.card,
      18,
      ` stroke="${palette.border}" stroke-width="2"`,
    ),
    emblem,
    svgText(shorten(title, room, 25, 600), { x: left, y: 53 }, { size: 25, weight: 600 }),
    svgText(shorten(subtitle, room, 15), { x: left, y: 77 }, { size: 15, fill: palette.muted }),
    aside ?? '',
    body,
    '</svg>',
  ].join('\n');
}
