// How an owner is marked in a picture: colour, pattern, icon and word together, never colour alone.
import { svgRect, svgText } from './card.ts';
import { textWidth } from './fit-text.ts';
import { ownerColours, palette } from './palette.ts';
import { type LayerOwner, ownerNames, ownerOrder, type StackLayer } from './stack.ts';

/** Drawn in a square of 16: a cloud, a person, two overlapping rings, a forking path. */
const icons: Readonly<Record<LayerOwner, string>> = {
  aws: '<path d="M4.6 12.8a3.1 3.1 0 0 1-.4-6.2 4.2 4.2 0 0 1 8-.5 3.4 3.4 0 0 1-.4 6.7z" fill="none" stroke-linejoin="round"/>',
  customer:
    '<circle cx="8" cy="5" r="2.7" fill="none"/><path d="M2.8 13.6c.5-3 2.5-4.4 5.2-4.4s4.7 1.4 5.2 4.4z" fill="none" stroke-linejoin="round"/>',
  shared: '<circle cx="5.9" cy="8" r="4.1" fill="none"/><circle cx="10.1" cy="8" r="4.1" fill="none"/>',
  depends:
    '<path d="M8 14V9M8 9C8 6 3.5 7 3.5 3M8 9c0-3 4.5-2 4.5-6M1.7 4.6L3.5 2.6L5.3 4.6M10.7 4.6L12.5 2.6L14.3 4.6" fill="none" stroke-linecap="round" stroke-linejoin="round"/>',
};

export function ownerIcon(owner: LayerOwner, x: number, y: number, colour: string, scale = 1): string {
  return `<g transform="translate(${x} ${y}) scale(${scale})" stroke="${colour}" stroke-width="1.6">${icons[owner]}</g>`;
}

export const pillWidth = 114;

/** Icon and word in white on the owner's colour; 28 pixels high. */
export function ownerPill(owner: LayerOwner, x: number, y: number): string {
  const name = ownerNames[owner];
  const start = x + (pillWidth - 22 - textWidth(name, 14, 600)) / 2;
  return [
    svgRect({ x, y, width: pillWidth, height: 28 }, ownerColours[owner].solid, 14),
    ownerIcon(owner, start, y + 6, '#ffffff'),
    svgText(name, { x: start + 22, y: y + 19 }, { size: 14, weight: 600, fill: '#ffffff' }),
  ].join('');
}

/** A tinted box whose left edge carries the owner's pattern. */
export function ownerBox(
  owner: LayerOwner,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): string {
  const { solid, tint } = ownerColours[owner];
  return [
    svgRect(box, tint, 8),
    `<path d="M${box.x + 12} ${box.y}h-4a8 8 0 0 0 -8 8v${box.height - 16}a8 8 0 0 0 8 8h4z" fill="url(#${owner})"/>`,
    svgRect(box, 'none', 8, ` stroke="${solid}" stroke-opacity="0.35"`),
  ].join('');
}

/** What the marks mean and how many layers each side has, in one line. */
export function legend(layers: readonly StackLayer[], x: number, y: number): string {
  let left = x;
  return ownerOrder
    .map((owner) => ({ owner, count: layers.filter((layer) => layer.owner === owner).length }))
    .filter(({ owner, count }) => count > 0 || owner !== 'depends')
    .map(({ owner, count }) => {
      const words = `${ownerNames[owner]} ${count}`;
      const entry = [
        svgRect({ x: left, y: y - 12, width: 22, height: 14 }, `url(#${owner})`, 4),
        ownerIcon(owner, left + 29, y - 13, ownerColours[owner].solid),
        svgText(words, { x: left + 51, y }, { size: 14, fill: palette.muted }),
      ].join('');
      left += 51 + textWidth(words, 14) + 28;
      return entry;
    })
    .join('');
}
