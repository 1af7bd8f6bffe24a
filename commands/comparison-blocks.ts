// Two to four services side by side: the stack, what moves from the customer to AWS, and where they differ.
import { type Block, choices, heading, sources, text } from '../src/core/reply.ts';
import { comparisonPicture, shifts } from '../src/knowledge/diagrams/comparison-picture.ts';
import { stackOf } from '../src/knowledge/diagrams/stack-of.ts';
import type { Control, Knowledge, Service } from '../src/knowledge/knowledge.ts';
import { hash32 } from '../src/quiz/hash.ts';
import { ownerTitle, shareButton } from './ruling-blocks.ts';

const ROWS_MAX = 15;

export function comparisonBlocks(
  knowledge: Knowledge,
  services: readonly Service[],
  control: Control | undefined,
  share: boolean,
): Block[] {
  const names = services.map(({ name }) => name).join(' and ');
  const button = choices(
    shareButton('compare.share', [control?.id ?? '', ...services.map(({ id }) => serviceCode(id))]),
  );
  if (control !== undefined) {
    const rulings = services.map((service) => knowledge.ruling(service.id, control.id));
    return [
      heading(`${control.name}: ${names}`),
      ...rulings.flatMap((ruling) => [
        text([
          { bold: ruling.service.name },
          ': ',
          { bold: ownerTitle(ruling.owner) },
          `. ${ruling.why}`,
          ...ruling.branches.map(({ when, owner }) => `\n• ${when}: ${ownerTitle(owner)}`),
        ]),
      ]),
      sources(unique(rulings.flatMap((ruling) => ruling.sources)), rulings[0]?.checkedOn),
      ...(share ? [button] : []),
    ];
  }
  const stacks = services.map((service) => stackOf(knowledge, service.id));
  const differing = knowledge.controls
    .map((each) => ({
      control: each,
      owners: services.map((service) => knowledge.ruling(service.id, each.id).owner),
    }))
    .filter(({ owners }) => new Set(owners).size > 1);
  return [
    heading(names),
    text(shifts(stacks).join('\n')),
    {
      type: 'table',
      columns: [
        { label: 'Where they differ' },
        ...services.map(({ name }) => ({ label: name.replace(/^(AWS|Amazon) /, '') })),
      ],
      rows: differing.slice(0, ROWS_MAX).map((row) => [row.control.name, ...row.owners.map(ownerWord)]),
    },
    ...(differing.length > ROWS_MAX ? [text(`… and ${differing.length - ROWS_MAX} more controls.`)] : []),
    { type: 'image', image: comparisonPicture(stacks) },
    sources(services.flatMap(({ name, docs }) => (docs === undefined ? [] : [{ title: name, url: docs }]))),
    ...(share ? [button] : []),
  ];
}

/** A service's id in a button: four must fit. */
export function serviceCode(id: string): string {
  return hash32(id).toString(36);
}

function ownerWord(owner: string): string {
  return { aws: 'AWS', customer: 'customer', shared: 'shared', depends: 'depends' }[owner] ?? '–';
}

function unique<T extends { readonly url: string }>(links: readonly T[]): T[] {
  return [...new Map(links.map((link) => [link.url, link])).values()];
}
