// Removes secrets from what is logged: by value, by the name of a field, and by the shape of well-known tokens.

const HIDDEN = '[redacted]';
const SECRET_FIELD =
  /token|secret|passw|authorization|cookie|credential|signature|encryption_?key|api_?key|private_?key/i;
/**
 * Tokens that arrive while the bot runs (installations) and so are not known by value, and passwords in addresses. The
 * examples of messages (`xoxb-your-bot-token`) are no secrets, and useless when hidden.
 */
const SHAPES: readonly [RegExp, string][] = [
  [/\bx(?:ox[a-z]|app)(?:\.xox[a-z])?-(?!your-)[\w-]{6,}/g, HIDDEN],
  [/\b(Bearer|Bot) [\w.~+/-]{12,}=*/g, `$1 ${HIDDEN}`],
  [/(\w:\/\/[^\s:@/]*:)[^\s@/]+@/g, `$1${HIDDEN}@`],
];
/** Shorter values would blot out ordinary words. */
const SHORTEST = 6;
const DEEPEST = 8;

export interface Redaction {
  /** The text without any secret. */
  text(text: string): string;
  /** A copy of the fields, safe to serialise: secrets hidden, errors as data, cycles and depth cut. */
  fields(fields: object): Record<string, unknown>;
}

/** Redaction for these secret values, on top of what names and shapes give away. */
export function createRedaction(secrets: readonly string[]): Redaction {
  const values = [...new Set(secrets.filter((value) => value.length >= SHORTEST))].sort(
    (a, b) => b.length - a.length,
  );
  const text = (given: string): string => {
    const known = values.reduce((result, value) => result.replaceAll(value, HIDDEN), given);
    return SHAPES.reduce((result, [shape, instead]) => result.replace(shape, instead), known);
  };
  const entries = (from: object, depth: number, above: readonly object[]): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(from).map(([name, value]) => [
        text(name),
        SECRET_FIELD.test(name) && hasContent(value) ? HIDDEN : copy(value, depth + 1, above),
      ]),
    );
  const copy = (value: unknown, depth: number, above: readonly object[]): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'bigint') return value.toString();
    if (typeof value !== 'object' || value === null) return value;
    if (above.includes(value)) return '[circular]';
    if (depth > DEEPEST) return '[deep]';
    const path = [...above, value];
    if (value instanceof Error) return errorFields(value, depth, path);
    if (value instanceof Uint8Array) return `[${value.length} bytes]`;
    if (value instanceof Map || value instanceof Set) return copy([...value], depth, above);
    if (value instanceof Date || value instanceof URL) return text(String(value));
    if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1, path));
    return entries(value, depth, path);
  };
  const errorFields = (error: Error, depth: number, above: readonly object[]): Record<string, unknown> => ({
    ...entries(error, depth, above),
    type: error.name,
    message: text(error.message),
    ...(error.stack && { stack: text(error.stack) }),
    ...(error.cause !== undefined && { cause: copy(error.cause, depth + 1, above) }),
  });
  return { text, fields: (fields) => entries(fields, 0, [fields]) };
}

/** Counts and flags under a secret-looking name (`tokens: 3`) tell nothing and stay readable. */
function hasContent(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null);
}
