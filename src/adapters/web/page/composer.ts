// The message box: an input with a list of what may follow, after the ARIA combobox pattern.
import type { CommandSpec } from '../../../core/command.ts';
import { type Ask, complete, type Suggestion } from './complete.ts';
import { byId, h } from './dom.ts';

const ASK_AFTER_MS = 80;
const HISTORY_MAX = 50;

export interface Composer {
  /** Puts a line into the box, as if it was typed. */
  fill(line: string): void;
}

export function createComposer(options: {
  readonly commands: () => readonly CommandSpec[];
  readonly people: () => readonly string[];
  readonly ask: (ask: Ask) => Promise<readonly string[]>;
  readonly send: (line: string) => void;
}): Composer {
  const form = byId<HTMLFormElement>('composer');
  const input = byId<HTMLInputElement>('line');
  const list = byId('suggestions');
  const history: string[] = [];
  let back = 0;
  let suggestions: readonly Suggestion[] = [];
  let active = -1;
  let turn = 0;
  let timer: number | undefined;

  const close = () => {
    turn += 1;
    clearTimeout(timer);
    show([]);
  };

  const show = (items: readonly Suggestion[]) => {
    suggestions = items;
    active = -1;
    list.replaceChildren(...items.map(renderOption));
    list.hidden = items.length === 0;
    input.setAttribute('aria-expanded', String(items.length > 0));
    input.removeAttribute('aria-activedescendant');
  };

  const renderOption = (suggestion: Suggestion, index: number) => {
    const option = h(
      'div',
      { role: 'option', id: `option-${index}`, 'aria-selected': 'false' },
      h('span', { class: 'label' }, suggestion.label),
      h('span', { class: 'detail' }, suggestion.detail),
    );
    // Pressing must not take the focus from the box.
    option.addEventListener('pointerdown', (event) => event.preventDefault());
    option.addEventListener('click', () => accept(suggestion));
    return option;
  };

  const activate = (index: number) => {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = index;
    const option = list.children[active];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };

  const accept = (suggestion: Suggestion) => {
    input.value = suggestion.line;
    input.focus();
    if (/[\s:]$/.test(suggestion.line)) refresh();
    else close();
  };

  const refresh = () => {
    const mine = ++turn;
    clearTimeout(timer);
    const { suggestions: now, ask } = complete(input.value, options.commands(), options.people());
    show(now);
    if (ask === undefined) return;
    timer = window.setTimeout(async () => {
      const values = await options.ask(ask).catch(() => []);
      if (mine !== turn) return;
      const found = values.map((value) => ({ line: ask.before + value, label: value, detail: '' }));
      show([...found.filter(({ line }) => line !== input.value), ...now]);
    }, ASK_AFTER_MS);
  };

  const recall = (step: number) => {
    back = Math.min(Math.max(back + step, 0), history.length);
    input.value = history.at(-back) ?? '';
    if (back === 0) input.value = '';
    close();
  };

  input.addEventListener('input', refresh);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    const open = suggestions.length > 0;
    const chosen = suggestions[active];
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' && open) activate((active + 1) % suggestions.length);
    else if (event.key === 'ArrowUp' && open) activate(active <= 0 ? suggestions.length - 1 : active - 1);
    else if (event.key === 'ArrowUp' && (input.value === '' || back > 0)) recall(1);
    else if (event.key === 'ArrowDown' && back > 0) recall(-1);
    else if (event.key === 'Escape' && open) close();
    else if (event.key === 'Enter' && chosen) accept(chosen);
    else if (event.key === 'Tab' && !event.shiftKey && open) accept(chosen ?? (suggestions[0] as Suggestion));
    else return;
    event.preventDefault();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const line = input.value;
    if (line.trim() === '') return;
    history.push(line);
    if (history.length > HISTORY_MAX) history.shift();
    back = 0;
    input.value = '';
    close();
    options.send(line);
  });

  return {
    fill(line) {
      input.value = line;
      input.focus();
    },
  };
}
