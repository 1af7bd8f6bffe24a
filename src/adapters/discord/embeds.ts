// Builds a message's embeds in the order of the blocks, within the limits that they share.
import type { APIEmbed } from 'discord.js';
import type { Inline, Text } from '../../core/reply.ts';
import { cut, LIMITS } from './limits.ts';
import { escapeMarkdown, markdown } from './markdown.ts';

/** Kept back from long texts, so that the sources of a ruling always find a place. */
const RESERVE = 700;
/** Room for the reference in the footer. */
const FOOTER = 40;
/** One text never takes the place of all others. */
const TEXT_MAX = 3_500;
/** Short facts stand side by side. */
const INLINE_MAX = 40;
/** Makes a line small. */
const SMALL = '-# ';

/** Renders something in at most `max` characters. */
type Render = (max: number) => string;

export interface Embeds {
  heading(text: string): void;
  text(render: Render): void;
  quiet(render: Render): void;
  facts(facts: readonly { readonly label: string; readonly value: Text }[]): void;
  /** Lines that are shown whole or not at all, small where that is possible. */
  sources(label: string, lines: readonly string[]): void;
  image(url: string): void;
  /** The embeds, and whether anything had to be cut. `reference` stands small under the last one. */
  finish(colour: number, reference?: string): { embeds: APIEmbed[]; cut: boolean };
}

export function createEmbeds(): Embeds {
  const embeds: APIEmbed[] = [];
  let left = LIMITS.embedsTotal - FOOTER;
  let lost = false;

  /** The embed that can take what comes next; a new one where Discord would show it out of order. Pictures sink to its end. */
  const open = (fits: (embed: APIEmbed) => boolean): APIEmbed => {
    const last = embeds.at(-1);
    if (last !== undefined && (fits(last) || embeds.length === LIMITS.embeds)) return last;
    const embed: APIEmbed = {};
    embeds.push(embed);
    return embed;
  };
  const fill = (render: Render, max: number): string => {
    const whole = render(Number.MAX_SAFE_INTEGER);
    if (whole.length <= max) return whole;
    lost = true;
    const fitted = max <= 0 ? '' : render(max);
    return fitted.length <= max ? fitted : '';
  };
  const describe = (render: Render, gap: string, room: number): void => {
    const embed = open((last) => last.fields === undefined);
    const before = embed.description === undefined ? '' : embed.description + gap;
    const max = Math.min(TEXT_MAX, LIMITS.embedDescription - before.length, room - gap.length);
    const added = fill(render, max);
    if (added === '') return;
    left -= before.length + added.length - (embed.description?.length ?? 0);
    embed.description = before + added;
  };
  const field = (label: string, render: Render, inline: boolean, room: number): void => {
    const embed = open((last) => (last.fields?.length ?? 0) < LIMITS.embedFields);
    const fields = embed.fields ?? [];
    const name = cut(label, LIMITS.fieldName);
    const full = fields.length >= LIMITS.embedFields;
    const value = full ? '' : fill(render, Math.min(LIMITS.fieldValue, room - name.length));
    if (value === '') {
      lost = true;
      return;
    }
    left -= name.length + value.length;
    embed.fields = [...fields, { name, value, inline }];
  };

  return {
    heading(text) {
      const last = embeds.at(-1);
      if (last?.description !== undefined && last.fields === undefined && last.image === undefined) {
        describe((max) => `### ${markdown(text, max - 4)}`, '\n', left - RESERVE);
        return;
      }
      const title = fill((max) => markdown(text, max), Math.min(LIMITS.embedTitle, left - RESERVE));
      if (title === '') return;
      left -= title.length;
      open(() => false).title = title;
    },
    text: (render) => describe(render, '\n\n', left - RESERVE),
    quiet: (render) => describe((max) => small(render, max), '\n', left - RESERVE),
    facts(facts) {
      const values = facts.map((fact) => markdown(fact.value, Number.MAX_SAFE_INTEGER));
      if (values.some((value) => value.length > LIMITS.fieldValue)) {
        for (const fact of facts) {
          describe(
            (max) => markdown([{ bold: fact.label }, '\n', ...inlines(fact.value)], max),
            '\n\n',
            left - RESERVE,
          );
        }
        return;
      }
      const inline = facts.length > 1 && values.every((value) => value.length <= INLINE_MAX);
      for (const fact of facts) {
        const name = escapeMarkdown(fact.label) || '–';
        field(name, (max) => markdown(fact.value, max) || '–', inline, left - RESERVE);
      }
    },
    sources(label, lines) {
      if (embeds.at(-1)?.fields !== undefined)
        field(label, (max) => wholeLines(lines, '\n', max), false, left);
      else describe((max) => small((m) => `${label}: ${wholeLines(lines, ' · ', m - 10)}`, max), '\n', left);
    },
    image(url) {
      open((last) => last.image === undefined).image = { url };
    },
    finish(color, reference) {
      if (embeds.length === 0) embeds.push({ description: '\u200b' });
      const last = embeds.length - 1;
      return {
        embeds: embeds.map((embed, i) =>
          i === last && reference !== undefined
            ? { ...embed, color, footer: { text: reference } }
            : { ...embed, color },
        ),
        cut: lost,
      };
    },
  };
}

function inlines(text: Text): readonly Inline[] {
  return typeof text === 'string' ? [text] : text;
}

function small(render: Render, max: number): string {
  const lines = render(max).split('\n');
  const room = Math.max(0, max - lines.length * SMALL.length);
  const text = render(room).trim();
  return text === '' ? '' : text.replace(/^(?=.)/gm, SMALL);
}

function wholeLines(lines: readonly string[], separator: string, max: number): string {
  const kept: string[] = [];
  for (const line of lines) {
    if ([...kept, line].join(separator).length <= max) kept.push(line);
  }
  return kept.join(separator);
}
