// The custom_id of a form that a slash command opened: which command its fields go to.

const PREFIX = 'form|';

export interface FormCommand {
  readonly name: string;
  readonly subcommand?: string;
}

export function formCommandId({ name, subcommand }: FormCommand): string {
  return `${PREFIX}${name}${subcommand === undefined ? '' : `|${subcommand}`}`;
}

/** Undefined for the form of a button: that one carries its action. */
export function parseFormCommandId(customId: string): FormCommand | undefined {
  if (!customId.startsWith(PREFIX)) return undefined;
  const [name, subcommand] = customId.slice(PREFIX.length).split('|');
  if (name === undefined || name === '') return undefined;
  return subcommand === undefined ? { name } : { name, subcommand };
}
