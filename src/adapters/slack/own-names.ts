// Commands named in a reply, under the names that they have on Slack.
import type { Block, Inline, Reply, Text } from '../../core/reply.ts';
import { RENAMED_COMMANDS } from './limits.ts';

/** `/who patches EC2` shown as code becomes `/who-does patches EC2`: Slack's own `/who` would answer otherwise. */
export function withOwnNames(reply: Reply): Reply {
  return { ...reply, blocks: reply.blocks.map(renamed) };
}

function renamed(block: Block): Block {
  switch (block.type) {
    case 'text':
      return { ...block, text: renamedText(block.text) };
    case 'facts':
      return {
        ...block,
        facts: block.facts.map((fact) => ({ ...fact, value: renamedText(fact.value) })),
      };
    default:
      return block;
  }
}

function renamedText(text: Text): Text {
  return typeof text === 'string' ? text : text.map(renamedPart);
}

function renamedPart(part: Inline): Inline {
  if (typeof part === 'string' || !('code' in part)) return part;
  const code = part.code.replace(/^\/([a-z-]+)(?=\s|$)/, (typed, name: string) => {
    const other = RENAMED_COMMANDS.get(name);
    return other === undefined ? typed : `/${other}`;
  });
  return { code };
}
