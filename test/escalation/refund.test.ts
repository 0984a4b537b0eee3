import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cardKey,
  cardOf,
  decisionLine,
  digestOf,
  escalationOfCardKey,
  quoteWords,
} from '../../src/escalation/refund.ts';
import { anyText } from '../helpers/any-text.ts';

const REQUEST = { channel: 'C0ACME', threadTs: '1.000001', customer: 'U0ANN', words: 'refund me' };

describe('the digest of what is decided on', () => {
  test('is the same for the same request, however its fields are ordered', () => {
    const { words, customer, threadTs, channel } = REQUEST;
    expect(digestOf({ words, customer, threadTs, channel })).toBe(digestOf(REQUEST));
    expect(digestOf(REQUEST)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('differs as soon as one field does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('channel', 'threadTs', 'customer', 'words'),
        fc.string(),
        (field, value) => {
          fc.pre(value !== REQUEST[field]);
          expect(digestOf({ ...REQUEST, [field]: value })).not.toBe(digestOf(REQUEST));
        },
      ),
    );
  });

  test('does not mix fields up', () => {
    const [a, b] = [
      { ...REQUEST, channel: 'ab', threadTs: 'c' },
      { ...REQUEST, channel: 'a', threadTs: 'bc' },
    ];
    expect(digestOf(a)).not.toBe(digestOf(b));
  });
});

describe('the quoted words', () => {
  test('are whole when they are short', () => {
    expect(quoteWords('x'.repeat(600))).toBe('x'.repeat(600));
  });

  test('are cut, and say so, when they are long', () => {
    expect(quoteWords('x'.repeat(601))).toBe(`${'x'.repeat(600)} …`);
    expect(quoteWords('word '.repeat(8_000)).length).toBeLessThanOrEqual(602);
  });

  test('never end in half a character', () => {
    expect(quoteWords(`${'x'.repeat(599)}😀😀`)).toBe(`${'x'.repeat(599)} …`);
  });

  test('begin as the customer began', () => {
    fc.assert(
      fc.property(anyText, fc.nat(900), (text, at) => {
        const words = 'y'.repeat(at) + text;
        expect(words.startsWith(quoteWords(words).replace(/ …$/, ''))).toBe(true);
      }),
    );
  });
});

test('the card carries facts of the record beside the words, and nothing else', () => {
  const facts = {
    customerName: 'Ann',
    record: undefined,
    words: 'refund me',
    threadUrl: 'https://acme.slack.com/x',
    policy: undefined,
  };
  const card = cardOf({ id: 'E1', customer: 'U0ANN', facts }, { name: 'open' });
  expect(card).toEqual({
    escalationId: 'E1',
    customer: { userId: 'U0ANN', name: 'Ann', record: undefined },
    words: 'refund me',
    threadUrl: 'https://acme.slack.com/x',
    policy: undefined,
    state: { name: 'open' },
  });
});

test('the key of a card leads back to its escalation, and no other key does', () => {
  expect(escalationOfCardKey(cardKey({ id: '01ABC' }))).toBe('01ABC');
  for (const key of ['reply:C1:1.0', 'decision:01ABC', '', 'xcard:01ABC'])
    expect(escalationOfCardKey(key)).toBeUndefined();
});

test('the customer is told the decision, without a promise of money or time', () => {
  expect(decisionLine('approved')).toContain('approved');
  expect(decisionLine('denied')).toContain('cannot approve');
  for (const verdict of ['approved', 'denied'] as const)
    expect(decisionLine(verdict)).not.toMatch(/\d|days?|hours?|minutes?|[$€£]|guarantee|promise/i);
});
