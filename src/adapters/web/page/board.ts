// The leaderboard beside the conversation: moves as soon as somebody scores.
import { ApiError, api, type Place } from './api.ts';
import { renderBlock } from './blocks.ts';
import { byId, h } from './dom.ts';

/** At most one request a second, however many answers come in. */
const PAUSE_MS = 1000;

export interface BoardPanel {
  /** Asks for the board again, soon. */
  refresh(): void;
}

export function createBoard(place: () => Place): BoardPanel {
  const panel = byId('board');
  const period = byId<HTMLSelectElement>('period');
  let timer: number | undefined;
  let lastAt = 0;

  const load = async () => {
    timer = undefined;
    lastAt = performance.now();
    const asked = place();
    const answer = await api.board(asked, period.value).catch((error: unknown) => error);
    if (asked.user !== place().user || asked.channel !== place().channel) return;
    const before = positions(panel);
    if (answer instanceof ApiError) panel.replaceChildren(h('p', { class: 'quiet' }, answer.message));
    else if (answer instanceof Error) throw answer;
    else {
      const { blocks } = answer as Awaited<ReturnType<typeof api.board>>;
      const shown = blocks.filter(({ type }) => type !== 'heading' && type !== 'choices');
      panel.replaceChildren(...shown.map((block) => renderBlock(block, () => {})));
    }
    slide(panel, before);
  };

  const refresh = () => {
    timer ??= window.setTimeout(load, Math.max(0, lastAt + PAUSE_MS - performance.now()));
  };
  period.addEventListener('change', () => {
    clearTimeout(timer);
    void load();
  });
  return { refresh };
}

/** Where each member's row stands, by name; and what it says. */
function positions(panel: HTMLElement): Map<string, { top: number; text: string }> {
  const rows = [...panel.querySelectorAll('tbody tr')];
  return new Map(
    rows.map((row) => [nameOf(row), { top: row.getBoundingClientRect().top, text: textOf(row) }]),
  );
}

/** Rows that changed places slide there; rows whose numbers changed glow. */
function slide(panel: HTMLElement, before: ReturnType<typeof positions>): void {
  if (before.size === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const row of panel.querySelectorAll('tbody tr')) {
    const old = before.get(nameOf(row));
    const way = old === undefined ? 0 : old.top - row.getBoundingClientRect().top;
    if (way !== 0)
      row.animate([{ transform: `translateY(${way}px)` }, {}], { duration: 450, easing: 'ease' });
    if (old?.text !== textOf(row)) row.classList.add('moved');
  }
}

function nameOf(row: Element): string {
  return row.children[1]?.textContent ?? '';
}

function textOf(row: Element): string {
  return row.textContent ?? '';
}
