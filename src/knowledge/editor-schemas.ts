// JSON Schemas for editors, generated from the zod schema, so that the two cannot drift apart.
import { z } from 'zod';
import {
  aliasesSchema,
  controlsSchema,
  languageSchema,
  modelsSchema,
  questionsSchema,
  serviceSchema,
} from './schema.ts';
import { framesSchema, wordingsSchema } from './training/wordings.ts';

/** File name in data/schema → content. */
export function editorSchemas(): Record<string, string> {
  const schemas = {
    'service.schema.json': serviceSchema,
    'controls.schema.json': controlsSchema,
    'models.schema.json': modelsSchema,
    'aliases.schema.json': aliasesSchema,
    'language.schema.json': languageSchema,
    'questions.schema.json': questionsSchema,
    'wordings.schema.json': wordingsSchema,
    'frames.schema.json': framesSchema,
  };
  return Object.fromEntries(
    Object.entries(schemas).map(([file, schema]) => [
      file,
      `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-7' }), null, 2)}\n`,
    ]),
  );
}
