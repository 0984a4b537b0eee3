import { ConfigError, toError } from '../src/errors.ts';

/** Wrong flags or arguments: the text says what is expected. */
export class UsageError extends Error {}

/** Runs a command: 0 done, 1 failed or gate not met, 2 wrong usage or configuration. */
export function runCommand(main: () => Promise<number>): void {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const isOperators =
        error instanceof ConfigError || error instanceof UsageError || isParseArgsError(error);
      process.stderr.write(`${toError(error).message}\n`);
      process.exitCode = isOperators ? 2 : 1;
    },
  );
}

function isParseArgsError(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
