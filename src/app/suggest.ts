// What completes a question or a service's name while somebody types.
import type { Knowledge } from '../knowledge/knowledge.ts';

const MOST = 25;
/** A name is completed from at most this many words at the end of a question. */
const NAME_WORDS = 3;
/** Shown where nothing is typed yet: one of each kind of question. */
const STARTERS = [
  'patches EC2',
  'encrypts S3 objects',
  'guards the data centers',
  'configures security groups',
  'does what on RDS',
];

export interface Suggest {
  /** Whole questions that go on from what was typed, best first. */
  questions(partial: string): readonly string[];
  /** Services whose name or alias is, begins with, or contains what was typed, in that order. */
  services(partial: string): readonly string[];
}

/** Prepared once; a call takes well under a millisecond. */
export function createSuggest(knowledge: Knowledge): Suggest {
  const names = knowledge.services.map(({ name, aliases, status }) => ({
    name,
    active: status === 'active',
    known: [name, name.replace(/^(Amazon|AWS) /, ''), ...aliases].map((known) => known.toLowerCase()),
  }));
  const phrasings = knowledge.controls.flatMap((control) => control.phrasings);

  /** Best first: 0 is the name itself, 1 begins with it, 2 has a word that does, 3 contains it; the shorter of two alike. */
  const ranked = (wanted: string, worst: number): string[] => {
    const word = ` ${wanted}`;
    const rank = (known: string) => {
      if (known === wanted) return 0;
      if (known.startsWith(wanted)) return 1;
      return known.includes(word) ? 2 : known.includes(wanted) ? 3 : Number.POSITIVE_INFINITY;
    };
    return names
      .map(({ name, active, known }) => ({ name, active, rank: Math.min(...known.map(rank)) }))
      .filter(({ rank }) => rank <= worst)
      .sort((a, b) => a.rank - b.rank || Number(b.active) - Number(a.active) || a.name.length - b.name.length)
      .map(({ name }) => name)
      .slice(0, MOST);
  };

  /** What the last words of a question begin: `patches EC` → `patches Amazon EC2`. */
  const withNames = (question: string): string[] => {
    const words = question.split(' ');
    for (let count = Math.min(NAME_WORDS, words.length); count > 0; count--) {
      const end = words.slice(-count).join(' ').toLowerCase();
      const found = end === '' ? [] : ranked(end, 2);
      const before = words.slice(0, -count).join(' ');
      if (found.length > 0) return found.map((name) => `${before} ${name}`.trim());
    }
    return [];
  };

  return {
    services: (partial) => ranked(partial.trim().toLowerCase(), 3),
    questions(partial) {
      const [, lead = '', question = ''] =
        /^(who )?(.*)$/is.exec(partial.replace(/\s+/g, ' ').trimStart()) ?? [];
      const typed = question.toLowerCase();
      const starters = STARTERS.filter((starter) => starter.startsWith(typed));
      if (typed === '') return starters.map((starter) => lead + starter);
      const phrases = phrasings.filter((phrasing) => phrasing.startsWith(typed) && phrasing !== typed);
      // A space at the end asks for what comes next, not for the rest of a word.
      const named = question.endsWith(' ') ? [] : withNames(question);
      return [...new Set([...starters, ...phrases, ...named])]
        .slice(0, MOST)
        .map((suggestion) => lead + suggestion);
    },
  };
}
