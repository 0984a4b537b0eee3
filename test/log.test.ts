import { expect, test } from 'vitest';
import { ConfigError, InvariantError, VendorUnreachable } from '../src/errors.ts';
import { createLogger, type LoggerOptions } from '../src/log.ts';

function createLog(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const clock = { now: () => Date.UTC(2026, 0, 2, 3, 4, 5) };
  const log = createLogger({ level: 'info', write: (line) => lines.push(line), clock, ...options });
  return { log, lines, records: () => lines.map((line) => JSON.parse(line)) };
}

test('writes one JSON object per line with time, level, message and fields', () => {
  const { log, lines } = createLog();
  log.info('answered', { ms: 12, cached: false, version: null, absent: undefined });
  expect(lines).toEqual([
    '{"time":"2026-01-02T03:04:05.000Z","level":"info","message":"answered","ms":12,"cached":false,"version":null}\n',
  ]);
});

test('drops what is below its level', () => {
  const { log, records } = createLog({ level: 'warn' });
  for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](level);
  expect(records().map((record) => record.level)).toEqual(['warn', 'error']);
});

test('adds the fields of a child to each of its records, and to no other', () => {
  const { log, records } = createLog();
  const child = log.child({ question: 'q1' }).child({ step: 'verify' });
  child.info('a', { step: 'decide' });
  log.info('b');
  expect(records()[0]).toMatchObject({ question: 'q1', step: 'decide' });
  expect(Object.keys(records()[1])).toEqual(['time', 'level', 'message']);
});

test('redacts message, fields, error texts and whatever is named like a credential', () => {
  const { log, lines } = createLog();
  log.error('bad xoxb-1-secretpart', {
    url: 'https://hooks.slack.com/actions/secretpart',
    accessToken: 'secretpart',
    inputTokens: 42,
    error: new VendorUnreachable('Slack', 'Bearer secretpart', new Error('sk-secretpart')),
  });
  expect(lines[0]).not.toContain('secretpart');
  expect(lines[0]).toContain('"inputTokens":42');
});

test('never lets a field replace time, level or message', () => {
  const { log, records } = createLog();
  log.info('real', { message: 'forged', level: 'error', time: 'never' });
  expect(records()[0]).toMatchObject({ message: 'real', level: 'info', time: '2026-01-02T03:04:05.000Z' });
});

test('tells code, retry and causes of our errors, and the stack of those nobody expected', () => {
  const { log, records } = createLog();
  log.error('a', { error: new VendorUnreachable('Slack', 'timeout', new Error('ECONNRESET')) });
  log.error('b', { error: new InvariantError('two answers') });
  log.error('c', { error: new TypeError('x is undefined') });
  const [vendor, invariant, defect] = records();
  expect(vendor).toMatchObject({ errorCode: 'vendor_unreachable', errorRetry: 'later' });
  expect(vendor.error).toContain('ECONNRESET');
  expect(vendor).not.toHaveProperty('errorStack');
  expect(invariant.errorStack).toContain('log.test.ts');
  expect(defect.errorStack).toContain('log.test.ts');
});

test('survives an error that causes itself', () => {
  const { log, records } = createLog();
  const error = new ConfigError(['x']);
  Object.assign(error, { cause: error });
  log.error('circle', { error });
  expect(records()[0].error).toContain('ConfigError: x');
});

test('cuts a long text after redacting it, so that no half token stays', () => {
  const { log, records } = createLog();
  log.info('long', { text: `${'a '.repeat(995)}xoxb-1234567890-${'b'.repeat(5000)}` });
  expect(records()[0].text.length).toBeLessThan(2050);
  expect(records()[0].text).not.toContain('xoxb-12');
});

test('shows the kind of a value that is none of the allowed ones, never its content', () => {
  const { log, lines } = createLog();
  log.info('event', { payload: { text: 'private' } as unknown as string });
  expect(lines[0]).toContain('"payload":"[object]"');
});

test('prints a readable line whose message cannot forge another one', () => {
  const { log, lines } = createLog({ pretty: true });
  log.warn('first\n\u001b[2K second', { reason: 'a\nb' });
  expect(lines).toEqual(['03:04:05 warn  first [2K second reason="a\\nb"\n']);
});
