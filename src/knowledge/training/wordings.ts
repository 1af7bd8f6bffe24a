// Reads data/wordings and data/frames.yaml: how people put each control, and how they ask for somebody.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DataError, readYaml } from '../read-yaml.ts';

const line = z.string().trim().min(1);

export const wordingsSchema = z
  .record(z.string(), z.array(line).min(1))
  .describe('control id, or "none" for texts about no control → wordings; {service} stands for any service');

export const framesSchema = z.strictObject({
  frames: z.array(line.refine((text) => text.includes('{matter}'), 'must contain {matter}')).min(1),
});

export interface Wordings {
  /** Texts of each control; `null` holds texts about none. */
  readonly byControl: ReadonlyMap<string | null, readonly string[]>;
  /** Questions around a matter: "who is responsible for {matter}?". */
  readonly frames: readonly string[];
}

/** Throws one DataError that lists the problems of all files; `controls` are the ids that exist. */
export function readWordings(dataFolder: string, controls: readonly string[]): Wordings {
  const problems: string[] = [];
  const byControl = new Map<string | null, string[]>();
  const known = new Set([...controls, 'none']);
  const folder = join(dataFolder, 'wordings');
  for (const file of readdirSync(folder).sort()) {
    const shownAs = `data/wordings/${file}`;
    for (const [id, texts] of Object.entries(read(join(folder, file), wordingsSchema, shownAs) ?? {})) {
      if (!known.has(id)) problems.push(`${shownAs}: control "${id}" does not exist`);
      const key = id === 'none' ? null : id;
      byControl.set(key, [...(byControl.get(key) ?? []), ...texts]);
    }
  }
  const frames = read(join(dataFolder, 'frames.yaml'), framesSchema, 'data/frames.yaml')?.frames ?? [];
  if (problems.length > 0) throw new DataError(problems);
  return { byControl, frames };

  function read<T>(path: string, schema: z.ZodType<T>, shownAs: string): T | undefined {
    try {
      return readYaml(path, schema, shownAs);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  }
}
