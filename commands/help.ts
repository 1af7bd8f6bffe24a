// /help: what the bot can do, from the commands' own specs.

import type { LeafSpec } from '../src/core/command.ts';
import { usage } from '../src/core/parse-args.ts';
import { createRegistry } from '../src/core/registry.ts';
import { type Block, type Inline, reply, text } from '../src/core/reply.ts';
import { type BotCommand, defineLeaf } from './command.ts';

/** Takes the list of commands as a function, because the list holds this command too. */
export function createHelp(all: () => readonly BotCommand[]): BotCommand {
  return {
    ...defineLeaf({
      name: 'help',
      summary: 'What I can do, or how one command works',
      examples: ['help', 'help daily set'],
      args: {
        command: {
          kind: 'text',
          summary: 'such as who, or daily set',
          rest: true,
          maxLength: 60,
          suggests: true,
        },
      },
      access: 'everyone',
      visibility: 'private',
      async run({ command }) {
        const registry = createRegistry(all());
        if (command === undefined) return reply(...overview(all()));
        const name = command.replace(/^\//, '');
        const hit = registry.findLine(name);
        if (hit === undefined) throw registry.unknown(name.split(' ')[0] ?? name);
        const { found } = hit;
        const group = all().find((candidate) => candidate.name === found.path.split(' ')[0]);
        const whole = group !== undefined && 'subcommands' in group && !name.includes(' ');
        const leaves = whole
          ? registry.leaves.filter((leaf) => leaf.path.startsWith(`${group.name} `))
          : [found];
        return reply(...leaves.flatMap((leaf) => describe(leaf.path, leaf.spec)));
      },
      async suggest(_, partial) {
        const wanted = partial.toLowerCase().replace(/^\//, '');
        const paths = createRegistry(all()).leaves.map((leaf) => leaf.path);
        return paths.filter((path) => path.includes(wanted));
      },
    }),
    actions: {
      show: { access: 'everyone', visibility: 'private', run: async () => reply(...overview(all())) },
    },
  };
}

function overview(commands: readonly BotCommand[]): Block[] {
  const line = (command: BotCommand): Inline[] => [
    { code: `/${command.name}` },
    ` ${command.summary}${'subcommands' in command ? ` (${command.subcommands.map((leaf) => leaf.name).join(', ')})` : ''}\n`,
  ];
  return [
    text([
      'I teach the AWS shared responsibility model: ',
      { bold: 'AWS secures the cloud, you secure what you put in it.' },
      ' Ask me who is responsible for what, answer the daily question, climb the board.',
    ]),
    text(commands.flatMap(line)),
    text([
      'More about one: ',
      { code: '/help daily set' },
      '. Every ruling names its source; where I do not know, I say so.',
    ]),
  ];
}

function describe(path: string, leaf: LeafSpec): Block[] {
  const options = Object.entries(leaf.args).map(([name, spec]) => ({
    label: name,
    value: `${spec.summary}${spec.kind === 'choice' ? ` (${spec.choices.join(', ')})` : ''}${spec.required ? '' : '; optional'}`,
  }));
  return [
    { type: 'heading', text: `/${path}` },
    text(`${leaf.summary}.${leaf.access === 'admin' ? ' For administrators.' : ''}`),
    text([{ code: `/${path}${options.length === 0 ? '' : ` ${usage(leaf)}`}` }]),
    ...(options.length === 0 ? [] : [{ type: 'facts' as const, facts: options }]),
    ...leaf.details.map((detail) => text(detail)),
    text([
      'For example: ',
      ...leaf.examples.flatMap((example, i): Inline[] => [
        ...(i === 0 ? [] : [', ']),
        { code: `/${example}` },
      ]),
    ]),
  ];
}
