// A log that is silent until something is wrong.
import type { Log } from '../../../src/core/ports.ts';

export const alarmLog: Log = {
  debug() {},
  info() {},
  warn: (fields, message) => void process.stderr.write(`warn ${message} ${JSON.stringify(fields)}\n`),
  error: (fields, message) =>
    void process.stderr.write(`error ${message} ${(fields as { err?: Error }).err?.stack ?? ''}\n`),
};
