// From free text to a look-up, in stages that can each be explained.
import type { Knowledge } from '../knowledge.ts';
import type { Lookup } from './types.ts';

export type LookUp = (text: string) => Lookup;

export function createLookup(knowledge: Knowledge): LookUp {
  const words = (text: string) =>
    text
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join(' ') ?? '';
  return (text) => {
    const said = ` ${words(text)} `;
    const recognised = {
      services: [],
      controls: [],
      models: [],
      conditions: [],
      corrections: [],
      unexplained: [],
      steps: [],
    };
    const service = knowledge.services.find(({ name, aliases }) =>
      [name, ...aliases].some((alias) => said.includes(` ${words(alias)} `)),
    );
    const control = knowledge.controls.find(({ phrasings }) =>
      phrasings.some((phrase) => said.includes(` ${words(phrase)} `)),
    );
    if (service && control) {
      const ruling = knowledge.ruling(service.id, control.id);
      return { kind: 'match', answer: { about: 'ruling', ruling, mechanism: false }, recognised };
    }
    return { kind: 'unknown', reason: 'Nothing was recognised.', suggestions: [], recognised };
  };
}
