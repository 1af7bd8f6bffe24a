// How rulings and general rules are shown: owner first, both halves, what it depends on, and always the source.
import {
  type Block,
  type Button,
  choices,
  facts,
  heading,
  type Inline,
  type Picture,
  quiet,
  sources,
  text,
} from '../src/core/reply.ts';
import { mechanismReason, notesOf, ownerWords } from '../src/knowledge/ask.ts';
import { rulingPicture } from '../src/knowledge/diagrams/ruling-picture.ts';
import { layerOfControl, stackOf } from '../src/knowledge/diagrams/stack-of.ts';
import { stackPicture } from '../src/knowledge/diagrams/stack-picture.ts';
import type { Knowledge } from '../src/knowledge/load.ts';
import type { Branch, GeneralRule, Ruling } from '../src/knowledge/rulings.ts';
import type { Grounds, RulingOwner } from '../src/knowledge/schema.ts';
import { statusLine } from '../src/knowledge/status.ts';

export interface RulingView {
  readonly ruling: Ruling;
  /** The branch that the question selected. */
  readonly branch?: Branch;
  readonly mechanism?: boolean;
}

const GROUNDS: Readonly<Record<Grounds, string>> = {
  stated: 'Stated in the source',
  derived: 'Derived from the kind of service',
  remembered: 'Well known, not re-read in the source',
};

/** A ruling with its picture. `share` adds the button that posts it for everybody. */
export function rulingBlocks(knowledge: Knowledge, view: RulingView, share: boolean): Block[] {
  const { ruling, branch, mechanism = false } = view;
  const said = branch ?? ruling;
  const others = ruling.branches.filter((candidate) => candidate !== branch);
  const status = statusLine(ruling.service, knowledge);
  const index = branch === undefined ? -1 : ruling.branches.indexOf(branch);
  const image = pictureOf(knowledge, view);
  return [
    heading(`${ruling.service.name}: ${ruling.control.name}`),
    text([
      { bold: ownerTitle(mechanism ? 'aws' : said.owner) },
      branch === undefined ? '. ' : ` (${branch.when}). `,
      mechanism ? mechanismReason : said.why,
    ]),
    ...(said.owner === 'not-applicable'
      ? []
      : [facts({ label: 'AWS', value: said.aws }, { label: 'Customer', value: said.customer })]),
    ...(others.length === 0 ? [] : [branchList(others, branch === undefined && ruling.owner === 'depends')]),
    ...(branch === undefined || ruling.owner === 'depends'
      ? []
      : [text(`Otherwise: ${ownerTitle(ruling.owner)}.`)]),
    ...[...notesOf(ruling), ...(status === undefined ? [] : [status])].map((note) => text(note)),
    { type: 'image', image },
    quiet(`${GROUNDS[said.grounds]}${ruling.asOf === undefined ? '' : ` (${ruling.asOf})`}.`),
    sources(said.sources, ruling.checkedOn),
    ...(share
      ? [
          choices(
            shareButton('who.share', [
              ruling.service.id,
              ruling.control.id,
              ...(index < 0 ? [] : [String(index)]),
            ]),
          ),
        ]
      : []),
  ];
}

/** The general rule of a control, for questions that name no service, and what differs by kind of service. */
export function generalBlocks(rule: GeneralRule, mechanism: boolean, share: boolean): Block[] {
  return [
    heading(rule.control.name),
    text([
      { bold: ownerTitle(mechanism ? 'aws' : rule.owner) },
      '. ',
      mechanism ? mechanismReason : rule.why,
    ]),
    facts({ label: 'AWS', value: rule.aws }, { label: 'Customer', value: rule.customer }),
    ...(rule.byModel.length < 2
      ? []
      : [
          text([
            'By kind of service:',
            ...rule.byModel.flatMap(({ owner, models }): Inline[] => [
              '\n',
              { bold: ownerTitle(owner) },
              `: ${models.map(({ label }) => label).join(', ')}`,
            ]),
          ]),
        ]),
    sources(rule.sources, rule.checkedOn),
    ...(share ? [choices(shareButton('who.share', ['', rule.control.id]))] : []),
  ];
}

/** The owner as the first words of an answer. */
export function ownerTitle(owner: RulingOwner | 'depends'): string {
  switch (owner) {
    case 'depends':
      return 'It depends';
    case 'not-applicable':
      return 'Does not apply';
    case 'shared':
      return 'Shared: both AWS and the customer';
    default: {
      const words = ownerWords[owner];
      return words.charAt(0).toUpperCase() + words.slice(1);
    }
  }
}

export function shareButton(name: string, args: readonly string[]): Button {
  return { label: 'Share', action: { name, args } };
}

/** The service's stack with the asked layer lit; the plain stack where there is no single owner to show. */
function pictureOf(knowledge: Knowledge, { ruling, branch, mechanism }: RulingView): Picture {
  const stack = stackOf(knowledge, ruling.service.id);
  const { owner, aws, customer } = branch ?? ruling;
  if (owner === 'depends' || owner === 'not-applicable') return stackPicture(stack);
  const asked = layerOfControl(stack, ruling.control);
  return rulingPicture({
    control: ruling.control.name,
    owner: mechanism === true ? 'aws' : owner,
    aws,
    customer,
    stack,
    ...(asked === undefined ? {} : { asked }),
  });
}

function branchList(branches: readonly Branch[], alone: boolean): Block {
  return text([
    alone ? 'It depends:' : 'But:',
    ...branches.flatMap((branch): Inline[] => [
      `\n• ${branch.when}: `,
      { bold: ownerTitle(branch.owner) },
      `. ${branch.why}`,
    ]),
  ]);
}
