// A reply's blocks as elements. Meaning never rests on colour alone, and no text is read as markup.
import type { Inline, Source, Text } from '../../../core/reply.ts';
import type { WireBlock, WireButton } from '../wire.ts';
import { h, spoken } from './dom.ts';

export type Press = (button: WireButton, element: HTMLButtonElement) => void;

type Of<T extends WireBlock['type']> = Extract<WireBlock, { type: T }>;

export function renderBlock(block: WireBlock, press: Press): HTMLElement {
  switch (block.type) {
    case 'heading':
      return h('h2', { class: 'heading' }, block.text);
    case 'text':
      return h('p', { class: block.quiet ? 'quiet' : undefined }, ...renderRuling(block.text));
    case 'facts':
      return renderFacts(block);
    case 'table':
      return renderTable(block);
    case 'choices':
      return renderChoices(block.choices, press);
    case 'image':
      return renderPicture(block);
    case 'sources':
      return renderSources(block.sources, block.checkedOn);
    case 'matrix':
      return h('p', {}, h('a', { href: '/explore' }, 'Explore the whole matrix'));
  }
}

/** A text that begins with an owner, as rulings do, shows it as that owner's badge. */
function renderRuling(text: Text): Node[] {
  const nodes = renderText(text);
  const [first] = nodes;
  const owner = first instanceof HTMLElement && first.tagName === 'STRONG' && ownerOf(first.textContent);
  if (!owner) return nodes;
  const [, next, ...rest] = nodes;
  // The badge ends the words, so the sentence's full stop goes.
  const after = document.createTextNode(` ${next?.textContent?.replace(/^\.\s*/, '') ?? ''}`);
  const badge = h('strong', { class: 'owner', 'data-owner': owner }, first.textContent);
  return [badge, ...(next === undefined ? [] : [next instanceof Text ? after : next]), ...rest];
}

export function renderText(text: Text): Node[] {
  const parts = typeof text === 'string' ? [text] : text;
  return parts.map(renderInline);
}

function renderInline(part: Inline): Node {
  if (typeof part === 'string') return document.createTextNode(part);
  if ('bold' in part) return h('strong', {}, part.bold);
  if ('code' in part) return h('code', {}, part.code);
  if ('link' in part) return renderLink(part.link, part.url);
  return renderTime(part.at, { weekday: 'short', day: 'numeric', month: 'short', timeStyle: undefined });
}

/** A link to the outside, or only its words where the address is not http(s). */
function renderLink(label: string, url: string): Node {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) return document.createTextNode(label);
  return h('a', { href: parsed.href, target: '_blank', rel: 'noopener noreferrer' }, label);
}

/** An instant in the reader's own zone. */
export function renderTime(at: number, options: Intl.DateTimeFormatOptions = {}): HTMLElement {
  const format = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', ...options });
  return h(
    'time',
    { datetime: new Date(at).toISOString(), title: new Date(at).toString() },
    format.format(at),
  );
}

function renderFacts({ facts }: Of<'facts'>): HTMLElement {
  const list = h('dl', { class: 'facts' });
  for (const { label, value } of facts) {
    const pair = h('div', { 'data-owner': ownerOf(label) });
    pair.append(h('dt', {}, label), h('dd', {}, ...renderText(value)));
    list.append(pair);
  }
  return list;
}

/** Whose colour goes with words that name an owner and nothing else; the words themselves stay beside it. */
function ownerOf(words: string | null): string | undefined {
  if (words === 'AWS') return 'aws';
  if (/^((The )?customer|You)$/i.test(words ?? '')) return 'customer';
  if (/^shared(: both AWS and the customer)?$/i.test(words ?? '')) return 'shared';
  if (/^(it )?depends$/i.test(words ?? '')) return 'depends';
  return words === 'Does not apply' ? 'none' : undefined;
}

function renderTable({ columns, rows, highlight }: Of<'table'>): HTMLElement {
  const align = (index: number) => (columns[index]?.align === 'right' ? 'right' : undefined);
  const head = columns.map(({ label }, i) =>
    label === '' ? h('td') : h('th', { scope: 'col', class: align(i) }, label),
  );
  const body = rows.map((row, index) => {
    const own = index === highlight;
    const cells = row.map((cell, i) => {
      const owner = i === 0 ? undefined : ownerOf(cell);
      const shown = owner === undefined ? cell : h('span', { class: 'owner', 'data-owner': owner }, cell);
      return h('td', { class: align(i) }, shown);
    });
    if (own) cells[0]?.prepend(spoken('You: '));
    return h('tr', { class: own ? 'own' : undefined }, ...cells);
  });
  const table = h('table', {}, h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...body));
  return h('div', { class: 'table', tabindex: 0, role: 'group', 'aria-label': 'Table' }, table);
}

function renderChoices(choices: readonly WireButton[], press: Press): HTMLElement {
  const long = choices.some(({ label }) => label.length > 28);
  const group = h('div', {
    class: long ? 'choices long' : 'choices',
    role: 'group',
    'aria-label': 'Choices',
  });
  for (const choice of choices) {
    const style = `button ${choice.style ?? 'plain'}`;
    const button = h('button', { type: 'button', class: style, disabled: choice.disabled }, choice.label);
    if (choice.form) button.setAttribute('aria-haspopup', 'dialog');
    button.addEventListener('click', () => press(choice, button));
    group.append(button);
  }
  return group;
}

/**
 * An image element never runs what an SVG may carry. It is given the size that the SVG states, so that the page keeps
 * its room while it loads: a button below must not move away from under a finger.
 */
function renderPicture({ image }: Of<'image'>): HTMLElement {
  const src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(image.svg)}`;
  const [, width, height] = /^<svg[^>]* width="(\d+)" height="(\d+)"/.exec(image.svg) ?? [];
  return h('img', { class: 'picture', src, alt: image.alt, width, height });
}

function renderSources(sources: readonly Source[], checkedOn: string | undefined): HTMLElement {
  const items = sources.map(({ title, url }) => h('li', {}, renderLink(title, url)));
  const checked =
    checkedOn === undefined ? undefined : h('span', { class: 'checked' }, `checked on ${checkedOn}`);
  return h('div', { class: 'sources' }, h('ul', { 'aria-label': 'Sources' }, ...items), checked);
}
