// Puts the files of data/ together: what `npm run build` compiles into one JSON file and `load` reads.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { z } from 'zod';
import { findDeadReferences } from './dead-references.ts';
import type { ClassifierModel } from './lookup/control-classifier.ts';
import type { LookupTables } from './lookup/tables.ts';
import { DataError, readYaml } from './read-yaml.ts';
import {
  type AliasesData,
  aliasesSchema,
  type ControlData,
  controlsSchema,
  type LanguageData,
  languageSchema,
  type ModelData,
  modelsSchema,
  type QuestionsData,
  questionsSchema,
  type ServiceData,
  serviceSchema,
} from './schema.ts';

/** All of data/, checked: what the compiled file holds. */
export interface KnowledgeData {
  readonly services: readonly ServiceData[];
  readonly controls: readonly ControlData[];
  readonly models: readonly ModelData[];
  readonly aliases: AliasesData;
  readonly language: LanguageData;
  readonly topics: readonly QuestionsData[];
  /** Ordinary English words: neither misspelt nor the name of something unknown. */
  readonly words: readonly string[];
  /** Trained from the wordings by the build; no look-up goes without it. */
  readonly classifier?: ClassifierModel;
  /** What the lookup computes from the rest; without it, that is done at the start. */
  readonly tables?: LookupTables;
}

/** Reads and checks all of data/. Throws one DataError that lists the problems of all files, not of the first alone. */
export function compileData(folder: string): KnowledgeData {
  const problems: string[] = [];
  const data: KnowledgeData = {
    services: readAll('services', serviceSchema),
    controls: readOne('controls.yaml', controlsSchema)?.controls ?? [],
    models: readOne('models.yaml', modelsSchema)?.models ?? [],
    aliases: readOne('aliases.yaml', aliasesSchema) ?? emptyAliases,
    language: readOne('language.yaml', languageSchema) ?? emptyLanguage,
    topics: readAll('questions', questionsSchema),
    words: readFileSync(join(folder, 'words.txt'), 'utf8').split('\n').filter(Boolean),
  };
  if (problems.length === 0) problems.push(...findDeadReferences(data));
  if (problems.length > 0) throw new DataError(problems);
  return data;

  function readOne<T>(file: string, schema: z.ZodType<T>): T | undefined {
    const path = join(folder, file);
    try {
      return readYaml(path, schema, join('data', relative(folder, path)));
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  }

  function readAll<T>(subfolder: string, schema: z.ZodType<T>): T[] {
    const files = readdirSync(join(folder, subfolder)).filter((file) => file.endsWith('.yaml'));
    return files.sort().flatMap((file) => readOne(join(subfolder, file), schema) ?? []);
  }
}

const emptyAliases: AliasesData = {
  ambiguous: [],
  parts: [],
  combinations: [],
  variants: [],
  common_words: [],
  foreign: [],
  vendors: [],
};
const emptyLanguage: LanguageData = { synonyms: [], fillers: [], courtesies: [] };
