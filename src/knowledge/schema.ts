// The only schema of data/: what each YAML file may say. data/schema/*.json is generated from it.
import { z } from 'zod';

const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');
const line = z.string().min(1);
const url = z.url({ protocol: /^https$/, error: 'must be an https address' });
const day = z.iso.date({ error: 'must be a date such as 2026-11-24' });

export const ownerSchema = z.enum(['aws', 'customer', 'shared']);
const rulingOwnerSchema = z.enum(['aws', 'customer', 'shared', 'not-applicable']);
export const modelIdSchema = z.enum([
  'iaas',
  'container',
  'managed',
  'serverless',
  'saas',
  'on-premises',
  'tooling',
]);

const groundsSchema = z
  .enum(['stated', 'derived', 'remembered'])
  .describe(
    'stated: read in the source; derived: follows from the class; remembered: from memory, not re-read',
  );

const rulingSchema = z
  .strictObject({
    control: id.describe('id of a control in controls.yaml'),
    owner: rulingOwnerSchema,
    condition: line.optional().describe('the ruling holds only then, e.g. "custom AMI"'),
    said: z
      .array(line)
      .optional()
      .describe('how a question says the condition; any one of them selects the ruling'),
    according_to: line.optional().describe('a good source that counts differently; shown beside the ruling'),
    aws: line.optional().describe("AWS's half; the control's own words if left out"),
    customer: line.optional().describe("the customer's half; the control's own words if left out"),
    why: line.optional().describe('one line; the reason of the control if left out'),
    source: url
      .optional()
      .describe("where it is stated; the control's source and the service's docs if left out"),
    checked_on: day.describe('the day somebody last compared this with its source'),
    as_of: line.optional().describe("how old the source's text was then"),
    grounds: groundsSchema,
    confidence: z.enum(['medium']).optional().describe('set where the source leaves room for doubt'),
  })
  .refine((ruling) => ruling.condition === undefined || (ruling.said?.length ?? 0) > 0, {
    error: 'a ruling with a condition needs "said": the words by which a question names it',
    path: ['said'],
  });

export const serviceSchema = z.strictObject({
  id,
  name: line,
  aliases: z.array(line),
  former_names: z.array(line),
  category: line,
  model: modelIdSchema,
  why: line.describe('why the service belongs to its model'),
  status: z.enum(['active', 'retired']),
  lifecycle: z.strictObject({
    stage: z.enum([
      'generally-available',
      'closed-to-new-customers',
      'end-of-support-announced',
      'ended',
      'see-note',
    ]),
    date: line.optional(),
    note: line.optional(),
    grounds: groundsSchema.optional(),
  }),
  replacements: z.array(id).optional().describe('services that AWS recommends instead'),
  usage: z.int().min(0).max(100).optional().describe('how often people ask for it; ranks suggestions'),
  docs: url.optional().describe("the service's security or user guide"),
  rulings: z.array(rulingSchema),
});

const reasonsSchema = z.partialRecord(rulingOwnerSchema, line);

export const controlsSchema = z.strictObject({
  controls: z.array(
    z.strictObject({
      id,
      name: line,
      layer: z.enum([
        'facility',
        'hardware',
        'host',
        'virtualization',
        'network',
        'platform',
        'application',
        'identity',
        'data',
        'resilience',
        'operations',
        'governance',
      ]),
      category: z.enum(['inherited', 'shared', 'customer-specific']),
      category_note: line.optional(),
      description: line,
      owner_by_model: z.record(modelIdSchema, rulingOwnerSchema),
      owner_without_service: z.enum(['aws', 'customer', 'shared', 'depends']),
      mechanism: z
        .literal(true)
        .optional()
        .describe('AWS provides the means and the customer uses them: "who provides …" is answered with AWS'),
      with_service: z
        .array(id)
        .optional()
        .describe(
          'the controls that may be meant once a service is named: the first that it has a ruling for',
        ),
      as_a_whole: z
        .array(line)
        .optional()
        .describe('words with which the control itself is meant, although a service is named'),
      everything: z
        .literal(true)
        .optional()
        .describe('about all duties at once: on a named service it is answered with a summary of it'),
      aws: line.describe("AWS's half in general"),
      customer: line.describe("the customer's half in general"),
      why: reasonsSchema.optional().describe('one line for each owner that the control can have'),
      source: url,
      checked_on: day,
      grounds: groundsSchema,
      notes: line.optional(),
      phrasings: z.array(line).min(1).describe('ways to say it; each belongs to one control'),
    }),
  ),
});

