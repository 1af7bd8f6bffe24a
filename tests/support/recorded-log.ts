// A log that a test can read.
import type { Log } from '../../src/core/ports.ts';

export interface RecordedLog extends Log {
  /** The messages of a level, oldest first. */
  messages(level: 'warn' | 'error' | 'info'): string[];
}

export function recordedLog(): RecordedLog {
  const lines: { level: string; message: string }[] = [];
  const keep = (level: string) => (_: object, message: string) => void lines.push({ level, message });
  return {
    debug: keep('debug'),
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
    messages: (level) => lines.filter((line) => line.level === level).map(({ message }) => message),
  };
}
