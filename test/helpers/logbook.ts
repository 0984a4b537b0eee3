import type { LogFields, Logger, LogLevel } from '../../src/log.ts';

export interface Logbook extends Logger {
  lines: { level: LogLevel; message: string; fields: LogFields }[];
  of(level: LogLevel): string[];
}

/** A logger that only remembers. */
export function createLogbook(): Logbook {
  const lines: Logbook['lines'] = [];
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      lines.push({ level, message, fields });
    };
  const logbook: Logbook = {
    lines,
    of: (level) => lines.filter((line) => line.level === level).map(({ message }) => message),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => logbook,
  };
  return logbook;
}
