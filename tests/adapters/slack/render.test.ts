// Replies become Block Kit: whole payloads compared, and nothing beyond Slack's limits for any reply.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/adapters/slack/limits.ts';
import { render } from '../../../src/adapters/slack/render.ts';
import {
  type Block,
  type Button,
  choices,
  facts,
  heading,
  type Inline,
  quiet,
  reply,
  sources,
  text,
} from '../../../src/core/reply.ts';
import { blockProblems } from '../../support/slack/check-blocks.ts';
import { pingsOf, visibleText } from '../../support/slack/seen.ts';
import type { Block as SlackBlock } from '../../support/slack/world.ts';

const answer = (label: string, choice: number, style?: Button['style']): Button => ({
  label,
  action: { name: 'daily.answer', args: ['7', String(choice)] },
  ...(style === undefined ? {} : { style }),
});

describe('a reply on Slack', () => {
  test('is header, sections, fields, buttons and quiet lines, with all of it in words beside', () => {
    const rendered = render(
      reply(
        heading('Who patches EC2?'),
        text(['You do. ', { bold: 'AWS' }, ' patches ', { code: 'the host' }, '.']),
        facts({ label: 'Owner', value: 'customer' }, { label: 'AWS', value: 'the hypervisor' }),
        choices(answer('AWS', 0), answer('The customer', 1, 'primary')),
        sources([{ title: 'EC2 & you', url: 'https://docs.aws.amazon.com/a?b=1&c=2' }], '2026-11-25'),
        quiet('1 of 3'),
      ),
    );
    expect(rendered.blocks).toEqual([
      { type: 'header', text: { type: 'plain_text', text: 'Who patches EC2?', emoji: false } },
      {
        type: 'section',
        text: { type: 'mrkdwn', text: 'You do. *AWS* patches `the host`.', verbatim: true },
      },
      {
        type: 'section',
        fields: [
          { type: 'mrkdwn', text: '*Owner*\ncustomer', verbatim: true },
          { type: 'mrkdwn', text: '*AWS*\nthe hypervisor', verbatim: true },
        ],
      },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            text: { type: 'plain_text', text: 'AWS', emoji: false },
            action_id: '1|daily.answer|7|0',
            value: '1|daily.answer|7|0',
          },
          {
            type: 'button',
            text: { type: 'plain_text', text: 'The customer', emoji: false },
            action_id: '1|daily.answer|7|1',
            value: '1|daily.answer|7|1',
            style: 'primary',
          },
        ],
      },
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            text: 'Source: <https://docs.aws.amazon.com/a?b=1&amp;c=2|EC2 &amp; you> · checked on 2026-11-25',
            verbatim: true,
          },
        ],
      },
      { type: 'context', elements: [{ type: 'mrkdwn', text: '1 of 3', verbatim: true }] },
    ]);
    expect(rendered.text).toContain('Who patches EC2?');
    expect(rendered.text).toContain('[2] The customer');
  });

  test('shows an instant in the reader’s own zone, and in the channel’s where that fails', () => {
    const at = Date.UTC(2026, 10, 25, 8);
    const [block] = render(reply(text(['Next: ', { at, zone: 'Europe/Berlin' }]))).blocks;
    expect(block).toMatchObject({
      text: {
        text: 'Next: <!date^1795593600^{date_short_pretty} at {time}|Wed 25 Nov 2026, 09:00 Europe/Berlin>',
      },
    });
  });

  test('aligns a table in a fixed-width font and marks the reader’s row', () => {
    const [block] = render(
      reply({
        type: 'table',
        columns: [{ label: 'Name' }, { label: 'Points', align: 'right' }],
        rows: [
          ['Ann <3', '20'],
          ['Bo`b', '7'],
        ],
        highlight: 1,
      }),
    ).blocks;
    expect(block).toMatchObject({
      text: { text: '```\n  Name    Points\n  Ann &lt;3      20\n&gt; Boˋb         7\n```' },
    });
  });

  test('lists labels that no button holds, and letters the buttons', () => {
    const long = 'AWS applies the patches; the customer picks the maintenance windows and the optional ones';
    const { blocks } = render(reply(choices(answer(long, 0), answer('AWS', 1))));
    expect(visibleText({ blocks: blocks as unknown as SlackBlock[], text: '' })).toBe(`A. ${long}\nB. AWS`);
    expect(blocks[1]).toMatchObject({ elements: [{ text: { text: 'A' } }, { text: { text: 'B' } }] });
  });

  test('shows a button that is off as text', () => {
    const { blocks } = render(reply(choices({ ...answer('AWS', 0), disabled: true })));
    expect(blocks).toMatchObject([{ type: 'section', text: { text: '• AWS' } }]);
  });

  test('shows a picture by its file, and by its description without one', () => {
    const picture = { svg: '<svg/>', alt: 'Ann leads with 20 points.', name: 'board' };
    const shown: Block = { type: 'image', image: picture };
    expect(render(reply(shown), { files: new Map([[picture, 'F1']]) }).blocks).toEqual([
      { type: 'image', slack_file: { id: 'F1' }, alt_text: 'Ann leads with 20 points.' },
    ]);
    expect(render(reply(shown)).blocks).toMatchObject([
      { type: 'section', text: { text: 'Ann leads with 20 points.' } },
    ]);
  });

  test('keeps every button where there is too much to show', () => {
    const many = Array.from({ length: 80 }, (_, i) => text(`line ${i}`));
    const { blocks } = render(reply(...many, choices(answer('AWS', 0))));
    expect(blocks).toHaveLength(LIMITS.messageBlocks);
    expect(blocks.at(-2)).toMatchObject({ type: 'actions' });
    expect(blocks.at(-1)).toMatchObject({ type: 'context' });
  });

  test('says of a picture only what the text around it does not say', () => {
    const picture = { svg: '<svg/>', alt: 'Ann leads with 20 points.', brief: 'A bar chart.', name: 'board' };
    expect(render(reply({ type: 'image', image: picture })).blocks).toMatchObject([
      { text: { text: 'A bar chart.' } },
    ]);
  });

  test('names commands as they are on Slack, where /who is Slack’s own', () => {
    const said: Inline[] = ['Ask ', { code: '/who patches EC2' }, ' or ', { code: '/whoever' }];
    const { blocks, text: words } = render(
      reply(text(said), facts({ label: 'Try', value: [{ code: '/who' }] })),
    );
    expect(blocks).toMatchObject([
      { text: { text: 'Ask `/who-does patches EC2` or `/whoever`' } },
      { fields: [{ text: '*Try*\n`/who-does`' }] },
    ]);
    expect(words).toContain('/who-does patches EC2');
  });

  test('links only to the web', () => {
    const [block] = render(reply(text([{ link: 'click', url: 'javascript:alert(1)' }]))).blocks;
    expect(block).toMatchObject({ text: { text: 'click' } });
  });
});

