// Draws a channel's week: the board as bars, and how often each topic was answered right.
import type { Picture } from '../../core/reply.ts';
import { bodyTop, drawCard, margin, svgRect, svgText } from './card.ts';
import { drawable, shorten } from './fit-text.ts';
import { lazyPicture } from './lazy-picture.ts';
import { palette } from './palette.ts';

export interface Digest {
  /** Such as "Week of 16 to 22 November". */
  readonly title: string;
  /** Such as "42 answers by 9 members, 71 % right". */
  readonly subtitle: string;
  /** Best first; the first eight are drawn. */
  readonly board: readonly { readonly rank: number; readonly name: string; readonly points: number }[];
  /** The first eight are drawn. */
  readonly topics: readonly { readonly title: string; readonly right: number; readonly answers: number }[];
}

interface Bar {
  readonly label: string;
  /** 0 to 1: how much of the track is filled. */
  readonly share: number;
  readonly value: string;
}

const width = 640;
const rowHeight = 34;
const labelWidth = 216;
const valueWidth = 104;
const drawn = 8;

function drawBars(heading: string, bars: readonly Bar[], colour: string, top: number): string {
  const left = margin + labelWidth;
  const track = width - margin - valueWidth - left;
  return [
    svgText(heading, { x: margin, y: top + 16 }, { size: 17, weight: 600 }),
    ...bars.map(({ label, share, value }, index) => {
      const y = top + 34 + index * rowHeight;
      const filled = Math.round(Math.min(1, Math.max(0, share)) * track);
      return [
        svgText(shorten(label, labelWidth - 14, 15), { x: margin, y: y + 17 }, { size: 15 }),
        svgRect({ x: left, y: y + 3, width: track, height: 18 }, palette.track, 6),
        filled === 0
          ? ''
          : svgRect(
              { x: left, y: y + 3, width: Math.max(filled, 6), height: 18 },
              colour,
              Math.min(6, filled / 2),
            ),
        svgText(value, { x: width - margin, y: y + 17, anchor: 'end' }, { size: 15, weight: 600 }),
      ].join('');
    }),
  ].join('\n');
}

const sectionHeight = (bars: readonly Bar[]) => (bars.length === 0 ? 0 : 34 + bars.length * rowHeight + 22);
const percent = (right: number, answers: number) => (answers === 0 ? 0 : Math.round((100 * right) / answers));

function boardBars({ board }: Digest): Bar[] {
  const most = Math.max(1, ...board.map(({ points }) => points));
  return board.slice(0, drawn).map(({ rank, name, points }) => ({
    label: `${rank}. ${drawable(name, 'a member')}`,
    share: points / most,
    value: `${points} ${points === 1 ? 'point' : 'points'}`,
  }));
}

function topicBars({ topics }: Digest): Bar[] {
  return topics.slice(0, drawn).map(({ title, right, answers }) => ({
    label: drawable(title, 'a topic'),
    share: percent(right, answers) / 100,
    value: `${percent(right, answers)} % of ${answers}`,
  }));
}

export function drawDigest(digest: Digest): string {
  const board = boardBars(digest);
  const topics = topicBars(digest);
  const empty = board.length === 0 && topics.length === 0;
  const second = bodyTop + sectionHeight(board);
  return drawCard({
    width,
    height: second + sectionHeight(topics) + (empty ? 40 : 0),
    title: drawable(digest.title, 'The week'),
    subtitle: drawable(digest.subtitle, ''),
    body: [
      board.length === 0 ? '' : drawBars('Board', board, palette.board, bodyTop),
      topics.length === 0 ? '' : drawBars('Answered right, by topic', topics, palette.right, second),
      empty ? svgText('Nobody answered this week.', { x: margin, y: bodyTop + 16 }, { size: 16 }) : '',
    ].join('\n'),
  });
}

/** All that is drawn, in words, with names as their owners write them. */
export function describeDigest({ title, subtitle, board, topics }: Digest): string {
  const standings = board
    .slice(0, drawn)
    .map(({ rank, name, points }) => `${rank}. ${name}: ${points} points`);
  const accuracy = topics
    .slice(0, drawn)
    .map((topic) => `${topic.title}: ${percent(topic.right, topic.answers)} % of ${topic.answers} right`);
  return [
    `${title}. ${subtitle}.`,
    standings.length === 0 ? 'Nobody answered.' : `Board: ${standings.join('; ')}.`,
    accuracy.length === 0 ? '' : `By topic: ${accuracy.join('; ')}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

export function digestPicture(digest: Digest): Picture {
  return lazyPicture({ alt: describeDigest(digest), name: 'week' }, () => drawDigest(digest));
}
