import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verdictOfEmoji } from '../../src/escalation/emoji.ts';

test.each([
  ['white_check_mark', 'approved'],
  ['heavy_check_mark', 'approved'],
  ['x', 'denied'],
  ['negative_squared_cross_mark', 'denied'],
  ['white_check_mark::skin-tone-2', 'approved'],
  ['heavy_check_mark::skin-tone-6', 'approved'],
  ['x::skin-tone-3', 'denied'],
  ['negative_squared_cross_mark::skin-tone-5', 'denied'],
] as const)(':%s: means %s', (name, expected) => {
  expect(verdictOfEmoji(name)).toBe(expected);
});

test.each([
  '+1',
  'thumbsup',
  'thumbsup::skin-tone-4',
  '-1',
  'ballot_box_with_check',
  'heavy_multiplication_x',
  'o',
  'no_entry',
  'eyes',
  'white_check_mark2',
  'my_white_check_mark',
  'White_Check_Mark',
  'white_check_mark::skin-tone-',
  'white_check_mark::skin-tone-1',
  'white_check_mark::skin-tone-7',
  'white_check_mark::skin-tone-2::skin-tone-2x',
  'xx',
  '',
  '::skin-tone-2',
  'constructor',
  '__proto__',
  'tostring',
  'toString',
  'valueOf',
])(':%s: decides nothing', (name) => {
  expect(verdictOfEmoji(name)).toBeUndefined();
});

test('no other name decides', () => {
  const names = new Set(['white_check_mark', 'heavy_check_mark', 'x', 'negative_squared_cross_mark']);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9_+-]{1,30}$/)), (name) => {
      fc.pre(!names.has(name.replace(/::skin-tone-[2-6]$/, '')));
      expect(verdictOfEmoji(name)).toBeUndefined();
    }),
  );
});
