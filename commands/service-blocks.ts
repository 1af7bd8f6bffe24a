// Everything about one service: its kind, its stack, who owns what, and what it depends on.
import { type Block, choices, facts, heading, type Inline, quiet, sources, text } from '../src/core/reply.ts';
import { stackOf } from '../src/knowledge/diagrams/stack-of.ts';
import { stackPicture } from '../src/knowledge/diagrams/stack-picture.ts';
import type { Knowledge, Service } from '../src/knowledge/knowledge.ts';
import type { Ruling } from '../src/knowledge/rulings.ts';
import { statusLine } from '../src/knowledge/status.ts';
import { shareButton } from './ruling-blocks.ts';

export function serviceBlocks(knowledge: Knowledge, service: Service, share: boolean): Block[] {
  const model = knowledge.modelOf(service);
  const rulings = knowledge.controls.map((control) => knowledge.ruling(service.id, control.id));
  const owned = (owner: Ruling['owner']) =>
    rulings.filter((ruling) => ruling.owner === owner).map(({ control }) => control.name);
  const status = statusLine(service, knowledge);
  const depends = rulings.filter((ruling) => ruling.branches.length > 0);
  return [
    heading(service.name),
    text([{ bold: model.label }, `. ${service.why}`]),
    ...(status === undefined ? [] : [text(status)]),
    facts(
      { label: 'AWS', value: list(owned('aws')) },
      { label: 'Customer', value: list(owned('customer')) },
      { label: 'Shared', value: list(owned('shared')) },
    ),
    ...(depends.length === 0
      ? []
      : [
          text([
            'It depends:',
            ...depends
              .slice(0, 6)
              .flatMap((ruling): Inline[] => [
                `\n• ${ruling.control.name}: ${ruling.branches.map(({ when }) => when).join('; ')}`,
              ]),
            ...(depends.length > 6 ? [`\n… and ${depends.length - 6} more; ask with /who.`] : []),
          ]),
        ]),
    { type: 'image', image: stackPicture(stackOf(knowledge, service.id)) },
    ...(service.former_names.length === 0 ? [] : [quiet(`Formerly ${service.former_names.join(', ')}.`)]),
    sources(service.docs === undefined ? [] : [{ title: service.name, url: service.docs }]),
    ...(share ? [choices(shareButton('service.share', [service.id]))] : []),
  ];
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(' · ');
}
