import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Approval,
  type ApprovalEffect,
  type ApprovalEvent,
  type ApprovalFacts,
  type Ballot,
  takeStep,
} from '../../src/escalation/approval.ts';
import type { Permission } from '../../src/escalation/policy.ts';
import { createApprovalModel } from '../helpers/approval-model.ts';

const HOLD = 30_000;
const EXPIRES = 600_000;
const PEOPLE = ['U0ANN', 'U0BEN', 'U0CAT', 'U0DAN'];
const OPEN: Approval = { state: 'open', ballots: [], held: undefined };
const yes: Permission = { allowed: true };
const no: Permission = { allowed: false, reason: 'not_staff' };

const ballotOf = (user: string, source: string): Ballot => {
  const verdict = source === 'x' || source === 'button-deny' ? 'denied' : 'approved';
  return { user, source: source.startsWith('button') ? 'button' : source, verdict };
};
const cast = (user: string, source = 'white_check_mark'): ApprovalEvent => ({
  kind: 'cast',
  ballot: ballotOf(user, source),
});
const withdraw = (user: string, source = 'white_check_mark'): ApprovalEvent => ({
  ...{ kind: 'withdraw', user, source },
});
const due: ApprovalEvent = { kind: 'due' };

const everybody = new Map(PEOPLE.map((user): [string, Permission] => [user, yes]));
const factsAt = (now: number, more: Partial<ApprovalFacts> = {}): ApprovalFacts => ({
  ...{ now, holdMs: HOLD, expiresAt: EXPIRES, needed: 1, permissions: everybody },
  ...more,
});

/** Takes an approval through events, each at its second. */
function run(events: [second: number, event: ApprovalEvent][], more: Partial<ApprovalFacts> = {}) {
  let approval = OPEN;
  const effects: ApprovalEffect[] = [];
  for (const [second, event] of events) {
    const step = takeStep(approval, event, factsAt(second * 1_000, more));
    approval = step.approval;
    effects.push(...step.effects);
  }
  return { approval, effects, told: effects.map(({ effect }) => effect) };
}

describe('a vote', () => {
  test('is held and counts when the hold has ended, not a moment before', () => {
    expect(run([[0, cast('U0ANN')]]).approval).toMatchObject({
      ...{ state: 'held', held: { verdict: 'approved', until: HOLD } },
    });
    expect(
      run([
        [0, cast('U0ANN')],
        [29, due],
      ]).approval.state,
    ).toBe('held');
    const { approval, effects } = run([
      [0, cast('U0ANN')],
      [30, due],
    ]);
    expect(approval.state).toBe('approved');
    expect(effects.at(-1)).toEqual({
      ...{ effect: 'decided', verdict: 'approved', by: [ballotOf('U0ANN', 'white_check_mark')] },
    });
  });

  test('counts at once without a hold', () => {
    expect(run([[0, cast('U0ANN')]], { holdMs: 0 }).approval.state).toBe('approved');
    expect(run([[0, cast('U0ANN', 'x')]], { holdMs: 0 }).approval.state).toBe('denied');
  });

  test.each<[string, [number, ApprovalEvent][], string]>([
    [
      'taken back inside the hold decides nothing',
      [
        [0, cast('U0ANN')],
        [10, withdraw('U0ANN')],
        [99, due],
      ],
      'open',
    ],
    [
      'taken back when the hold has ended and nobody worked it off decides nothing',
      [
        [0, cast('U0ANN')],
        [40, withdraw('U0ANN')],
        [41, due],
      ],
      'open',
    ],
    [
      'taken back and given again is held anew',
      [
        [0, cast('U0ANN')],
        [10, withdraw('U0ANN')],
        [20, cast('U0ANN')],
        [31, due],
      ],
      'held',
    ],
    [
      'of denial outweighs an approval inside the hold',
      [
        [0, cast('U0ANN')],
        [10, cast('U0BEN', 'x')],
        [40, due],
      ],
      'denied',
    ],
    [
      'of approval does not outweigh a denial',
      [
        [0, cast('U0ANN', 'x')],
        [10, cast('U0BEN')],
        [40, due],
      ],
      'denied',
    ],
    [
      'of denial taken back leaves the approval, held anew',
      [
        [0, cast('U0ANN')],
        [10, cast('U0BEN', 'x')],
        [20, withdraw('U0BEN', 'x')],
        [49, due],
      ],
      'held',
    ],
    [
      'of somebody who approves and denies decides nothing',
      [
        [0, cast('U0ANN')],
        [1, cast('U0ANN', 'x')],
        [99, due],
      ],
      'open',
    ],
    [
      'by a second emoji stands when the first is taken back',
      [
        [0, cast('U0ANN')],
        [1, cast('U0ANN', 'heavy_check_mark')],
        [2, withdraw('U0ANN')],
        [30, due],
      ],
      'approved',
    ],
    [
      'by the other button replaces the first press',
      [
        [0, cast('U0ANN', 'button-approve')],
        [1, cast('U0ANN', 'button-deny')],
        [31, due],
      ],
      'denied',
    ],
    [
      'of somebody else stands when the first is taken back',
      [
        [0, cast('U0ANN')],
        [5, cast('U0BEN')],
        [10, withdraw('U0ANN')],
        [30, due],
      ],
      'approved',
    ],
  ])('%s', (_title, events, state) => {
    expect(run(events).approval.state).toBe(state);
  });

  test('decides nothing when its reaction is gone at the last look', () => {
    const gone = [{ user: 'U0ANN', source: 'white_check_mark' }];
    const { approval, told } = run([
      [0, cast('U0ANN')],
      [30, { kind: 'due', gone }],
    ]);
    expect([approval.state, ...told]).toEqual(['open', 'counted', 'withdrawn']);
  });

  test('of denial whose event has not come yet is seen at the last look', () => {
    const added = [ballotOf('U0BEN', 'x')];
    expect(
      run([
        [0, cast('U0ANN')],
        [30, { kind: 'due', added }],
        [60, due],
      ]).approval.state,
    ).toBe('denied');
  });

  test('after the decision changes nothing, and so does taking one back', () => {
    const { approval, told } = run([
      ...([
        [0, cast('U0ANN')],
        [30, due],
        [31, cast('U0BEN', 'x')],
      ] as [number, ApprovalEvent][]),
      ...([
        [32, withdraw('U0ANN')],
        [33, cast('U0ANN', 'heavy_check_mark')],
      ] as [number, ApprovalEvent][]),
    ]);
    expect(approval.state).toBe('approved');
    expect(told).toEqual(['counted', 'decided', 'stands', 'unchanged']);
  });

  test('of somebody who may not decide is refused', () => {
    const permissions = new Map([['U0ANN', no]]);
    const { approval, effects } = run(
      [
        [0, cast('U0ANN')],
        [40, due],
      ],
      { permissions },
    );
    expect(approval).toEqual(OPEN);
    expect(effects).toEqual([expect.objectContaining({ effect: 'refused', reason: 'not_staff' })]);
  });

  test('of somebody nobody looked up is refused', () => {
    expect(run([[0, cast('U0EVE')]]).effects).toEqual([expect.objectContaining({ reason: 'unknown' })]);
  });

  test('is struck when its person may not decide any more at the end of the hold', () => {
    const held = run([[0, cast('U0ANN')]]).approval;
    const step = takeStep(held, due, factsAt(HOLD, { permissions: new Map([['U0ANN', no]]) }));
    expect(step.approval).toEqual(OPEN);
    expect(step.effects).toEqual([expect.objectContaining({ effect: 'struck', reason: 'not_staff' })]);
  });

  test('decides nothing while one of those who voted was not looked up', () => {
    const held = run([
      [0, cast('U0ANN')],
      [1, cast('U0BEN')],
    ]).approval;
    const step = takeStep(held, due, factsAt(HOLD, { permissions: new Map([['U0ANN', yes]]) }));
    expect(step).toEqual({ approval: held, effects: [] });
  });
});

