// The side panel of the explore page: a cell's ruling, or everything about one service or one control.
import { ApiError, api, type Place } from './api.ts';
import { renderBlock } from './blocks.ts';
import { byId, h } from './dom.ts';
import { type Matrix, OWNERS, ownerAt } from './matrix-filter.ts';

export interface Panel {
  /** The reason and the source of one cell. */
  cell(service: number, control: number): Promise<void>;
  /** Who owns what on a service, or across services for a control. */
  list(service: number | undefined, control: number | undefined): void;
  close(): void;
}

export function createPanel(matrix: Matrix, place: Place, closed: () => void): Panel {
  const panel = byId('panel');
  const title = byId('panel-title');
  const content = byId('panel-content');
  let turn = 0;

  const open = (heading: string, ...nodes: readonly HTMLElement[]) => {
    turn += 1;
    title.textContent = heading;
    content.replaceChildren(...nodes);
    panel.hidden = false;
    panel.scrollTop = 0;
    title.focus({ preventScroll: true });
  };
  const close = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    closed();
  };
  byId('panel-close').addEventListener('click', close);
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });

  return {
    async cell(row, column) {
      const service = matrix.rows[row];
      const control = matrix.controls[column];
      if (service === undefined || control === undefined) return;
      const { name, owner } = ownerAt(matrix, row, column);
      const badge = h('p', {}, h('strong', { class: 'owner', 'data-owner': owner }, name));
      open(`${service.label}: ${control.label}`, badge, h('p', { class: 'quiet' }, 'Looking it up …'));
      const mine = turn;
      const answer = await api.cell(place, service.id, control.id).catch((error: unknown) => error);
      if (mine !== turn) return;
      if (answer instanceof ApiError) content.replaceChildren(badge, h('p', {}, answer.message));
      else if (answer instanceof Error) throw answer;
      else {
        const { blocks } = answer as Awaited<ReturnType<typeof api.cell>>;
        const shown = blocks.filter(({ type }, i) => !(type === 'heading' && i === 0) && type !== 'choices');
        const more = h(
          'p',
          { class: 'more' },
          link(`#${service.id}`, `All of ${service.label}`),
          link(`#/${control.id}`, `${control.label} everywhere`),
        );
        content.replaceChildren(...shown.map((block) => renderBlock(block, () => {})), more);
      }
    },
    list(row, column) {
      const service = matrix.rows[row ?? -1];
      const control = matrix.controls[column ?? -1];
      const items = service
        ? matrix.controls.map(({ id, label }, i) => ({
            href: `#${service.id}/${id}`,
            label,
            owner: service.owners[i],
          }))
        : matrix.rows.map(({ id, label, owners }) => ({
            href: `#${id}/${control?.id}`,
            label,
            owner: owners[column ?? 0],
          }));
      const groups = Object.entries(OWNERS).flatMap(([letter, { name, owner }]) => {
        const own = items.filter((item) => item.owner === letter);
        if (own.length === 0) return [];
        const badge = h('h3', {}, h('span', { class: 'owner', 'data-owner': owner }, name), ` ${own.length}`);
        return [badge, h('ul', {}, ...own.map(({ href, label }) => h('li', {}, link(href, label))))];
      });
      const about = service ? [service.group, service.model].filter(Boolean).join(' · ') : control?.group;
      open(service?.label ?? control?.label ?? '', h('p', { class: 'quiet' }, about), ...groups);
    },
    close,
  };
}

function link(href: string, label: string): HTMLElement {
  return h('a', { href }, label);
}
