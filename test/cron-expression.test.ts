import fc from 'fast-check';
import { validate } from 'node-cron';
import { expect, test } from 'vitest';
import { isCronExpression } from '../src/cron-expression.ts';

test.each([
  '0 3 * * *',
  '*/5 * * * *',
  '30 0 3 * * *',
  '0 3,15 1-7 jan-mar mon-fri',
  '0 0-20/4 * * 7',
  '0 3 * * SUN',
])('accepts %s', (expression) => {
  expect(isCronExpression(expression)).toBe(true);
  expect(validate(expression)).toBe(true);
});

test.each([
  '',
  '3',
  '0 3 * *',
  '60 3 * * *',
  '0 24 * * *',
  '0 0 0 * *',
  '0 3 * 13 *',
  '0 3 * * 8',
  '0 3 * * mo',
  '5-1 * * * *',
  '*/0 * * * *',
  '1,,2 * * * *',
  '@daily',
  '0 0 3 * * * *',
])('refuses %j', (expression) => {
  expect(isCronExpression(expression)).toBe(false);
});

test('accepts nothing that the scheduler would refuse', () => {
  const atom = fc.constantFrom(
    '*',
    '0',
    '1',
    '5',
    '12',
    '59',
    '7',
    'jan',
    'fri',
    '1-5',
    '2-10/3',
    '*/2',
    '1,2',
    '31',
    '60',
  );
  const list = fc.array(atom, { minLength: 1, maxLength: 2 }).map((items) => items.join(','));
  fc.assert(
    fc.property(fc.array(list, { minLength: 5, maxLength: 6 }), (fields) => {
      const expression = fields.join(' ');
      return !isCronExpression(expression) || validate(expression);
    }),
  );
});
