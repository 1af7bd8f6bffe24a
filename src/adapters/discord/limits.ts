// Discord's documented limits, in characters unless the name says otherwise. Nothing is rendered beyond them.
export const LIMITS = {
  /** All text of all embeds of a message together. */
  embedsTotal: 6_000,
  embeds: 10,
  embedTitle: 256,
  embedDescription: 4_096,
  embedFields: 25,
  fieldName: 256,
  fieldValue: 1_024,
  rows: 5,
  buttonsPerRow: 5,
  buttonLabel: 80,
  attachments: 10,
  altText: 1_024,
  nonce: 25,
  threadTitle: 100,
  modalTitle: 45,
  modalFields: 5,
  modalLabel: 45,
  modalHint: 100,
  textInput: 4_000,
  selectOptions: 25,
  selectLabel: 100,
  commandName: 32,
  commandSummary: 100,
  options: 25,
  optionChoices: 25,
  optionText: 6_000,
  suggestions: 25,
  suggestion: 100,
  historyPage: 100,
} as const;

/** At most `max` characters, the last one an ellipsis where something was cut. Never splits a surrogate pair. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = Math.max(0, max - 1);
  if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}
