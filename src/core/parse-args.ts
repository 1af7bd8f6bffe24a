// A typed line or raw options → checked values. The only place where loose input becomes typed.
import type { ArgSpec, LeafSpec } from './command.ts';
import { UserError } from './errors.ts';

/** Lines longer than this are refused unread. */
export const LINE_MAX = 4_000;

type Raw = Readonly<Record<string, string | number | undefined>>;

/**
 * Splits the words after a command's name over its options: `name:value` anywhere, the rest in order. A word that is
 * a value of a `choice` goes to that choice even if options before it are left out. Quotes hold words together.
 * Throws a UserError that names the word it cannot place.
 */
export function splitLine(leaf: LeafSpec, path: string, rest: string): Raw {
  const names = Object.keys(leaf.args);
  const raw: Record<string, string> = {};
  const restName = names.find((name) => isRest(leaf.args[name]));
  let words = tokenize(rest);
  while (words.length > 0) {
    const word = words[0] as Word;
    const named = /^([A-Za-z-]+):(.*)$/s.exec(word.text);
    const name = named && !word.quoted ? names.find((n) => n === named[1]?.toLowerCase()) : undefined;
    if (name !== undefined) {
      raw[name] = name === restName ? rest.slice(word.start + name.length + 1).trim() : (named?.[2] ?? '');
      if (name === restName) return raw;
      words = words.slice(1);
      continue;
    }
    const open = names.filter((n) => raw[n] === undefined);
    const target = open.find((n) => n !== restName && accepts(leaf.args[n], word.text)) ?? open[0];
    if (target === undefined) {
      throw new UserError(
        `I do not know what to do with "${shorten(word.text)}": \`/${path}\` takes ${usage(leaf)}.`,
      );
    }
    if (target === restName) {
      raw[target] = unquote(rest.slice(word.start).trim());
      return raw;
    }
    raw[target] = word.text;
    words = words.slice(1);
  }
  return raw;
}

/** Checks raw values against the options. Throws a UserError: one sentence, which option, what is allowed. */
export function checkArgs(
  leaf: LeafSpec,
  path: string,
  raw: Raw,
): Record<string, string | number | undefined> {
  const values: Record<string, string | number | undefined> = {};
  for (const [name, spec] of Object.entries(leaf.args)) {
    const given = raw[name];
    const cleaned = typeof given === 'string' ? clean(given) : given;
    if (cleaned === undefined || cleaned === '') {
      if (spec.required) {
        throw new UserError(
          `\`/${path}\` needs ${name} (${spec.summary}), for example \`/${leaf.examples[0]}\`.`,
        );
      }
      values[name] = undefined;
    } else {
      values[name] = checkValue(spec, name, cleaned);
    }
  }
  return values;
}

/** How a command is typed, in words: `time`, `[zone]`. */
export function usage(leaf: LeafSpec): string {
  const parts = Object.entries(leaf.args).map(([name, spec]) => (spec.required ? name : `[${name}]`));
  return parts.length === 0 ? 'no options' : parts.join(' ');
}

/** Control characters and broken surrogates are removed, white space is folded. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFD]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** At most `max` characters, for quoting what somebody typed. */
export function shorten(text: string, max = 40): string {
  const points = [...clean(text)];
  return points.length <= max ? points.join('') : `${points.slice(0, max - 1).join('')}…`;
}

function checkValue(spec: ArgSpec, name: string, given: string | number): string | number {
  switch (spec.kind) {
    case 'integer': {
      const value = typeof given === 'number' ? given : Number(given);
      const min = spec.min ?? Number.MIN_SAFE_INTEGER;
      const max = spec.max ?? Number.MAX_SAFE_INTEGER;
      if (!Number.isInteger(value) || value < min || value > max) {
        throw new UserError(
          `"${shorten(String(given))}" is not a whole number from ${min} to ${max} for ${name}.`,
        );
      }
      return value;
    }
    case 'choice': {
      const value = spec.choices.find((choice) => choice === String(given).toLowerCase());
      if (value === undefined) {
        throw new UserError(
          `"${shorten(String(given))}" is no value of ${name}: it is one of ${spec.choices.join(', ')}.`,
        );
      }
      return value;
    }
    case 'text': {
      const max = spec.maxLength ?? 200;
      if ([...String(given)].length > max) {
        throw new UserError(
          `That is too long: ${name} takes at most ${max.toLocaleString('en')} characters.`,
        );
      }
      return String(given);
    }
    case 'user':
      return String(given)
        .replace(/^<@!?([^>|]+)(?:\|[^>]*)?>$/, '$1')
        .replace(/^@/, '');
  }
}

function isRest(spec: ArgSpec | undefined): boolean {
  return spec?.kind === 'text' && spec.rest === true;
}

function accepts(spec: ArgSpec | undefined, word: string): boolean {
  return spec?.kind === 'choice' && spec.choices.includes(word.toLowerCase());
}

function unquote(text: string): string {
  const match = /^(["'“])(.*)(["'”])$/s.exec(text);
  return match?.[2] !== undefined && !/["“”]/.test(match[2]) ? match[2] : text;
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly quoted: boolean;
}

function tokenize(line: string): Word[] {
  return [...line.matchAll(/"([^"]*)"|“([^”]*)”|(\S+)/g)].map((match) => ({
    text: match[1] ?? match[2] ?? match[3] ?? '',
    start: match.index,
    quoted: match[3] === undefined,
  }));
}
