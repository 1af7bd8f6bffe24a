// Finds names in data/ that lead nowhere, and names that are used twice.
import type { KnowledgeData } from './compile.ts';

/** One line for each dead reference or doubled name; empty when all is well. */
export function findDeadReferences(data: KnowledgeData): string[] {
  const services = new Set(data.services.map(({ id }) => id));
  const controls = new Set(data.controls.map(({ id }) => id));
  const problems: string[] = [];
  const need = (known: ReadonlySet<string>, id: string, where: string, what: string) => {
    if (!known.has(id)) problems.push(`${where}: ${what} "${id}" does not exist`);
  };

  for (const service of data.services) {
    const where = `data/services/${service.id}.yaml`;
    for (const { control } of service.rulings) need(controls, control, where, 'control');
    for (const id of service.replacements ?? []) need(services, id, where, 'service');
    const plain = service.rulings.filter((ruling) => !ruling.condition && !ruling.according_to);
    for (const control of repeated(plain.map((ruling) => ruling.control))) {
      problems.push(`${where}: two rulings without condition for "${control}"`);
    }
  }
  for (const { alias, candidates, default: usual } of data.aliases.ambiguous) {
    for (const id of candidates) need(services, id, `data/aliases.yaml: "${alias}"`, 'service');
    if (usual) need(services, usual, `data/aliases.yaml: "${alias}"`, 'service');
  }
  for (const { of, is } of data.aliases.combinations) {
    for (const id of [...of, is]) need(services, id, 'data/aliases.yaml: combinations', 'service');
  }
  for (const { of, is } of data.aliases.variants) {
    for (const id of [of, is]) need(services, id, 'data/aliases.yaml: variants', 'service');
  }
  for (const { topic, questions } of data.topics) {
    for (const question of questions) {
      if (!('ruling' in question)) continue;
      const where = `data/questions/${topic}.yaml: ${question.id}`;
      need(services, question.ruling.service, where, 'service');
      need(controls, question.ruling.control, where, 'control');
    }
  }
  const ids = data.topics.flatMap(({ questions }) => questions.map(({ id }) => id));
  for (const id of repeated(ids)) problems.push(`data/questions: the id "${id}" is used twice`);
  for (const id of repeated(data.services.map((service) => service.id))) {
    problems.push(`data/services: the id "${id}" is used twice`);
  }
  for (const id of repeated(data.controls.map((control) => control.id))) {
    problems.push(`data/controls.yaml: the id "${id}" is used twice`);
  }
  return problems;
}

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}
