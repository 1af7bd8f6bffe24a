// People in the local Slack: alice types, alice sees. The same shape as the other platforms' drivers.
import type { LocalSlack } from './local-slack.ts';
import type { Shown } from './methods.ts';
import {
  eventPayload,
  pressPayload,
  shortcutPayload,
  slashPayload,
  submissionPayload,
  trigger,
} from './payloads.ts';
import type { SeenAnswer, SlackDriver, SlackPerson } from './people.ts';
import { buttonsOf, fieldsOf, picturesOf, pingsOf, visibleText } from './seen.ts';
import type { Channel, Member, Message, Team, View } from './world.ts';

/** How long a person waits for an answer. */
const PATIENCE_MS = 5_000;
const GRACE_MS = 300;

export type { SeenAnswer, SlackDriver, SlackPerson };

export function createSlackDriver(slack: LocalSlack, team: Team, channel: Channel): SlackDriver {
  const { world } = slack;
  const people = new Map<string, SlackPerson>();

  /** Sends something and waits for what it makes visible: in the ack, or later. */
  const ask = async (
    send: () => Promise<{ payload: unknown }>,
    mine: (shown: Shown) => boolean,
    fromAck: (payload: unknown) => SeenAnswer | undefined,
    person: Member,
    /** Whether what was sent has a response URL of its own. */
    replies = false,
  ): Promise<SeenAnswer | undefined> => {
    let stop = () => {};
    const later = new Promise<SeenAnswer | undefined>((resolve) => {
      const end = (shown?: Shown) => {
        stop();
        resolve(shown === undefined ? undefined : see(shown, person));
      };
      let timer = setTimeout(end, PATIENCE_MS);
      const unwatch = slack.watch((shown) => {
        if (!mine(shown)) return;
        clearTimeout(timer);
        // A post of the bot is an answer only where no answer follows that is the person's own.
        if (shown.by === undefined && shown.kind === 'message' && replies) {
          timer = setTimeout(end, GRACE_MS, shown);
        } else end(shown);
      });
      stop = () => {
        clearTimeout(timer);
        unwatch();
      };
    });
    const { payload } = await send().catch((error: unknown) => {
      stop();
      throw error;
    });
    const early = fromAck(payload);
    if (early === undefined) return later;
    stop();
    return early;
  };

  const respondedTo = (url: string) => {
    const id = url.split('/').at(-1);
    return (shown: Shown) => shown.by === id;
  };

  /** An ack with a body is a message from the bot, as a response URL's is. */
  const messageInAck =
    (place: Channel, person: Member) =>
    (payload: unknown): SeenAnswer | undefined => {
      if (typeof payload !== 'object' || payload === null || !('text' in payload)) return undefined;
      const { text, blocks, response_type } = payload as Message & { response_type?: string };
      const message: Message = {
        ts: world.ts(),
        text,
        blocks: blocks ?? [],
        user: team.botUser,
        ...(response_type === 'in_channel' ? {} : { ephemeralFor: person.id }),
      };
      place.messages.push(message);
      return seeMessage(message, place.id, person);
    };

  const viewInAck =
    (view: View, person: Member) =>
    (payload: unknown): SeenAnswer | undefined => {
      const { response_action, view: body } = (payload ?? {}) as {
        response_action?: string;
        view?: View['body'];
      };
      if (body === undefined) return undefined;
      if (response_action === 'push')
        return seeView(world.addView(person.id, team.id, body, 'modal'), person);
      view.body = body;
      // "One moment…" is no answer yet.
      return JSON.stringify(body).includes('One moment') ? undefined : seeView(view, person);
    };

  const see = (shown: Shown, person: Member): SeenAnswer =>
    shown.kind === 'view' ? seeView(shown.view, person) : seeMessage(shown.message, shown.channel, person);

  const seeMessage = (message: Message, place: string, person: Member): SeenAnswer => ({
    id: message.ts,
    text: visibleText(message),
    visibility: message.ephemeralFor === undefined ? 'public' : 'private',
    buttons: buttonsOf(message.blocks).map((button) => button.label),
    pictures: picturesOf(message.blocks),
    pings: pingsOf(message),
    presses: (label) => press(label, person, { message, place }),
    pressesAs: (member, label) => press(label, member, { message, place }),
    submits: () => Promise.reject(new Error('there is no form here')),
  });

  const seeView = (view: View, person: Member): SeenAnswer => {
    const { blocks } = view.body;
    const title = (view.body.title as { text: string } | undefined)?.text ?? '';
    const fields = fieldsOf(blocks);
    return {
      id: view.id,
      text: visibleText({ blocks, text: '' }),
      visibility: 'private',
      buttons: buttonsOf(blocks).map((button) => button.label),
      pictures: picturesOf(blocks),
      pings: pingsOf({ blocks, text: '' }),
      ...(fields.length === 0 ? {} : { form: { title, fields } }),
      presses: (label) => press(label, person, { view }),
      pressesAs: () => Promise.reject(new Error('a view belongs to one person')),
      submits: (values) => submit(view, values, person),
    };
  };

  const press = (label: string, person: Member, where: Pressed): Promise<SeenAnswer | undefined> => {
    const view = 'view' in where ? where.view : undefined;
    const blocks = 'view' in where ? where.view.body.blocks : where.message.blocks;
    const button = buttonsOf(blocks).find((one) => one.label === label);
    if (button === undefined) {
      throw new Error(`no button ${label} among ${buttonsOf(blocks).map((one) => one.label)}`);
    }
    const triggerId = trigger(world, person);
    const place = 'view' in where ? undefined : where.place;
    const responseUrl = 'view' in where ? '' : slack.responseUrl(where.place, person.id, where.message.ts);
    const payload = pressPayload(
      person,
      button,
      triggerId,
      'view' in where ? where.view : { channel: where.place, message: where.message, responseUrl },
    );
    const byUrl = respondedTo(responseUrl);
    const mine = (shown: Shown) =>
      shown.by === triggerId ||
      byUrl(shown) ||
      (shown.kind === 'view' && view?.type === 'modal' && shown.view.id === view.id) ||
      (shown.kind === 'message' && shown.by === undefined && shown.channel === place);
    return ask(
      () => slack.deliver('interactive', payload),
      mine,
      () => undefined,
      person,
      true,
    );
  };

  const submit = (view: View, values: Readonly<Record<string, string>>, person: Member) => {
    const payload = submissionPayload(person, view, values, trigger(world, person));
    const mine = (shown: Shown) => shown.kind === 'view' && shown.view.id === view.id;
    return ask(() => slack.deliver('interactive', payload), mine, viewInAck(view, person), person);
  };

  const inChannel = (id: string) => (shown: Shown) =>
    shown.kind === 'message' && shown.channel === id && shown.message.user === team.botUser;

  const as = (name: string, options: { admin?: boolean } = {}): SlackPerson => {
    const existing = people.get(name);
    if (existing !== undefined) return existing;
    const member = world.addMember(team, name, options);
    const person: SlackPerson = {
      member,
      types(line, place = channel) {
        const responseUrl = slack.responseUrl(place.id, member.id);
        const ids = { responseUrl, trigger: trigger(world, member) };
        const byUrl = respondedTo(responseUrl);
        const mine = (shown: Shown) =>
          byUrl(shown) || shown.by === ids.trigger || (shown.by === undefined && inChannel(place.id)(shown));
        const payload = slashPayload(member, place, line, ids);
        return ask(
          () => slack.deliver('slash_commands', payload),
          mine,
          messageInAck(place, member),
          member,
          true,
        );
      },
      mentions(text, place = channel) {
        const ts = world.ts();
        place.messages.push({ ts, text, blocks: [], user: member.id });
        const body = eventPayload(world, team, {
          type: 'app_mention',
          user: member.id,
          text: `<@${team.botUser}> ${text}`,
          ts,
          channel: place.id,
          event_ts: ts,
        });
        return ask(
          () => slack.deliver('events_api', body),
          inChannel(place.id),
          () => undefined,
          member,
        );
      },
      writes(text) {
        const place = world.directWith(team, member.id);
        const ts = world.ts();
        place.messages.push({ ts, text, blocks: [], user: member.id });
        const body = eventPayload(world, team, {
          type: 'message',
          channel_type: 'im',
          user: member.id,
          text,
          ts,
          channel: place.id,
          event_ts: ts,
        });
        return ask(
          () => slack.deliver('events_api', body),
          inChannel(place.id),
          () => undefined,
          member,
        );
      },
      shortcut(text, place = channel) {
        const url = slack.responseUrl(place.id, member.id);
        const payload = shortcutPayload(world, member, place, text, url);
        return ask(
          () => slack.deliver('interactive', payload),
          respondedTo(url),
          () => undefined,
          member,
        );
      },
      opensHome() {
        const place = world.directWith(team, member.id);
        const body = eventPayload(world, team, {
          type: 'app_home_opened',
          user: member.id,
          channel: place.id,
          tab: 'home',
          event_ts: world.ts(),
        });
        const mine = (shown: Shown) => shown.kind === 'view' && shown.view.user === member.id;
        return ask(
          () => slack.deliver('events_api', body),
          mine,
          () => undefined,
          member,
        );
      },
    };
    people.set(name, person);
    return person;
  };

  const everybody = (place: Channel, reader: Member): SeenAnswer[] =>
    place.messages
      .filter((one) => one.user === team.botUser && one.ephemeralFor === undefined)
      .filter((one) => one.thread_ts === undefined && one.deleted !== true)
      .map((message) => seeMessage(message, place.id, reader));

  return {
    team,
    channel,
    as,
    channelPosts: (place = channel, reader = as('reader')) => everybody(place, reader.member),
    directs: ({ member }) => everybody(world.directWith(team, member.id), member),
  };
}

type Pressed = { readonly message: Message; readonly place: string } | { readonly view: View };