describe('where two have to approve', () => {
  const two = { needed: 2 as const };
  test.each<[string, [number, ApprovalEvent][], string]>([
    [
      'one is not enough',
      [
        [0, cast('U0ANN')],
        [99, due],
      ],
      'open',
    ],
    [
      'nor is one twice',
      [
        [0, cast('U0ANN')],
        [1, cast('U0ANN', 'heavy_check_mark')],
        [2, cast('U0ANN', 'button')],
        [99, due],
      ],
      'open',
    ],
    [
      'two are, a hold after the second',
      [
        [0, cast('U0ANN')],
        [50, cast('U0BEN')],
        [80, due],
      ],
      'approved',
    ],
    [
      'not before',
      [
        [0, cast('U0ANN')],
        [50, cast('U0BEN')],
        [79, due],
      ],
      'held',
    ],
    [
      'one is enough to deny',
      [
        [0, cast('U0ANN', 'x')],
        [30, due],
      ],
      'denied',
    ],
    [
      'the first may take theirs back',
      [
        [0, cast('U0ANN')],
        [1, cast('U0BEN')],
        [2, withdraw('U0ANN')],
        [99, due],
      ],
      'open',
    ],
  ])('%s', (_title, events, state) => {
    expect(run(events, two).approval.state).toBe(state);
  });

  test('it is so at the moment of the decision: a limit reached meanwhile asks for the second', () => {
    const held = run([[0, cast('U0ANN')]]).approval;
    expect(takeStep(held, due, factsAt(HOLD, two)).approval).toMatchObject({
      state: 'open',
      ballots: held.ballots,
    });
  });
});

describe('a request', () => {
  test('expires when it is too old, unless its hold runs', () => {
    expect(run([[599, due]]).approval.state).toBe('open');
    expect(run([[600, due]]).told).toEqual(['expired']);
    expect(
      run([
        [590, cast('U0ANN')],
        [600, due],
      ]).approval.state,
    ).toBe('held');
    expect(
      run([
        [590, cast('U0ANN')],
        [620, due],
      ]).approval.state,
    ).toBe('approved');
  });

  test('that is superseded is never decided', () => {
    const { approval, told } = run([
      [0, cast('U0ANN')],
      [1, { kind: 'supersede', why: 'changed' }],
      [40, due],
      [41, cast('U0BEN')],
    ]);
    expect([approval.state, ...told]).toEqual(['superseded', 'counted', 'superseded', 'stands']);
  });
});

