// A request's body → a call. Pure; everything that a browser sends is checked here and nowhere else.
import { decodeAction } from '../../core/action.ts';
import type { Person } from '../../core/command.ts';
import type { ActionPress, CommandCall, InboxCall, PartialCall } from '../../core/ports.ts';
import { channelFor, directTo, personOf } from './place.ts';

/** A request that the page would never send. The message is shown: one sentence. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

type Fields = Readonly<Record<string, unknown>>;

/** Who acts where: `user` and `channel` are ids of the place. */
export function decodeCall(body: unknown): InboxCall {
  const fields = record(body);
  const by = decodePerson(fields.user);
  const channel = channelFor(by.ref.id, fields.channel);
  if (channel === undefined) throw new BadRequest('There is no such channel here: reload the page.');
  return { by, channel, inWorkspace: directTo(channel.id) === undefined };
}

export function decodePerson(id: unknown): Person {
  const person = personOf(id);
  if (person === undefined) throw new BadRequest('There is no such person here: reload the page.');
  return person;
}

/** A typed line, or the name and options of a filled-in form. Text that is no command is a look-up. */
export function decodeCommand(body: unknown): CommandCall {
  const call = decodeCall(body);
  const fields = record(body);
  if (typeof fields.line === 'string') {
    return { ...call, line: fields.line, lookup: !/^\s*\//.test(fields.line) };
  }
  if (typeof fields.name !== 'string') throw new BadRequest('Type a command, for example /help.');
  return {
    ...call,
    name: fields.name,
    ...(typeof fields.subcommand === 'string' ? { subcommand: fields.subcommand } : {}),
    options: strings(fields.options),
  };
}

/** Undefined where the action is from another version or forged. */
export function decodePress(body: unknown): ActionPress | undefined {
  const call = decodeCall(body);
  const { action, fields } = record(body);
  const decoded = typeof action === 'string' ? decodeAction(action) : undefined;
  if (decoded === undefined) return undefined;
  return { ...call, action: decoded, ...(fields === undefined ? {} : { fields: strings(fields) }) };
}

export function decodePartial(body: unknown): PartialCall {
  const { name, subcommand, option, partial } = record(body);
  if (typeof name !== 'string' || typeof option !== 'string' || typeof partial !== 'string') {
    throw new BadRequest('A suggestion needs a command, an option and what was typed so far.');
  }
  const sub = typeof subcommand === 'string' ? { subcommand } : {};
  return { ...decodeCall(body), name, ...sub, option, partial };
}

export function record(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new BadRequest('The request was not readable: reload the page.');
}

/** Only what is text: anything else in a form's values is dropped. */
function strings(value: unknown): Record<string, string> {
  const entries = Object.entries(record(value ?? {})).filter(([, entry]) => typeof entry === 'string');
  return Object.fromEntries(entries as [string, string][]);
}
