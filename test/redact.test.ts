import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { redact } from '../src/redact.ts';

test.each([
  ['a bot token', 'token xoxb-12-34-AbCd rejected', 'token [redacted] rejected'],
  ['an app token', 'xapp-1-A01-22-ff', '[redacted]'],
  ['a rotated token', 'xoxe.xoxb-1-abcdef', '[redacted]'],
  ['a model key', 'key sk-ant-api03-Ab_Cd-99 is wrong', 'key [redacted] is wrong'],
  ['a bearer header', 'authorization: Bearer abc.def.ghi', 'authorization: Bearer [redacted]'],
  [
    'a response address',
    'POST https://hooks.slack.com/actions/T1/2/abc failed',
    'POST https://hooks.slack.com/[redacted] failed',
  ],
  ['a password in an address', 'postgres://bot:s3cret@db.example/x', 'postgres://[redacted]@db.example/x'],
  ['a named value', 'https://x.example/?api_key=abcdef12&a=1', 'https://x.example/?api_key=[redacted]&a=1'],
  ['a JSON value', '{"token":"abcdef12","a":1}', '{"token":"[redacted]","a":1}'],
  ['a mail address', 'from jo.doe+x@mail.example.com today', 'from [email] today'],
])('removes %s', (_what, text, expected) => {
  expect(redact(text)).toBe(expected);
});

test('leaves ordinary support text as it is', () => {
  const text =
    'How do I reset my password? See https://docs.example.com/tokens#api-key (step 3), task-12345678.';
  expect(redact(text)).toBe(text);
});

test('takes linear time on long hostile text', () => {
  const started = performance.now();
  for (const piece of ['a', 'a@', 'xoxb', '://:', 'token=', 'a.'])
    redact(piece.repeat(200_000 / piece.length));
  expect(performance.now() - started).toBeLessThan(2000);
});
