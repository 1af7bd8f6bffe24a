// The channel's messages as a log that screen readers follow.
import type { WireMessage, WirePerson } from '../wire.ts';
import { type Press, renderBlock, renderTime } from './blocks.ts';
import { h } from './dom.ts';

export interface MessageLog {
  /** Shows a channel's messages instead of what was shown. */
  show(messages: readonly WireMessage[], label: string): void;
  /** A new message at the end, or a known one brought up to date. */
  put(message: WireMessage): void;
}

/** `press` is told which message a button belongs to. */
export function createLog(
  list: HTMLElement,
  people: () => readonly WirePerson[],
  press: (message: WireMessage, ...args: Parameters<Press>) => void,
): MessageLog {
  const shown = new Map<string, { message: WireMessage; item: HTMLElement }>();
  // Scrolled by keyboard too.
  list.tabIndex = 0;
  /** The message to keep in sight until the reader scrolls. */
  let kept: HTMLElement | undefined;
  const nearEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 160;
  /** The end of the list, but the beginning of a message that is higher than the list. */
  const bringIntoSight = (item: HTMLElement | undefined) => {
    kept = item;
    if (item === undefined) return;
    const top = item.offsetTop - list.offsetTop - 12;
    list.scrollTop = Math.min(top, list.scrollHeight);
  };
  // A picture that loads late must not push it out again.
  list.addEventListener('load', () => bringIntoSight(kept), true);
  for (const kind of ['wheel', 'touchmove', 'keydown']) {
    list.addEventListener(kind, () => (kept = undefined), { passive: true });
  }

  const build = (message: WireMessage) => {
    const item = h('article', { class: 'message', 'data-id': message.id, 'data-tone': message.tone });
    if (message.visibility === 'private') item.classList.add('private');
    item.append(...renderHead(message, people()), renderBody(message, press));
    return item;
  };

  return {
    show(messages, label) {
      shown.clear();
      // Reading out a whole channel at once helps nobody: only what comes after is announced.
      list.setAttribute('aria-live', 'off');
      list.setAttribute('aria-label', label);
      const items = messages.map((message) => {
        const item = build(message);
        shown.set(message.id, { message, item });
        return item;
      });
      list.replaceChildren(...items);
      bringIntoSight(items.at(-1));
      requestAnimationFrame(() => list.setAttribute('aria-live', 'polite'));
    },
    put(message) {
      const known = shown.get(message.id);
      if (known === undefined) {
        const follow = kept !== undefined || nearEnd();
        const item = build(message);
        item.classList.add('fresh');
        shown.set(message.id, { message, item });
        list.append(item);
        if (follow) bringIntoSight(item);
      } else if (JSON.stringify(known.message) !== JSON.stringify(message)) {
        update(known.item, known.message, message);
        shown.set(message.id, { message, item: known.item });
      }
    },
  };

  /** Replaces only the blocks that changed, so that a pressed button keeps the focus while a count moves. */
  function update(item: HTMLElement, before: WireMessage, after: WireMessage) {
    const body = item.querySelector('.body');
    if (body === null) return;
    const hadFocus = body.contains(document.activeElement);
    list.setAttribute('aria-live', 'off');
    item.dataset.tone = after.tone;
    const blocks = after.blocks.map((block, i) => {
      const same = JSON.stringify(block) === JSON.stringify(before.blocks[i]);
      const old = same ? body.children[i] : undefined;
      return old ?? renderBlock(block, (button, element) => press(after, button, element));
    });
    for (const [i, block] of blocks.entries()) {
      if (body.children[i] !== block) body.insertBefore(block, body.children[i] ?? null);
    }
    while (body.children.length > blocks.length) body.lastElementChild?.remove();
    if (hadFocus && !body.contains(document.activeElement)) {
      item.tabIndex = -1;
      item.focus({ preventScroll: true });
    }
    requestAnimationFrame(() => list.setAttribute('aria-live', 'polite'));
  }
}

function renderBody(message: WireMessage, press: Parameters<typeof createLog>[2]): HTMLElement {
  const blocks = message.blocks.map((block) =>
    renderBlock(block, (button, element) => press(message, button, element)),
  );
  return h('div', { class: 'body' }, ...blocks);
}

function renderHead(message: WireMessage, people: readonly WirePerson[]): HTMLElement[] {
  const head = h(
    'div',
    { class: 'head' },
    h('span', { class: 'avatar bot', 'aria-hidden': 'true' }),
    h('span', { class: 'name' }, 'Responsibot'),
    h('span', { class: 'tag' }, 'bot'),
    renderTime(message.at),
  );
  if (message.visibility === 'private') head.append(h('span', { class: 'only' }, 'Only you can see this'));
  const { via } = message;
  if (via === undefined) return [head];
  const name = people.find(({ id }) => id === via.user)?.name ?? via.user;
  const verb = via.how === 'typed' ? ' used ' : ' pressed ';
  const what = h(via.how === 'typed' ? 'code' : 'q', { dir: 'auto' }, via.text);
  return [h('div', { class: 'via' }, avatar(via.user, name), h('strong', {}, name), verb, what), head];
}

/** A person's initial on their colour; the name stands beside it. */
export function avatar(id: string, name: string): HTMLElement {
  return h('span', { class: 'avatar', 'data-person': id, 'aria-hidden': 'true' }, name.slice(0, 1));
}
