export function reply(...blocks) {
    return { blocks };
}
export const heading = (text) => ({ type: 'heading', text });
export const text = (value) => ({ type: 'text', text: value });
export const quiet = (value) => ({ type: 'text', text: value, quiet: true });
export const facts = (...items) => ({ type: 'facts', facts: items });
export const choices = (...buttons) => ({ type: 'choices', choices: buttons });
export const sources = (items, checkedOn) => checkedOn === undefined
    ? { type: 'sources', sources: items }
    : { type: 'sources', sources: items, checkedOn };
