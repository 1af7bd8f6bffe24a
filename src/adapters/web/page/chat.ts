// The chat page: who one is, where one is, what was said.
import type { WireButton, WireForm, WireMessage, WirePerson, WireStart } from '../wire.ts';
import { ApiError, api, follow, type Place } from './api.ts';
import { createBoard } from './board.ts';
import { locate, wantsForm } from './complete.ts';
import { createComposer } from './composer.ts';
import { byId, h, spoken } from './dom.ts';
import { askForm } from './form-dialog.ts';
import { avatar, createLog } from './log.ts';

const LOST = 'The connection is lost; trying again …';

let start: WireStart = { people: [], channels: [], commands: [], messages: [], after: '' };
let place: Place = { user: '', channel: '' };
let unfollow = () => {};
const messages = new Map<string, WireMessage>();
const unread = new Map<string, number>();

const log = createLog(byId('log'), () => start.people, press);
const board = createBoard(() => place);
const composer = createComposer({
  commands: () => start.commands,
  people: () => start.people.map(({ id }) => id),
  ask: async (ask) => (await api.suggest(place, ask)).values,
  send,
});

/** Becomes a person: loads what that person may see, and follows what comes. */
async function enter(user: string | undefined): Promise<void> {
  unfollow();
  start = await api.start(user);
  const me = user ?? start.people[0]?.id ?? '';
  sessionStorage.setItem('person', me);
  messages.clear();
  for (const message of start.messages) messages.set(message.id, message);
  place = { user: me, channel: '' };
  showPeople();
  goTo(channelInAddress());
  unfollow = follow(me, start.after, {
    message: receive,
    moved: board.refresh,
    reset: () => void reenter(),
    connection: (up) => {
      if (!up) say(LOST);
      else if (byId('status').textContent === LOST) say('');
    },
  });
}

/** Loads afresh after a gap; what came meanwhile in channels that nobody looked at counts as new. */
async function reenter(): Promise<void> {
  const known = new Set(messages.keys());
  try {
    await enter(place.user);
  } catch {
    window.setTimeout(reenter, 2000);
    return;
  }
  for (const { id, channel } of messages.values()) if (!known.has(id)) countNew(channel);
  showChannels();
}

function countNew(channel: string): void {
  if (channel !== place.channel) unread.set(channel, (unread.get(channel) ?? 0) + 1);
}

function receive(message: WireMessage): void {
  const isNew = !messages.has(message.id);
  messages.set(message.id, message);
  if (message.channel === place.channel) log.put(message);
  else if (isNew) {
    countNew(message.channel);
    showChannels();
  }
}

function channelInAddress(): string {
  const wanted = decodeURIComponent(location.hash.slice(1));
  return (start.channels.find(({ id }) => id === wanted) ?? start.channels[0])?.id ?? '';
}

function goTo(channel: string): void {
  place = { ...place, channel };
  unread.delete(channel);
  const { name = '', about = '', direct } = start.channels.find(({ id }) => id === channel) ?? {};
  const title = direct ? name : `#${name}`;
  byId('channel-name').textContent = title;
  byId('channel-about').textContent = about;
  document.title = `${title} · Responsibot`;
  showChannels();
  log.show(
    [...messages.values()].filter((message) => message.channel === channel),
    `Messages in ${title}`,
  );
  board.refresh();
}

function showChannels(): void {
  const items = start.channels.map(({ id, name, direct }) => {
    const count = unread.get(id) ?? 0;
    const current = id === place.channel ? 'page' : undefined;
    const link = h(
      'a',
      { href: `#${id}`, 'aria-current': current, class: direct ? 'direct' : 'shared' },
      name,
    );
    if (count > 0) link.append(h('span', { class: 'unread' }, String(count), spoken(' new')));
    return h('li', {}, link);
  });
  byId('channels').replaceChildren(...items);
}

function showPeople(): void {
  const options = start.people.map((person) => {
    const radio = h('input', {
      type: 'radio',
      name: 'person',
      value: person.id,
      checked: person.id === place.user,
    });
    radio.addEventListener('change', () => void switchTo(person));
    const role = person.admin ? h('span', { class: 'role' }, 'administrator') : undefined;
    return h(
      'label',
      {},
      radio,
      avatar(person.id, person.name),
      h('span', { class: 'who' }, person.name),
      role,
    );
  });
  byId('people').replaceChildren(...options);
}

async function switchTo(person: WirePerson): Promise<void> {
  await attempt(() => enter(person.id));
  byId('people').querySelector<HTMLInputElement>(':checked')?.focus();
  say(`You are ${person.name} now.`, 2500);
}

/** Runs what was typed; a command that needs filling in opens its form first. */
async function send(line: string): Promise<void> {
  await entered;
  const located = locate(line, start.commands);
  const form = located?.leaf.form;
  if (located !== undefined && form !== undefined && wantsForm(located)) {
    const { name, subcommand } = located;
    const fields = await fillIn(form, subcommand === undefined ? { name } : { name, subcommand });
    if (fields === undefined) return;
    await attempt(async () => said(await api.command(place, name, subcommand, fields)));
    return;
  }
  byId('log').setAttribute('aria-busy', 'true');
  const done = await attempt(async () => said(await api.line(place, line)));
  byId('log').removeAttribute('aria-busy');
  if (!done) composer.fill(line);
}

async function press(message: WireMessage, button: WireButton, element: HTMLButtonElement): Promise<void> {
  const asked = { message: message.id, action: button.action };
  const fields = button.form === undefined ? undefined : await fillIn(button.form, asked);
  if (button.form !== undefined && fields === undefined) return;
  element.setAttribute('aria-disabled', 'true');
  await attempt(async () => said(await api.press(place, message.id, button.action, fields)));
  element.removeAttribute('aria-disabled');
}

/** The form's values; undefined where the person closed it, or may not submit it, which is said instead. */
async function fillIn(
  form: WireForm,
  asked: Parameters<typeof api.refusal>[1],
): Promise<Record<string, string> | undefined> {
  let mayOpen = false;
  await attempt(async () => {
    const refusal = await api.refusal(place, asked);
    mayOpen = refusal.message === undefined;
    said(refusal);
  });
  return mayOpen ? askForm(form) : undefined;
}

function said({ message }: { readonly message?: WireMessage }): void {
  if (message === undefined) return;
  receive(message);
}

/** False, and a sentence at the message box, where the server refused or is gone. */
async function attempt(run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    say(error.message);
    return false;
  }
}

let silence: number | undefined;
function say(text: string, forMs?: number): void {
  clearTimeout(silence);
  byId('status').textContent = text;
  if (forMs !== undefined) silence = window.setTimeout(() => say(''), forMs);
}

for (const hint of document.querySelectorAll<HTMLButtonElement>('#hints button[data-line]')) {
  hint.addEventListener('click', () => void send(hint.dataset.line ?? ''));
}
byId('hide-hints').addEventListener('click', () => {
  localStorage.setItem('hints', 'hidden');
  byId('hints').hidden = true;
  byId('line').focus();
});
byId('hints').hidden = localStorage.getItem('hints') === 'hidden';
byId('board-toggle').addEventListener('click', () => {
  const open = document.body.classList.toggle('board-open');
  byId('board-toggle').setAttribute('aria-expanded', String(open));
});
addEventListener('hashchange', () => goTo(channelInAddress()));

const entered = attempt(() =>
  enter(sessionStorage.getItem('person') ?? undefined).catch(() => enter(undefined)),
);