describe('any reply', () => {
  const anyText = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc.constantFrom('<!channel>', '<@U123>', '*b*', '_i_', '> quote', '`c`', '&lt;', '\n\n', ' '),
    fc.nat(4000).map((n) => 'wörd '.repeat(n)),
    fc.nat(4000).map((n) => '<'.repeat(n)),
  );
  const inline: fc.Arbitrary<Inline> = fc.oneof(
    anyText,
    anyText.map((bold) => ({ bold })),
    anyText.map((code) => ({ code })),
    fc.tuple(anyText, fc.webUrl({ withQueryParameters: true })).map(([link, url]) => ({ link, url })),
    fc.integer({ min: 0, max: 4e12 }).map((at) => ({ at, zone: 'America/New_York' })),
  );
  const rich = fc.oneof(anyText, fc.array(inline, { maxLength: 6 }));
  const button: fc.Arbitrary<Button> = fc.record({
    label: anyText.filter((label) => label.trim() !== ''),
    action: fc.nat(9).map((n) => ({ name: 'daily.answer', args: [String(n)] })),
    disabled: fc.boolean(),
  });
  const block: fc.Arbitrary<Block> = fc.oneof(
    anyText.map(heading),
    rich.map(text),
    rich.map(quiet),
    fc.array(fc.record({ label: anyText, value: rich }), { maxLength: 25 }).map((all) => facts(...all)),
    fc.array(button, { maxLength: 40 }).map((all) => choices(...all)),
    fc
      .array(fc.tuple(anyText, anyText), { maxLength: 60 })
      .map((rows): Block => ({ type: 'table', columns: [{ label: 'a' }, { label: 'b' }], rows })),
    anyText.map((alt): Block => ({ type: 'image', image: { svg: '<svg/>', alt, name: 'p' } })),
    fc
      .array(fc.record({ title: anyText, url: fc.webUrl() }), { maxLength: 40 })
      .map((all) => sources(all, '2026-01-01')),
  );

  test('keeps every limit of Slack’s, pings nobody, and has words for screen readers', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 30 }), (blocks) => {
        const rendered = render({ blocks });
        expect(blockProblems(rendered.blocks)).toEqual([]);
        expect(pingsOf({ blocks: rendered.blocks as unknown as SlackBlock[], text: rendered.text })).toEqual(
          [],
        );
        expect(rendered.text.trim()).not.toBe('');
        expect(rendered.text.length).toBeLessThan(40_000);
      }),
      { numRuns: 300 },
    );
  });

  test('shows plain text exactly as it was typed', () => {
    const typed = fc.string({
      unit: fc.constantFrom(...'ab *_~`<>&!@#|[](){}.:1'),
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(typed, (said) => {
        fc.pre(said.trim() !== '');
        const { blocks } = render(reply(text(said)));
        expect(visibleText({ blocks: blocks as unknown as SlackBlock[], text: '' })).toBe(said);
      }),
      { numRuns: 500 },
    );
  });
});
