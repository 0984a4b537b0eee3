import { CountersignError } from './errors.ts';
import type { Clock } from './ports.ts';
import { redact } from './redact.ts';
import { REDACTED } from './secret.ts';

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Plain values only: a whole Slack event or customer record in a log is a leak nobody intended. */
export type LogFields = Record<string, string | number | boolean | null | undefined | Error>;

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds `fields` to every record. */
  child(fields: LogFields): Logger;
}

/** Enough for any message of ours; what is longer is a document that does not belong into a log. */
const MAX_CHARACTERS = 2000;
const SECRET_NAME = /(token|secret|password|authorization|api_?key|cookie)$/i;

type Plain = string | number | boolean | null;
type Line = [key: string, value: Plain][];

export interface LoggerOptions {
  level: LogLevel;
  /** Takes one finished line with its line feed; default: stderr. */
  write?: (line: string) => void;
  clock?: Pick<Clock, 'now'>;
  /** For people instead of machines; default: stderr is a terminal. */
  pretty?: boolean;
}

/** One JSON object per line, or a readable line on a terminal. Every text passes `redact`. */
export function createLogger(options: LoggerOptions): Logger {
  const write = options.write ?? ((line) => void process.stderr.write(line));
  const clock = options.clock ?? { now: () => Date.now() };
  const pretty = options.pretty ?? (options.write === undefined && process.stderr.isTTY === true);
  const lowest = LOG_LEVELS.indexOf(options.level);

  const withFields = (always: LogFields): Logger => {
    const at =
      (level: LogLevel) =>
      (message: string, fields: LogFields = {}) => {
        if (LOG_LEVELS.indexOf(level) < lowest) return;
        const time = new Date(clock.now()).toISOString();
        const text = clean(message);
        const line = plainFields({ ...always, ...fields });
        write(pretty ? prettyLine(time, level, text, line) : jsonLine(time, level, text, line));
      };
    return {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      child: (fields) => withFields({ ...always, ...fields }),
    };
  };
  return withFields({});
}

function jsonLine(time: string, level: LogLevel, message: string, line: Line): string {
  const head = { time, level, message };
  return `${JSON.stringify(Object.assign({ ...head }, Object.fromEntries(line), head))}\n`;
}

function prettyLine(time: string, level: LogLevel, message: string, line: Line): string {
  const oneLine = message.replace(/\p{Cc}+/gu, ' ');
  const shown = line.map(([key, value]) => ` ${key}=${JSON.stringify(value)}`).join('');
  return `${time.slice(11, 19)} ${level.padEnd(5)} ${oneLine}${shown}\n`;
}

function plainFields(fields: LogFields): Line {
  return Object.entries(fields).flatMap(([key, value]): Line => {
    if (value === undefined) return [];
    if (value instanceof Error) return errorFields(key, value);
    if (typeof value === 'string') return [[key, SECRET_NAME.test(key) ? REDACTED : clean(value)]];
    // A caller that got round the types must not get an object into the log either.
    if (value === null || typeof value === 'number' || typeof value === 'boolean') return [[key, value]];
    return [[key, `[${typeof value}]`]];
  });
}

function errorFields(key: string, error: Error): Line {
  const fields: Line = [[key, clean(describe(error))]];
  if (error instanceof CountersignError)
    fields.push([`${key}Code`, error.code], [`${key}Retry`, error.retry]);
  const expected = error instanceof CountersignError && error.code !== 'invariant';
  if (!expected && error.stack) fields.push([`${key}Stack`, clean(error.stack)]);
  return fields;
}

/** Name and message of the error and of what caused it, up to four deep (a cause can be a circle). */
function describe(error: Error): string {
  const parts: string[] = [];
  for (let at: unknown = error; at instanceof Error && parts.length < 4; at = at.cause) {
    parts.push(`${at.name}: ${at.message}`);
  }
  return parts.join(' <- ');
}

/** Redacts before it cuts: half a token would no longer look like one. */
function clean(text: string): string {
  const safe = redact(text);
  const extra = safe.length - MAX_CHARACTERS;
  return extra > 0 ? `${safe.slice(0, MAX_CHARACTERS)}… (+${extra} characters)` : safe;
}
