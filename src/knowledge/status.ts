// One sentence about a service that is renamed, closed to new customers, or ended.
import type { Knowledge, Service } from './knowledge.ts';

/** Undefined for a service that anybody can start using today. */
export function statusLine(service: Service, knowledge: Pick<Knowledge, 'serviceById'>): string | undefined {
  const { stage, date, note } = service.lifecycle;
  const names = (service.replacements ?? []).flatMap((id) => knowledge.serviceById(id)?.name ?? []);
  const instead = names.length > 0 ? ` AWS points to ${names.join(' and ')} instead.` : '';
  const detail = note ? ` ${note.replace(/\.?$/, '.')}` : '';
  const on = date ? ` (${date})` : '';
  switch (stage) {
    case 'ended':
      return `${service.name} has ended${on}.${detail}${instead}`;
    case 'end-of-support-announced':
      return `The end of ${service.name} is announced${on}.${detail}${instead}`;
    case 'closed-to-new-customers':
      return `${service.name} is closed to new customers${on}.${detail}${instead}`;
    case 'see-note':
      return detail || instead ? `${service.name}:${detail}${instead}` : undefined;
    case 'generally-available':
      return undefined;
  }
}
