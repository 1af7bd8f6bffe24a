// The log of a subcommand that ends by itself: only warnings, unless LOG_LEVEL asks for more.
import { readValues, secretsOf } from '../config/read-config.ts';
import type { Log } from '../core/ports.ts';
import { createLog } from '../logging/create-log.ts';
import { type CliIo, environmentOf } from './cli-io.ts';

export async function commandLog(io: CliIo): Promise<Log> {
  const env = environmentOf(io);
  const values = readValues(env);
  return createLog({
    level: env.LOG_LEVEL?.trim() ? values.LOG_LEVEL : 'warn',
    ...(values.LOG_FORMAT && { format: values.LOG_FORMAT }),
    secrets: secretsOf(env),
    output: io.stderr,
  });
}