type Action =
  | { do: 'cast' | 'withdraw' | 'withdraw unseen'; user: string; source: string }
  | { do: 'wait'; ms: number; bell: boolean }
  | { do: 'rights'; user: string; allowed: boolean }
  | { do: 'needed'; needed: 1 | 2 }
  | { do: 'restart' | 'supersede' };

const user = fc.constantFrom(...PEOPLE);
const source = fc.constantFrom('white_check_mark', 'heavy_check_mark', 'x', 'button-approve', 'button-deny');
const wait = fc.record({
  do: fc.constant('wait' as const),
  ms: fc.constantFrom(1, 10_000, HOLD - 1, HOLD, HOLD + 1, EXPIRES),
  bell: fc.boolean(),
});
const vote = (kind: 'cast' | 'withdraw' | 'withdraw unseen') =>
  fc.record({ do: fc.constant(kind), user, source });
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: vote('cast') },
  { weight: 4, arbitrary: vote('withdraw') },
  { weight: 1, arbitrary: vote('withdraw unseen') },
  { weight: 6, arbitrary: wait },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rights' as const), user, allowed: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('needed' as const),
      needed: fc.constantFrom(1 as const, 2 as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('supersede' as const) }) },
);

/** Both worlds through the same actions: the real core, written down and read again at each restart, and the model. */
function interleave(actions: Action[], holdMs: number) {
  const denied = new Set<string>();
  const unseen = new Set<string>();
  const model = createApprovalModel({ holdMs, isAllowed: (one) => !denied.has(one) });
  const decisions: (ApprovalEffect & { effect: 'decided' })[] = [];
  let approval = OPEN;
  let now = 0;
  let needed: 1 | 2 = 1;
  const take = (event: ApprovalEvent) => {
    const permissions = new Map(PEOPLE.map((one) => [one, denied.has(one) ? no : yes]));
    const step = takeStep(approval, event, { now, holdMs, expiresAt: EXPIRES, needed, permissions });
    approval = step.approval;
    decisions.push(...step.effects.filter((one) => one.effect === 'decided'));
  };
  const isUnseen = (one: Pick<Ballot, 'user' | 'source'>) => unseen.has(`${one.user} ${one.source}`);
  const bell = () => {
    take({ kind: 'due', gone: approval.ballots.filter(isUnseen) });
    model.bell(now, needed, EXPIRES, isUnseen);
  };
  for (const one of actions) {
    switch (one.do) {
      case 'cast': {
        const ballot = ballotOf(one.user, one.source);
        unseen.delete(`${ballot.user} ${ballot.source}`);
        take({ kind: 'cast', ballot });
        model.cast(ballot, now, needed);
        break;
      }
      case 'withdraw': {
        const ballot = ballotOf(one.user, one.source);
        take({ kind: 'withdraw', user: ballot.user, source: ballot.source });
        model.withdraw(ballot, now, needed);
        break;
      }
      case 'withdraw unseen':
        // A button is no reaction: nothing on the card says that it was taken back.
        if (!one.source.startsWith('button')) unseen.add(`${one.user} ${one.source}`);
        break;
      case 'wait':
        now += one.ms;
        if (one.bell) bell();
        break;
      case 'rights':
        if (one.allowed) denied.delete(one.user);
        else denied.add(one.user);
        break;
      case 'needed':
        needed = one.needed;
        break;
      case 'restart':
        approval = JSON.parse(JSON.stringify(approval)) as Approval;
        bell();
        break;
      case 'supersede':
        take({ kind: 'supersede', why: 'changed' });
        model.supersede();
        break;
    }
  }
  return { approval, decisions, model: model.end() };
}

test.each([HOLD, 0])(
  'with a hold of %i ms, 10,000 interleavings of up to four people end as the model says, in one decision at most',
  (holdMs) => {
    const ended = new Map<string, number>();
    const actions = fc.array(action, { maxLength: 30, size: 'max' }).filter((all) => {
      const voters = all.flatMap((one) => (one.do === 'cast' || one.do === 'withdraw' ? [one.user] : []));
      return PEOPLE.every((one) => voters.filter((user) => user === one).length <= 6);
    });
    fc.assert(
      fc.property(actions, (all) => {
        const { approval, decisions, model } = interleave(all, holdMs);
        ended.set(approval.state, (ended.get(approval.state) ?? 0) + 1);
        expect(approval.state).toBe(model.state);
        expect(decisions.length).toBeLessThanOrEqual(1);
        const by = decisions[0]?.by.map(({ user }) => user);
        expect([decisions[0]?.verdict, by]).toEqual([model.decision?.verdict, model.decision?.by]);
      }),
      { numRuns: 10_000 },
    );
    // A run in which nothing was ever decided would have shown nothing.
    const verdicts = ['approved', 'denied', 'superseded', 'expired'];
    for (const state of verdicts) expect([state, (ended.get(state) ?? 0) > 100]).toEqual([state, true]);
  },
  30_000,
);
