// The log: pino to standard error, secrets redacted before anything is serialised.
import { type DestinationStream, pino } from 'pino';
import type { Log } from '../core/ports.ts';
import { createRedaction } from './redact.ts';

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Unset: pretty on a terminal, else json. */
  readonly format?: 'json' | 'pretty';
  /** Secret values; none of them appears in a line, whatever field it is in. */
  readonly secrets: readonly string[];
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Lines are written at once, so that the last one before an exit is not lost. */
export async function createLog(options: LogOptions): Promise<Log> {
  const { level, secrets, output } = options;
  const format = options.format ?? (output.isTTY ? 'pretty' : 'json');
  const redaction = createRedaction(secrets);
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // Errors are already data when pino sees them; its own serialisers would take them for something else.
      serializers: { err: (value: unknown) => value },
    },
    format === 'pretty' ? await prettyStream(output) : output,
  );
  const write =
    (severity: 'debug' | 'info' | 'warn' | 'error') =>
    (fields: object, message: string): void => {
      if (logger.isLevelEnabled(severity))
        logger[severity](redaction.fields(fields), redaction.text(message));
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

async function prettyStream(
  output: NodeJS.WritableStream & { readonly isTTY?: boolean },
): Promise<DestinationStream> {
  const { prettyFactory } = await import('pino-pretty');
  const pretty = prettyFactory({ colorize: output.isTTY === true, ignore: 'pid,hostname' });
  return { write: (line: string) => void output.write(pretty(line)) };
}
