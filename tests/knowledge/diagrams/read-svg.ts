// Reads a picture back: its boxes and texts with their places and colours, in the order in which they are painted.

export interface Painted {
  readonly kind: 'rect' | 'text';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
  readonly size: number;
  readonly weight: 400 | 600;
  readonly anchor: string;
  readonly words: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function readSvg(svg: string): Painted[] {
  const body = svg.slice(svg.indexOf('</defs>'));
  return [...body.matchAll(/<(rect|text)([^>]*?)\/?>(?:([^<]*)<\/text>)?/g)].map(
    ([, kind, raw = '', words = '']) => {
      const value = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(raw)?.[1];
      return {
        kind: kind as 'rect' | 'text',
        x: Number(value('x') ?? 0),
        y: Number(value('y') ?? 0),
        width: Number(value('width') ?? 0),
        height: Number(value('height') ?? 0),
        fill: value('fill') ?? '',
        size: Number(value('font-size') ?? 0),
        weight: value('font-weight') === '600' ? 600 : 400,
        anchor: value('text-anchor') ?? 'start',
        words: words.replace(/&(\w+);/g, (_, name: string) => entities[name] ?? ''),
      };
    },
  );
}

/** The colour under a text: that of the last box painted before it that contains its first letter's middle. */
export function groundOf(painted: readonly Painted[], index: number): string {
  const text = painted[index]!;
  const y = text.y - text.size / 3;
  const x = text.anchor === 'end' ? text.x - 1 : text.x + 1;
  const boxes = painted
    .slice(0, index)
    .filter(({ kind, fill }) => kind === 'rect' && fill.startsWith('#'))
    .filter((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height);
  return boxes.at(-1)?.fill ?? 'nothing';
}

/** WCAG 2.2: relative luminance of #rrggbb, and the contrast of two colours, 1 to 21. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
