import { LogLevel, type Logger as SlackLogger } from '@slack/logger';
import type { Logger } from '../log.ts';

/** Slack's libraries print whole payloads at debug level, so their debug and info never reach our log. */
export function toSlackLogger(log: Logger | undefined): SlackLogger {
  const text = (parts: unknown[]) => parts.map(String).join(' ');
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts: unknown[]) => log?.warn(text(parts)),
    error: (...parts: unknown[]) => log?.error(text(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
