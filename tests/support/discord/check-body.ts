// Checks every body that the bot sends: against Discord's OpenAPI document, and against limits that the document lacks.
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** The document's path is in `DISCORD_OPENAPI`. */
const DOCUMENT = process.env.DISCORD_OPENAPI;

/** Why bodies are not checked against the document, or undefined where they are. */
export const openApiSkipped =
  DOCUMENT === undefined
    ? "DISCORD_OPENAPI names no file: bodies are checked against the documented limits only, not against Discord's OpenAPI document"
    : undefined;

interface OpenApi {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { requestBody?: { content: Record<string, object> } }>>>
  >;
}

let ajv: { document: OpenApi; engine: Ajv2020 } | undefined;
const validators = new Map<string, ValidateFunction | undefined>();

/** What is wrong with a body: one sentence each, empty where nothing is. `path` is the document's, with `{channel_id}`. */
export function checkBody(method: string, path: string, body: unknown): string[] {
  return [...openApi(method, path, body), ...limits(path, body)].map(
    (fault) => `${method} ${path}: ${fault}`,
  );
}

function openApi(method: string, path: string, body: unknown): string[] {
  if (DOCUMENT === undefined) return [];
  const key = `${method.toLowerCase()} ${path}`;
  if (!validators.has(key)) validators.set(key, compile(method.toLowerCase(), path));
  const validate = validators.get(key);
  if (validate === undefined) return body === undefined ? [] : ['the document knows no body here'];
  if (validate(body)) return [];
  return (validate.errors ?? [])
    .slice(0, 5)
    .map((error) => `${error.instancePath || 'the body'} ${error.message}`);
}

