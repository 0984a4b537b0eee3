import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStaff, roleOf } from '../../src/conversation/people.ts';
import type { Person } from '../../src/ports.ts';

const HOME = ['T0HOME', 'T0SECOND'];

const someone = (more: Partial<Person> = {}): Person => ({
  id: 'U0ANN',
  teamId: 'T0HOME',
  name: 'Ann',
  firstName: 'Ann',
  isBot: false,
  isGuest: false,
  isDeleted: false,
  isStranger: false,
  ...more,
});

test.each([
  ['a full member of the home workspace', {}, 'staff'],
  ['a full member of another workspace of ours', { teamId: 'T0SECOND' }, 'staff'],
  ['somebody of another company', { teamId: 'T0ACME' }, 'customer'],
  ['somebody without a workspace', { teamId: '' }, 'customer'],
  ['a guest of the home workspace', { isGuest: true }, 'customer'],
  ['a member who has left', { isDeleted: true }, 'customer'],
  ['a stranger', { isStranger: true }, 'customer'],
  ['a bot of the home workspace', { isBot: true }, 'bot'],
  ['a bot of another workspace', { isBot: true, teamId: 'T0ACME' }, 'bot'],
  ['somebody who calls himself a manager', { teamId: 'T0ACME', name: 'Manager (staff)' }, 'customer'],
] as const)('%s is %s', (_title, more, role) => {
  expect(roleOf(someone(more), HOME)).toBe(role);
  expect(isStaff(someone(more), HOME)).toBe(role === 'staff');
});

test('nobody is staff when no workspace is ours', () => {
  expect(isStaff(someone(), [])).toBe(false);
});

test('one doubt is enough not to be staff', () => {
  const doubts = fc.record({
    isBot: fc.boolean(),
    isGuest: fc.boolean(),
    isDeleted: fc.boolean(),
    isStranger: fc.boolean(),
    teamId: fc.constantFrom('T0HOME', 'T0SECOND', 'T0ACME', ''),
  });
  fc.assert(
    fc.property(doubts, (more) => {
      const doubtful = more.isBot || more.isGuest || more.isDeleted || more.isStranger;
      expect(isStaff(someone(more), HOME)).toBe(!doubtful && HOME.includes(more.teamId));
    }),
  );
});
