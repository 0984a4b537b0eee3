import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayDecide, REFUSAL_TEXT } from '../../src/escalation/policy.ts';
import type { Person } from '../../src/ports.ts';

const MANAGER: Person = {
  id: 'U0MANAGER',
  teamId: 'T0HOME',
  name: 'Maya Manager',
  firstName: 'Maya',
  isBot: false,
  isGuest: false,
  isDeleted: false,
  isStranger: false,
};

type Facts = Parameters<typeof mayDecide>[1];

const FACTS: Facts = {
  homeTeams: ['T0HOME', 'T0SECOND'],
  approvers: new Set(['U0MANAGER', 'U0LEAD']),
  managerChannelMembers: new Set(['U0MANAGER', 'U0LEAD', 'U0STAFF', 'U0GUEST', 'U0BOT', 'U0CUSTOMER']),
  managerChannel: { isPrivate: true, isExtShared: false },
  requester: 'U0CUSTOMER',
};
const everybody: Partial<Facts> = { approvers: undefined };

describe('who may decide', () => {
  test.each<[string, Partial<Person>, Partial<Facts>]>([
    ['a manager on the list', {}, {}],
    ['another one on the list', { id: 'U0LEAD' }, {}],
    ['an approver of a second workspace of ours', { teamId: 'T0SECOND' }, {}],
    ['any full staff member of the channel when nobody is listed', { id: 'U0STAFF' }, everybody],
  ])('%s', (_title, person, facts) => {
    expect(mayDecide({ ...MANAGER, ...person }, { ...FACTS, ...facts })).toEqual({ allowed: true });
  });

  test.each<[string, Partial<Person>, Partial<Facts>, string]>([
    ['staff who are not on the list', { id: 'U0STAFF' }, {}, 'not_an_approver'],
    ['anybody when the list came out empty', {}, { approvers: new Set() }, 'not_an_approver'],
    [
      'an approver who has left the channel',
      {},
      { managerChannelMembers: new Set(['U0LEAD']) },
      'not_in_manager_channel',
    ],
    [
      'staff outside the channel when nobody is listed',
      { id: 'U0OTHER' },
      everybody,
      'not_in_manager_channel',
    ],
    ['a listed approver with a guest account', { isGuest: true }, {}, 'not_staff'],
    [
      'a guest in the channel when nobody is listed',
      { id: 'U0GUEST', isGuest: true },
      everybody,
      'not_staff',
    ],
    ['a listed approver of another company', { teamId: 'T0ACME' }, {}, 'not_staff'],
    ['a listed approver without a workspace', { teamId: '' }, {}, 'not_staff'],
    ['a deactivated approver', { isDeleted: true }, {}, 'not_staff'],
    ['a stranger with the id of an approver', { isStranger: true }, {}, 'not_staff'],
    ['a bot on the list', { isBot: true }, {}, 'bot'],
    ['the bot itself when nobody is listed', { id: 'U0BOT', isBot: true }, everybody, 'bot'],
    ['a bot of another company', { id: 'U0BOT', isBot: true, teamId: 'T0ACME' }, everybody, 'bot'],
    ['the customer who asks', { id: 'U0CUSTOMER', teamId: 'T0ACME' }, everybody, 'not_staff'],
    [
      'a customer who is called like a manager',
      { id: 'U0CUSTOMER', teamId: 'T0ACME', name: 'Maya Manager' },
      {},
      'not_staff',
    ],
    ['a manager who asked for the refund', {}, { requester: 'U0MANAGER' }, 'own_request'],
    [
      'staff who asked, when nobody is listed',
      { id: 'U0STAFF' },
      { ...everybody, requester: 'U0STAFF' },
      'own_request',
    ],
    ['a requester who is no staff any more', { isDeleted: true }, { requester: 'U0MANAGER' }, 'not_staff'],
    ['anybody when no workspace is known as ours', {}, { homeTeams: [] }, 'not_staff'],
    [
      'anybody when the channel has no members',
      {},
      { managerChannelMembers: new Set() },
      'not_in_manager_channel',
    ],
    [
      'anybody in a channel that anybody can join',
      {},
      { managerChannel: { isPrivate: false, isExtShared: false } },
      'channel_public',
    ],
    [
      'anybody in a channel that another company reads',
      {},
      { managerChannel: { isPrivate: true, isExtShared: true } },
      'channel_shared',
    ],
    ['an id that differs in case', { id: 'u0manager' }, {}, 'not_in_manager_channel'],
  ])('not %s', (_title, person, facts, reason) => {
    expect(mayDecide({ ...MANAGER, ...person }, { ...FACTS, ...facts })).toEqual({ allowed: false, reason });
  });

  test('only a person about whom there is no doubt at all', () => {
    const ids = fc.constantFrom('U0A', 'U0B', 'U0C');
    const some = fc.uniqueArray(ids).map((list) => new Set(list));
    const cases = fc.record({
      person: fc.record({
        id: ids,
        teamId: fc.constantFrom('T0HOME', 'T0SECOND', 'T0ACME', ''),
        isBot: fc.boolean(),
        isGuest: fc.boolean(),
        isDeleted: fc.boolean(),
        isStranger: fc.boolean(),
      }),
      approvers: fc.option(some, { nil: undefined }),
      managerChannelMembers: some,
      managerChannel: fc.record({ isPrivate: fc.boolean(), isExtShared: fc.boolean() }),
      requester: ids,
    });
    fc.assert(
      fc.property(cases, ({ person, ...facts }) => {
        const expected =
          FACTS.homeTeams.includes(person.teamId) &&
          !(person.isBot || person.isGuest || person.isDeleted || person.isStranger) &&
          facts.managerChannelMembers.has(person.id) &&
          facts.managerChannel.isPrivate &&
          !facts.managerChannel.isExtShared &&
          (facts.approvers?.has(person.id) ?? true) &&
          person.id !== facts.requester;
        expect(mayDecide({ ...MANAGER, ...person }, { ...FACTS, ...facts }).allowed).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });
});

test('every refusal has its own words, which name no person', () => {
  const texts = Object.values(REFUSAL_TEXT);
  expect(new Set(texts).size).toBe(texts.length);
  for (const text of texts) expect(text).toMatch(/^[A-Z][^<>@]{20,}\.$/);
});