function compile(method: string, path: string): ValidateFunction | undefined {
  if (ajv === undefined) {
    const document = JSON.parse(readFileSync(DOCUMENT as string, 'utf8')) as OpenApi;
    const engine = new Ajv2020({ strict: false, allErrors: false });
    (addFormats as unknown as (engine: Ajv2020) => void)(engine);
    for (const format of ['snowflake', 'nonce']) engine.addFormat(format, true);
    engine.addSchema(document as object, 'discord');
    ajv = { document, engine };
  }
  const content = ajv.document.paths[path]?.[method]?.requestBody?.content;
  if (content?.['application/json'] === undefined) return undefined;
  const pointer = ['paths', path, method, 'requestBody', 'content', 'application/json', 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  return ajv.engine.compile({ $ref: `discord#/${pointer}` });
}

type Any = Record<string, unknown>;
const list = (value: unknown): Any[] => (Array.isArray(value) ? (value as Any[]) : []);
const size = (value: unknown): number => (typeof value === 'string' ? [...value].length : 0);

function limits(path: string, body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  if (path.includes('/commands')) return commandLimits(body);
  const data = (path.endsWith('/callback') ? ((body as Any).data ?? {}) : body) as Any;
  const type = path.endsWith('/callback') ? (body as Any).type : undefined;
  if (type === 9) return modalLimits(data);
  if (type === 8) {
    const bad = list(data.choices).filter(
      (c) => size(c.name) < 1 || size(c.name) > 100 || size(c.value) > 100,
    );
    return [
      ...(list(data.choices).length > 25 ? ['more than 25 suggestions'] : []),
      ...(bad.length > 0 ? ['a suggestion outside 1 to 100 characters'] : []),
    ];
  }
  if (path.endsWith('/threads'))
    return size(data.name) > 100 || size(data.name) < 1 ? ['a thread title'] : [];
  return 'embeds' in data || 'content' in data || 'components' in data ? messageLimits(data) : [];
}

function messageLimits(data: Any): string[] {
  const faults: string[] = [];
  if (size(data.content) > 2_000) faults.push('more than 2000 characters of content');
  const embeds = list(data.embeds);
  const total = embeds.reduce((sum, embed) => {
    const fields = list(embed.fields);
    if (fields.length > 25) faults.push('more than 25 fields');
    for (const { name, value } of fields) {
      if (size(name) < 1 || size(name) > 256) faults.push('a field name outside 1 to 256 characters');
      if (size(value) < 1 || size(value) > 1_024) faults.push('a field value outside 1 to 1024 characters');
    }
    if (size(embed.title) > 256) faults.push('a title of more than 256 characters');
    if (size(embed.description) > 4_096) faults.push('a description of more than 4096 characters');
    const parts = [embed.title, embed.description, (embed.footer as Any)?.text, (embed.author as Any)?.name];
    const texts = [...parts, ...fields.flatMap(({ name, value }) => [name, value])];
    return sum + texts.reduce((n: number, text) => n + size(text), 0);
  }, 0);
  if (total > 6_000) faults.push(`${total} characters of embeds, more than 6000`);
  const rows = list(data.components);
  if (rows.length > 5) faults.push('more than 5 rows');
  const buttons = rows.flatMap((row) => list(row.components));
  if (rows.some((row) => list(row.components).length > 5)) faults.push('more than 5 buttons in a row');
  const ids = buttons.map((button) => button.custom_id);
  if (new Set(ids).size !== ids.length) faults.push('a custom_id twice');
  if (ids.some((id) => size(id) < 1 || size(id) > 100))
    faults.push('a custom_id outside 1 to 100 characters');
  if (buttons.some((button) => size(button.label) < 1 || size(button.label) > 80))
    faults.push('a button label');
  const mentions = data.allowed_mentions as Any | undefined;
  if (
    mentions === undefined ||
    list(mentions.parse).length > 0 ||
    'users' in mentions ||
    'roles' in mentions
  ) {
    faults.push('allowed_mentions is not empty: somebody could be alerted');
  }
  const empty = embeds.length === 0 && size(data.content) === 0 && list(data.attachments).length === 0;
  if (empty) faults.push('an empty message');
  return faults;
}

function modalLimits(data: Any): string[] {
  const parts = list(data.components);
  const inner = parts.flatMap((part) =>
    part.component === undefined ? list(part.components) : [part.component as Any],
  );
  return [
    ...(size(data.title) < 1 || size(data.title) > 45 ? ['a modal title outside 1 to 45 characters'] : []),
    ...(parts.length < 1 || parts.length > 5 ? ['a modal has 1 to 5 parts'] : []),
    ...(size(data.custom_id) > 100 ? ['a custom_id of more than 100 characters'] : []),
    ...(parts.some((part) => size(part.label) > 45 || size(part.description) > 100) ? ['a modal label'] : []),
    ...(inner.some((part) => list(part.options).length > 25) ? ['more than 25 options'] : []),
  ];
}

function commandLimits(body: object): string[] {
  const commands = list(body);
  const names = commands.map((command) => `${command.type ?? 1} ${command.name}`);
  return [
    ...(new Set(names).size !== names.length ? ['a command twice'] : []),
    ...(commands.filter((command) => (command.type ?? 1) === 1).length > 100
      ? ['more than 100 commands']
      : []),
    ...commands.flatMap((command) => optionFaults(command, String(command.name))),
  ];
}

function optionFaults(holder: Any, path: string): string[] {
  const options = list(holder.options);
  const firstOptional = options.findIndex((option) => option.required !== true);
  const lastRequired = options.findLastIndex((option) => option.required === true);
  return [
    ...(options.length > 25 ? [`${path} has more than 25 options`] : []),
    ...(firstOptional !== -1 && lastRequired > firstOptional
      ? [`${path} has a required option after others`]
      : []),
    ...options.flatMap((option) => [
      ...(/^[-_\p{Ll}\p{N}]{1,32}$/u.test(String(option.name))
        ? []
        : [`${path} has an option ${option.name}`]),
      ...(size(option.description) < 1 || size(option.description) > 100
        ? [`${path} ${option.name}: description`]
        : []),
      ...(list(option.choices).length > 25 ? [`${path} ${option.name}: more than 25 choices`] : []),
      ...(option.autocomplete === true && list(option.choices).length > 0
        ? [`${path} ${option.name}: both`]
        : []),
      ...optionFaults(option, `${path} ${option.name}`),
    ]),
  ];
}
