import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Amount, readAmount, whyTwo } from '../../src/escalation/amount.ts';

const usd = (value: number): Amount => ({ value, currency: 'USD' });

describe('the amount that is asked for', () => {
  test.each<[string, number, Amount['currency']]>([
    ['Please refund me $480.', 480, 'USD'],
    ['refund the 1,234.50 USD we paid', 1234.5, 'USD'],
    ['I want 49,90 € back', 49.9, 'EUR'],
    ['EUR 1.234,50 please', 1234.5, 'EUR'],
    ['give us back £20, yes, the £20.00', 20, 'GBP'],
    ['refund 300 dollars for order 7731', 300, 'USD'],
    ['refund US$ 12.50', 12.5, 'USD'],
  ])('is read from "%s"', (words, value, currency) => {
    expect(readAmount(words)).toEqual({ value, currency });
  });

  test.each([
    'I want my money back',
    'refund our 3 seats of 2024-11-01',
    'refund $480 or at least $300',
    'refund $5, meaning 500 EUR',
    'refund $1.2.3',
    'refund $480k',
    'refund 480 CHF',
    'refund C$480',
    'refund ¥480 and $5',
    'refund $5 thousand',
    'refund five hundred dollars, not $5',
    'refund $0',
    'refund 50 cents, $1',
    '',
  ])('is not known from "%s"', (words) => {
    expect(readAmount(words)).toBeUndefined();
  });

  test('is read back from any amount that is written plainly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (cents) => {
        expect(readAmount(`Please refund $${(cents / 100).toFixed(2)} today`)).toEqual(usd(cents / 100));
      }),
    );
  });
});

describe('two people are needed', () => {
  test.each<[string, Amount | undefined, (Amount | undefined)[], number | undefined, string | undefined]>([
    ['never without a limit', undefined, [undefined], undefined, undefined],
    ['when nobody named an amount', undefined, [], 100, 'amount_unknown'],
    ['not at the limit', usd(100), [], 100, undefined],
    ['above it', usd(100.01), [], 100, 'above_limit'],
    ['not when the sum is at the limit', usd(40), [usd(59.9), usd(0.1)], 100, undefined],
    ['when the sum is above it by a cent', usd(40), [usd(59.9), usd(0.11)], 100, 'sum_above_limit'],
    ['not a cent below', usd(40), [usd(59.99)], 100, undefined],
    ['when an earlier amount is not known', usd(1), [undefined], 100, 'sum_unknown'],
    [
      'when an earlier one was in another currency',
      usd(1),
      [{ value: 1, currency: 'EUR' }],
      100,
      'sum_unknown',
    ],
    ['always at a limit of zero', usd(0.01), [], 0, 'above_limit'],
  ])('%s', (_title, amount, approved, limit, why) => {
    expect(whyTwo(amount, approved, limit)).toBe(why);
  });

  test('for the slice that passes the limit, however an amount is cut into slices', () => {
    const slices = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(slices, (cents) => {
        const amounts = cents.map((one) => usd(one / 100));
        const sum = cents.reduce((all, one) => all + one, 0);
        const needsTwo = amounts.some((one, i) => whyTwo(one, amounts.slice(0, i), 100) !== undefined);
        expect(needsTwo).toBe(sum > 10_000);
      }),
    );
  });
});
