// Reads one YAML file of data/ and checks it; every complaint names file, line and field.
import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** Everything that is wrong with the data: one line for each problem, `file:line field message`. */
export class DataError extends Error {
  override readonly name = 'DataError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** The checked content of a YAML file. Throws a DataError that lists every problem of the file. */
export function readYaml<T>(file: string, schema: z.ZodType<T>, shownAs = file): T {
  return parseYaml(readFileSync(file, 'utf8'), schema, shownAs);
}

export function parseYaml<T>(text: string, schema: z.ZodType<T>, file: string): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new DataError(
      document.errors.map(
        (error) => `${file}:${lines.linePos(error.pos[0]).line} ${firstLine(error.message)}`,
      ),
    );
  }
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;
  throw new DataError(
    flatten(result.error.issues).map(({ path, message }) => {
      const line = lineOf(path);
      return `${file}:${line} ${path.join('.') || '(whole file)'} ${message}`;
    }),
  );

  /** Where the field stands; for a missing field, where the thing stands that lacks it. */
  function lineOf(path: readonly PropertyKey[]): number {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true) as
        | { range?: [number, number, number] }
        | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  }
}

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A union's own message ("Invalid input") helps nobody: the nearest member's complaints do. */
function flatten(issues: readonly z.core.$ZodIssue[]): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const nearest = issue.errors.reduce((best, member) => (member.length < best.length ? member : best));
    return flatten(nearest).map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
  });
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.replace(/:$/, '') ?? message;
}
