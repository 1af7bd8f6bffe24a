// The process's environment with `.env` beneath it: a variable set for real always wins over the file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigurationError } from '../core/errors.ts';
import type { Environment } from './read-config.ts';

/** Reads `.env` in `folder`, where there is one. The given environment is left as it is. */
export function loadEnvironment(folder: string, env: Environment): Environment {
  return { ...readFile(join(folder, '.env')), ...env };
}

function readFile(path: string): Environment {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return {};
    throw new ConfigurationError(
      `${path} cannot be read (${code ?? 'unknown error'}): make it a readable file like .env.example, or remove it`,
    );
  }
}
