// "Did you mean": questions near to one that cannot be answered.
import { distanceWithin } from './distance.ts';
import type { ReadText, Tools } from './read.ts';
import type { Scores } from './score.ts';

const most = 5;

/** Up to five questions that would be answered, nearest first; empty if nothing is near. */
export function suggestionsFor(read: ReadText, { subjects, candidates }: Scores, tools: Tools): string[] {
  const [service] = subjects.services;
  const controls = candidates.slice(0, 3).map(({ control }) => control.name);
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
  const unknown = read.tokens.filter(({ word }, at) => word.length > 2 && read.words[at]?.known === false);
  for (const { word } of unknown.slice(0, mostUnknown)) {
    for (const { name, service } of tools.shortNames) {
      const allowed = name.length > 5 ? 2 : 1;
      if (distanceWithin(word, name, allowed) <= allowed) found.add(service.name);
      if (found.size >= mostNear) return [...found];
    }
  }
  return [...found];
}

const mostUnknown = 3;
const mostNear = 3;
