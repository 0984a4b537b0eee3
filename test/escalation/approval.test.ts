import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ApprovalState, castVote, type Vote, voteOfEmoji } from '../../src/escalation/approval.ts';

const vote = fc.constantFrom<Vote>('approved', 'denied');
const START = ['open', 'held'] as const;
const SETTLED = ['approved', 'denied', 'expired', 'superseded'] as const;

/** What a whole sequence of votes does: the state after each, and how often something was decided. */
function run(start: ApprovalState, votes: Vote[]): { states: ApprovalState[]; decided: Vote[] } {
  const states = [start];
  const decided: Vote[] = [];
  for (const cast of votes) {
    const step = castVote(states.at(-1) ?? start, cast);
    states.push(step.state);
    if (step.effect === 'decide') decided.push(step.state);
  }
  return { states, decided };
}

describe('votes', () => {
  test('any sequence leaves exactly one decision: the first vote', () => {
    fc.assert(
      fc.property(fc.constantFrom(...START), fc.array(vote, { minLength: 1 }), (start, votes) => {
        const { states, decided } = run(start, votes);
        expect(decided).toEqual([votes[0]]);
        expect(states.slice(1).every((state) => state === votes[0])).toBe(true);
      }),
    );
  });

  test('none changes what is settled', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SETTLED), fc.array(vote), (start, votes) => {
        const { states, decided } = run(start, votes);
        expect(decided).toEqual([]);
        expect(new Set(states)).toEqual(new Set([start]));
      }),
    );
  });
});

describe('emoji', () => {
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
    expect(voteOfEmoji(name)).toBe(expected);
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
    expect(voteOfEmoji(name)).toBeUndefined();
  });

  test('no other name decides', () => {
    const names = new Set(['white_check_mark', 'heavy_check_mark', 'x', 'negative_squared_cross_mark']);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9_+-]{1,30}$/)), (name) => {
        fc.pre(!names.has(name.replace(/::skin-tone-\d$/, '')));
        expect(voteOfEmoji(name)).toBeUndefined();
      }),
    );
  });
});
