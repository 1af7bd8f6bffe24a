// The colours of every picture. A picture brings its own light card, so it reads the same in any chat theme.
import type { LayerOwner } from './stack.ts';

/** Text on its ground has a contrast of at least 4.5:1 (WCAG 2.2 AA) in each pair used; a test measures the pictures. */
export const palette = {
  card: '#ffffff',
  border: '#d3d9e2',
  ink: '#141d2b',
  muted: '#4a5568',
  quiet: '#f3f5f9',
  track: '#e3e8ef',
  right: '#1d5fbf',
  board: '#6a3fa5',
} as const;

/** Blue and orange stay apart for every common kind of colour blindness; shared is striped with both. */
export const ownerColours: Readonly<Record<LayerOwner, { readonly solid: string; readonly tint: string }>> = {
  aws: { solid: '#b04e06', tint: '#fdf0e2' },
  customer: { solid: '#1d5fbf', tint: '#e6f0fd' },
  shared: { solid: '#6a3fa5', tint: '#f1ebfa' },
  depends: { solid: '#4a5568', tint: '#eef1f5' },
};
