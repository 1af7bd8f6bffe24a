// "Did you mean": questions near to one that cannot be answered.
import { distanceWithin } from './distance.ts';
import type { ReadText, Tools } from './read.ts';
import type { Scores } from './score.ts';

const most = 5;

/** Up to five questions that would be answered, nearest first; empty if nothing is near. */
export function suggestionsFor(read: ReadText, { subjects, scored }: Scores, tools: Tools): string[] {
  const [service] = subjects.services;
  const controls = scored.slice(0, 3).map(({ control }) => control.name);
  if (service) {
    const named = controls.map((control) => `${control} on ${service.name}`);
    return [...named, `Who does what on ${service.name}?`].slice(0, most);
  }
  const near = nearServices(read, tools).map((name) =>
    controls[0] ? `${controls[0]} on ${name}` : `Who does what on ${name}?`,
  );
  return [...near, ...controls].slice(0, most);
}

/** Services whose name is an edit or two from an unknown word. */
function nearServices(read: ReadText, tools: Tools): string[] {
  const found = new Set<string>();
  const unknown = read.tokens
    .filter(({ word }) => word.length > 2 && !tools.spelling.isKnown(word))
    .slice(0, 3);
  for (const { word } of unknown) {
    for (const service of tools.knowledge.services) {
      if (service.status !== 'active') continue;
      const near = service.aliases.some((alias) => {
        const bare = alias.toLowerCase();
        return (
          !bare.includes(' ') &&
          distanceWithin(word, bare, bare.length > 5 ? 2 : 1) <= (bare.length > 5 ? 2 : 1)
        );
      });
      if (near) found.add(service.name);
      if (found.size >= 3) return [...found];
    }
  }
  return [...found];
}