export const modelsSchema = z.strictObject({
  models: z.array(
    z.strictObject({
      id: modelIdSchema,
      label: line.describe('the name shown to people'),
      cloud_model: line,
      phrase: line.describe('completes "Amazon X is …"'),
      definition: line,
      test: line.describe('the question that tells whether a service belongs here'),

      said: z.array(line).describe('how a question names this kind of service'),
      examples: z.array(id),
    }),
  ),
});

export const aliasesSchema = z.strictObject({
  ambiguous: z.array(
    z.strictObject({
      alias: line,
      candidates: z.array(id).min(1),
      default: id.optional().describe('taken when nothing else in the question decides'),
      generic: z
        .literal(true)
        .optional()
        .describe('a plain word: used only where no service is named otherwise'),
      note: line.optional(),
    }),
  ),
  parts: z
    .array(line)
    .describe('aliases of things that other services use: beside another service they are not the subject'),
  combinations: z
    .array(z.strictObject({ of: z.array(id).length(2), is: id }))
    .describe('two services named together that mean a third: EKS with Fargate'),
  variants: z
    .array(z.strictObject({ of: id, is: id, said: z.array(line).min(1) }))
    .describe('a service and words near its name that mean another: "the serverless flavour of Aurora"'),
  common_words: z
    .array(line)
    .describe('aliases that are plain English too: they need a capital or a sign of AWS'),
  vendors: z.array(line).describe('others too, but beside an AWS service they are only what it works with'),
  foreign: z.array(line).describe('products of others: never answered, whatever else the question says'),
});

/** How questions are worded: what the lookup knows of English beyond names and phrasings. */
export const languageSchema = z.strictObject({
  synonyms: z
    .array(z.strictObject({ say: line, for: z.array(line).min(1) }))
    .describe('"for" is read as "say", in questions and phrasings alike'),
  fillers: z.array(line).describe('words that say nothing about the matter'),
  courtesies: z.array(line).describe('what people say around a question: left out before it is read'),
});

const plainQuestion = z
  .strictObject({
    id,
    difficulty: z.enum(['easy', 'medium', 'hard']),
    text: line,
    choices: z.array(line).min(2).max(5),
    answer: z.int().min(0).describe('index of the right choice, from 0'),
    why: line,
    source: url,
  })
  .refine((question) => question.answer < question.choices.length, {
    error: 'must be the index of one of the choices, counted from 0',
    path: ['answer'],
  });

const rulingQuestion = z.strictObject({
  id,
  difficulty: z.enum(['easy', 'medium', 'hard']),
  text: line.optional(),
  ruling: z.strictObject({ service: id, control: id }),
});

export const questionsSchema = z.strictObject({
  topic: id,
  title: line,
  questions: z.array(z.union([plainQuestion, rulingQuestion])).min(1),
});

export type Owner = z.infer<typeof ownerSchema>;
export type RulingOwner = z.infer<typeof rulingOwnerSchema>;
export type ModelId = z.infer<typeof modelIdSchema>;
export type Grounds = z.infer<typeof groundsSchema>;
export type ServiceData = z.infer<typeof serviceSchema>;
export type RulingData = z.infer<typeof rulingSchema>;
export type ControlData = z.infer<typeof controlsSchema>['controls'][number];
export type ModelData = z.infer<typeof modelsSchema>['models'][number];
export type AliasesData = z.infer<typeof aliasesSchema>;
export type LanguageData = z.infer<typeof languageSchema>;
export type QuestionsData = z.infer<typeof questionsSchema>;
