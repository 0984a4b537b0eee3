import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createSecret } from '../src/secret.ts';

const secret = createSecret('xoxb-real-thing');

test('shows [redacted] wherever a value is usually turned into text', () => {
  const shown = [
    `${secret}`,
    `a${secret}`,
    String(secret),
    JSON.stringify({ secret }),
    inspect({ deep: [secret] }),
  ];
  for (const text of shown) {
    expect(text).toContain('[redacted]');
    expect(text).not.toContain('real-thing');
  }
});

test('gives its value only when asked for it', () => {
  expect(secret.reveal()).toBe('xoxb-real-thing');
  expect(Object.values(secret)).not.toContain('xoxb-real-thing');
});
