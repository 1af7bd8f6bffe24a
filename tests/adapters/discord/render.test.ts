// Replies as Discord messages: whole payloads, and every limit with replies that nobody would write.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeMarkdown, markdown } from '../../../src/adapters/discord/markdown.ts';
import { renderReply } from '../../../src/adapters/discord/render.ts';
import { type Block, choices, facts, heading, quiet, reply, sources, text } from '../../../src/core/reply.ts';
import { checkBody, openApiSkipped } from '../../support/discord/check-body.ts';
import { shown } from '../../support/discord/seen.ts';

const POST = '/channels/{channel_id}/messages';
const WITH_IMAGES = { images: true };
const press = (name: string, ...args: string[]) => ({ name: `who.${name}`, args });

describe('a reply on Discord', () => {
  test('a ruling is one embed with title, text, facts side by side and linked sources', () => {
    const { body, pictures, fullText } = renderReply(
      {
        ...reply(
          heading('Patching the guest OS on Amazon EC2: customer'),
          text(['You run ', { bold: 'the operating system' }, ', so ', { code: 'yum update' }, ' is yours.']),
          facts({ label: 'AWS', value: 'The hypervisor' }, { label: 'Customer', value: 'The guest OS' }),
          sources(
            [{ title: 'Shared Responsibility Model', url: 'https://aws.amazon.com/compliance/' }],
            '2026-11-01',
          ),
          choices({ label: 'Share', action: press('share', '7'), style: 'primary' }),
        ),
        tone: 'good',
      },
      WITH_IMAGES,
    );
    expect(body).toEqual({
      embeds: [
        {
          title: 'Patching the guest OS on Amazon EC2: customer',
          description: 'You run **the operating system**, so `yum update` is yours.',
          fields: [
            { name: 'AWS', value: 'The hypervisor', inline: true },
            { name: 'Customer', value: 'The guest OS', inline: true },
            {
              name: 'Source',
              value:
                '[Shared Responsibility Model](https://aws.amazon.com/compliance/)\nChecked on 2026-11-01',
              inline: false,
            },
          ],
          color: 0x2e7d32,
        },
      ],
      components: [
        { type: 1, components: [{ type: 2, style: 1, label: 'Share', custom_id: '1|who.share|7' }] },
      ],
      attachments: [],
      allowed_mentions: { parse: [], replied_user: false },
    });
    expect(pictures).toEqual([]);
    expect(fullText).toBeUndefined();
  });

  test('text after facts keeps its place, in an embed of its own', () => {
    const { body } = renderReply(
      reply(facts({ label: 'Rank', value: '3' }), text('Two more to go.')),
      WITH_IMAGES,
    );
    expect(body.embeds).toMatchObject([
      { fields: [{ name: 'Rank', value: '3' }] },
      { description: 'Two more to go.' },
    ]);
  });

  test('facts too long for fields are told in the text, whole', () => {
    const long = 'patching · '.repeat(120).trim();
    const { body, fullText } = renderReply(
      reply(facts({ label: 'AWS', value: 'hosts' }, { label: 'Customer', value: long })),
      WITH_IMAGES,
    );
    expect(body.embeds).toMatchObject([{ description: `**AWS**\nhosts\n\n**Customer**\n${long}` }]);
    expect(fullText).toBeUndefined();
  });

  test('a picture stands last in its embed, so that the sources after it need none of their own', () => {
    const image: Block = { type: 'image', image: { svg: '<svg/>', alt: 'A stack', name: 'stack' } };
    const { body } = renderReply(
      reply(heading('EC2'), image, sources([{ title: 'Docs', url: 'https://docs.example/' }])),
      WITH_IMAGES,
    );
    expect(body.embeds).toHaveLength(1);
    expect(body.embeds[0]).toMatchObject({
      title: 'EC2',
      description: '-# Source: [Docs](https://docs.example/)',
    });
  });

  test('a table is aligned in a code block, with the own row marked', () => {
    const { body } = renderReply(
      reply({
        type: 'table',
        columns: [{ label: '#' }, { label: 'Member' }, { label: 'Points', align: 'right' }],
        rows: [
          ['1', 'alice', '120'],
          ['2', 'b`o`b', '7'],
        ],
        highlight: 1,
      }),
      WITH_IMAGES,
    );
    expect(body.embeds[0]?.description).toBe(
      ['```', '  #  Member  Points', '  1  alice      120', '> 2  bˋoˋb        7', '```'].join('\n'),
    );
  });

  test("a table that does not fit keeps its beginning and the reader's own row", () => {
    const rows = Array.from({ length: 500 }, (_, i) => [String(i + 1), `member ${i + 1}`, String(1_000 - i)]);
    const columns = [{ label: '#' }, { label: 'Member' }, { label: 'Points' }];
    const { body } = renderReply(reply({ type: 'table', columns, rows, highlight: 431 }), WITH_IMAGES);
    const table = body.embeds[0]?.description ?? '';
    expect(table).toContain('member 1 ');
    expect(table).toMatch(/> 432 {2}member 432/);
    expect(table).toMatch(/… and \d+ more\n```$/);
  });

  test('instants are shown in the zone of whoever reads them', () => {
    expect(markdown(['Next: ', { at: 1_764_061_200_000, zone: 'Europe/Berlin' }], 100)).toBe(
      'Next: <t:1764061200:f>',
    );
  });

  test('a picture is attached with its description, and stands in the text where pictures cannot be drawn', () => {
    const image: Block = {
      type: 'image',
      image: { svg: '<svg/>', alt: 'AWS below, you above', name: 'stack' },
    };
    const drawn = renderReply(reply(heading('EC2'), image), WITH_IMAGES);
    expect(drawn.body.embeds[0]?.image?.url).toBe('attachment://stack-1.png');
    expect(drawn.body.attachments).toEqual([
      { id: '0', filename: 'stack-1.png', description: 'AWS below, you above' },
    ]);
    const said = renderReply(reply(heading('EC2'), image), { images: false });
    expect(said.body.embeds[0]?.description).toBe('-# AWS below, you above');
    expect(said.body.attachments).toEqual([]);
  });

  test('choices longer than a button are listed whole and pressed by number', () => {
    const long = `Customers patch it, ${'really '.repeat(20)}always`;
    const { body } = renderReply(
      reply(choices({ label: long, action: press('a') }, { label: 'AWS', action: press('b') })),
      WITH_IMAGES,
    );
    expect(shown(body.embeds[0]?.description ?? '')).toBe(`1. ${long}\n2. AWS`);
    expect(body.components[0]?.components.map((button) => button.label?.slice(0, 9))).toEqual([
      '1. Custom',
      '2. AWS',
    ]);
  });

  test('quiet text is small, a form is a button, and a reference stands in the footer', () => {
    const { body } = renderReply(
      reply(quiet('Two lines\nof it'), {
        type: 'form',
        label: 'Change',
        action: press('edit'),
        instead: 'type it',
      }),
      { images: true, reference: 'ref k1' },
    );
    expect(body.embeds).toEqual([
      { description: '-# Two lines\n-# of it', color: 0x3b6ea5, footer: { text: 'ref k1' } },
    ]);
    expect(body.components[0]?.components[0]).toMatchObject({ label: 'Change', custom_id: '1|who.edit' });
  });

  test('a link that is no web address is plain text, and an address cannot break out of its link', () => {
    expect(markdown([{ link: 'x', url: 'javascript:alert(1)' }], 100)).toBe('x');
    expect(markdown([{ link: 'a](b', url: 'https://e.example/(x) y' }], 100)).toBe(
      '[a\\](b](https://e.example/%28x%29%20y)',
    );
  });

  test('any plain text is shown exactly as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), hostile()), (value) => {
        expect(shown(escapeMarkdown(value))).toBe(value);
      }),
    );
  });

  test('text is cut to any length without a broken escape', () => {
    fc.assert(
      fc.property(hostile(), fc.integer({ min: 1, max: 60 }), (value, max) => {
        const cut = markdown([value, { bold: value }, { code: value }], max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(/(^|[^\\])(\\\\)*\\$/.test(cut)).toBe(false);
      }),
    );
  });

  test(`whatever the reply, Discord takes the message${openApiSkipped === undefined ? '' : ` (${openApiSkipped})`}`, () => {
    fc.assert(
      fc.property(fc.array(anyBlock(), { maxLength: 14 }), fc.boolean(), (blocks, images) => {
        const { body, pictures, fullText } = renderReply({ blocks }, { images, reference: 'ref 0123456789' });
        expect(checkBody('POST', POST, body)).toEqual([]);
        expect(body.attachments.length).toBe(pictures.length + (fullText === undefined ? 0 : 1));
      }),
      { numRuns: 100 },
    );
  });
});

function hostile(): fc.Arbitrary<string> {
  return fc
    .array(
      fc.constantFrom(
        '**',
        '`',
        '<@1>',
        '@everyone',
        '# ',
        '- ',
        '1. ',
        '\n',
        '[a](b)',
        'http://',
        '||',
        '\\',
        'x ',
      ),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join(''));
}

function anyText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ maxLength: 40 }),
    hostile(),
    fc.integer({ min: 0, max: 7_000 }).map((n) => '*_ word '.repeat(n / 4)),
  );
}

function anyBlock(): fc.Arbitrary<Block> {
  const word = anyText();
  const button = fc.record({
    label: word,
    action: fc.nat({ max: 60 }).map((n) => press('share', String(n))),
  });
  return fc.oneof(
    word.map(heading),
    word.map(text),
    word.map(quiet),
    fc.array(fc.record({ label: word, value: word }), { maxLength: 30 }).map((list) => facts(...list)),
    fc.array(button, { maxLength: 12 }).map((list) => choices(...list)),
    fc
      .array(fc.record({ title: word, url: fc.webUrl() }), { maxLength: 8 })
      .map((list) => sources(list, '2026-11-01')),
    word.map((alt): Block => ({ type: 'image', image: { svg: '<svg/>', alt, name: alt.slice(0, 90) } })),
    fc
      .array(fc.array(word, { minLength: 2, maxLength: 2 }), { maxLength: 30 })
      .map(
        (rows): Block => ({ type: 'table', columns: [{ label: 'A' }, { label: 'B' }], rows, highlight: 3 }),
      ),
  );
}
