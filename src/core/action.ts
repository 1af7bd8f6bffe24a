// A button's action: a name and arguments as data, so that it works after a restart.

/** Platforms carry at most this many bytes in a button (Discord's custom_id is the narrowest: 100). */
export const ACTION_MAX_BYTES = 100;

/** What a button does when pressed. Never carries an answer or a right: the store's rows decide. */
export interface Action {
  /** `command.action`, such as `daily.answer`. */
  readonly name: string;
  readonly args: readonly string[];
}

const VERSION = '1';
const NAME = /^[a-z][a-z-]*\.[a-z][a-z-]*$/;

/** Text form `1|daily.answer|42|0`, at most {@link ACTION_MAX_BYTES} bytes. Throws where it would be longer. */
export function encodeAction(action: Action): string {
  const text = [VERSION, action.name, ...action.args.map(escapeArg)].join('|');
  if (!NAME.test(action.name)) throw new Error(`not an action name: ${action.name}`);
  if (Buffer.byteLength(text) > ACTION_MAX_BYTES) {
    throw new Error(`action ${action.name} takes more than ${ACTION_MAX_BYTES} bytes`);
  }
  return text;
}

/** The action of a text made by {@link encodeAction}, or undefined for anything else, older versions included. */
export function decodeAction(text: string): Action | undefined {
  if (Buffer.byteLength(text) > ACTION_MAX_BYTES) return undefined;
  const [version, name, ...args] = text.split('|');
  if (version !== VERSION || name === undefined || !NAME.test(name)) return undefined;
  try {
    return { name, args: args.map(unescapeArg) };
  } catch {
    return undefined;
  }
}

function escapeArg(arg: string): string {
  return arg.replace(/[%|]/g, (c) => (c === '%' ? '%25' : '%7C'));
}

function unescapeArg(arg: string): string {
  return arg.replace(/%(25|7C)/g, (_, code) => (code === '25' ? '%' : '|'));
}
