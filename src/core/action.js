export const ACTION_MAX_BYTES = 100;
const VERSION = '1';
const NAME = /^[a-z][a-z-]*\.[a-z][a-z-]*$/;
export function encodeAction(action) {
    const text = [VERSION, action.name, ...action.args.map(escapeArg)].join('|');
    if (!NAME.test(action.name))
        throw new Error(`not an action name: ${action.name}`);
    if (Buffer.byteLength(text) > ACTION_MAX_BYTES) {
        throw new Error(`action ${action.name} takes more than ${ACTION_MAX_BYTES} bytes`);
    }
    return text;
}
export function decodeAction(text) {
    if (Buffer.byteLength(text) > ACTION_MAX_BYTES)
        return undefined;
    const [version, name, ...args] = text.split('|');
    if (version !== VERSION || name === undefined || !NAME.test(name))
        return undefined;
    try {
        return { name, args: args.map(unescapeArg) };
    }
    catch {
        return undefined;
    }
}
function escapeArg(arg) {
    return arg.replace(/[%|]/g, (c) => (c === '%' ? '%25' : '%7C'));
}
function unescapeArg(arg) {
    return arg.replace(/%(25|7C)/g, (_, code) => (code === '25' ? '%' : '|'));
}
