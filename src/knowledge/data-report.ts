// What `npm run data:check` reports: gaps, stale dates and contradictions in data/. Pure.
import type { KnowledgeData } from './compile.ts';
import { createKnowledge } from './knowledge.ts';
import type { RulingData, ServiceData } from './schema.ts';

/** `error` fails the check; `warning` wants a look; `note` tells how well a service is covered. */
export interface Finding {
  readonly level: 'error' | 'warning' | 'note';
  readonly file: string;
  readonly text: string;
}

/** Days after which somebody should compare a ruling with its source again. */
export const STALE_DAYS = 365;
const DAY_MS = 24 * 60 * 60 * 1000;

/** `today` is an ISO date. Dead references never come this far: the data does not compile with them. */
export function reportData(data: KnowledgeData, today: string): Finding[] {
  return [
    ...data.controls.flatMap((control) =>
      dateFindings('data/controls.yaml', control.id, control.checked_on, today),
    ),
    ...data.services.flatMap((service) => serviceFindings(service, data, today)),
    ...missingControls(data),
  ];
}

function serviceFindings(service: ServiceData, data: KnowledgeData, today: string): Finding[] {
  const file = `data/services/${service.id}.yaml`;
  const found = service.rulings.flatMap((ruling) => [
    ...dateFindings(file, ruling.control, ruling.checked_on, today),
    ...classFindings(file, service, ruling, data),
  ]);
  const own = new Set(service.rulings.map(({ control }) => control)).size;
  const text = `${own} of ${data.controls.length} controls ruled for the service itself, the others by its class (${service.model})`;
  return [...found, { level: 'note', file, text }];
}

/** Every service must have an owner, both halves and a source for every control. */
function missingControls(data: KnowledgeData): Finding[] {
  const knowledge = createKnowledge(data);
  return data.services.flatMap((service) =>
    data.controls.flatMap((control): Finding[] => {
      const { owner, aws, customer, why, sources } = knowledge.ruling(service.id, control.id);
      const lacks = [
        ...(owner === undefined ? ['owner'] : []),
        ...Object.entries({ aws, customer, why }).flatMap(([part, words]) => (words === '' ? [part] : [])),
        ...(sources.length === 0 ? ['source'] : []),
      ];
      if (lacks.length === 0) return [];
      return [
        {
          level: 'error',
          file: `data/services/${service.id}.yaml`,
          text: `${control.id} has no ${lacks.join(', ')}`,
        },
      ];
    }),
  );
}

function dateFindings(file: string, control: string, checkedOn: string, today: string): Finding[] {
  const age = Math.round((Date.parse(today) - Date.parse(checkedOn)) / DAY_MS);
  if (age < 0)
    return [{ level: 'error', file, text: `${control} was checked on ${checkedOn}, which is yet to come` }];
  if (age <= STALE_DAYS) return [];
  return [{ level: 'warning', file, text: `${control} was last checked on ${checkedOn}, ${age} days ago` }];
}

/** A ruling against its class needs a reason to be believed; one that only repeats it says nothing. */
function classFindings(
  file: string,
  service: ServiceData,
  ruling: RulingData,
  data: KnowledgeData,
): Finding[] {
  if (ruling.condition !== undefined || ruling.according_to !== undefined) return [];
  const usual = data.controls.find(({ id }) => id === ruling.control)?.owner_by_model[service.model];
  const words = ruling.why ?? ruling.aws ?? ruling.customer;
  if (ruling.owner === usual && words === undefined && ruling.source === undefined) {
    return [
      { level: 'warning', file, text: `${ruling.control} only repeats the class (${usual}): leave it out` },
    ];
  }
  if (ruling.owner === usual || words !== undefined) return [];
  return [
    {
      level: 'warning',
      file,
      text: `${ruling.control} is ${ruling.owner} against the class (${usual}) without a reason`,
    },
  ];
}
