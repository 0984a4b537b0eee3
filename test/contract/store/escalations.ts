import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decideEscalation,
  type Escalation,
  findDecision,
  findEscalation,
  hasOpenEscalation,
  listOpenEscalations,
  openEscalation,
} from '../../../src/store/escalations.ts';
import type { Database } from '../../../src/store/schema.ts';

const ESCALATION: Escalation = {
  id: 'E1',
  channel: 'C1',
  threadTs: '1.0',
  customer: 'U0ANN',
  facts: {
    customerName: 'Ann',
    record: { name: 'Acme', tier: 'Pro', joined: '2024-01-01', recentTickets: [], incidents: [] },
    words: 'refund me <!channel>',
    threadUrl: 'https://x.example',
    policy: { title: 'Refunds', url: 'https://x.example/r', quote: 'within 30 days' },
  },
  digest: 'd',
  state: 'open',
  createdAt: 10,
};

const vote = (by: string, verdict: 'approved' | 'denied' = 'approved', escalationId = 'E1') => ({
  ...{ escalationId, verdict, by, via: 'button' as const, now: 50 },
});

const setState = (db: Database, state: Escalation['state']) =>
  db.updateTable('escalations').set({ state }).where('id', '=', 'E1').execute();

export function describeEscalations(open: () => Promise<Database>): void {
  test('what is opened is found again as it was', async () => {
    const db = await open();
    expect(await openEscalation(db, ESCALATION)).toBe(true);
    expect(await findEscalation(db, 'E1')).toEqual(ESCALATION);
    expect(await findEscalation(db, 'E2')).toBeUndefined();
  });

  test.each(['open', 'held'] as const)('a thread has one at a time while it is %s', async (state) => {
    const db = await open();
    await openEscalation(db, ESCALATION);
    await setState(db, state);
    expect(await openEscalation(db, { ...ESCALATION, id: 'E2' })).toBe(false);
    expect(await findEscalation(db, 'E2')).toBeUndefined();
    expect(await hasOpenEscalation(db, ESCALATION)).toBe(true);
    expect(await openEscalation(db, { ...ESCALATION, id: 'E3', threadTs: '2.0' })).toBe(true);
    expect(await openEscalation(db, { ...ESCALATION, id: 'E4', channel: 'C2' })).toBe(true);
  });

  test('once decided, the thread can have another', async () => {
    const db = await open();
    await openEscalation(db, ESCALATION);
    expect(await decideEscalation(db, vote('U0MAYA', 'denied'))).toBe(true);
    expect(await hasOpenEscalation(db, ESCALATION)).toBe(false);
    expect(await openEscalation(db, { ...ESCALATION, id: 'E2' })).toBe(true);
  });

  test('many managers at once make one decision, and it is the one of whoever was told so', async () => {
    const db = await open();
    const votes = fc.array(fc.constantFrom('approved' as const, 'denied' as const), {
      minLength: 2,
      maxLength: 8,
    });
    let made = 0;
    await fc.assert(
      fc.asyncProperty(votes, async (verdicts) => {
        const id = `race${++made}`;
        await openEscalation(db, { ...ESCALATION, id, threadTs: id });
        const counted = await Promise.all(
          verdicts.map((verdict, index) =>
            db
              .transaction()
              .execute((transaction) => decideEscalation(transaction, vote(`U${index}`, verdict, id))),
          ),
        );
        const winners = counted.flatMap((won, index) => (won ? [index] : []));
        expect(winners).toHaveLength(1);
        const [winner = -1] = winners;
        expect(await findDecision(db, id)).toMatchObject({
          decided_by: `U${winner}`,
          verdict: verdicts[winner],
        });
        expect((await findEscalation(db, id))?.state).toBe(verdicts[winner]);
      }),
      { numRuns: 20 },
    );
  });

  test.each(['approved', 'denied', 'expired', 'superseded'] as const)(
    'nothing is decided about one that is %s, and no decision is written',
    async (state) => {
      const db = await open();
      await openEscalation(db, ESCALATION);
      await setState(db, state);
      expect(await decideEscalation(db, vote('U0MAYA'))).toBe(false);
      expect(await findDecision(db, 'E1')).toBeUndefined();
      expect((await findEscalation(db, 'E1'))?.state).toBe(state);
    },
  );

  test('nothing is decided about one that does not exist', async () => {
    const db = await open();
    expect(await decideEscalation(db, vote('U0MAYA'))).toBe(false);
    expect(await findDecision(db, 'E1')).toBeUndefined();
  });

  test('a decision that is rolled back leaves it open', async () => {
    const db = await open();
    await openEscalation(db, ESCALATION);
    const failing = db.transaction().execute(async (transaction) => {
      await decideEscalation(transaction, vote('U0MAYA'));
      throw new Error('the rest failed');
    });
    await expect(failing).rejects.toThrow('the rest failed');
    expect(await findDecision(db, 'E1')).toBeUndefined();
    expect(await decideEscalation(db, vote('U0LEAD', 'denied'))).toBe(true);
  });

  test('open ones are listed oldest first, decided ones are not', async () => {
    const db = await open();
    for (const [id, createdAt] of [
      ['E1', 30],
      ['E2', 10],
      ['E3', 20],
    ] as const) {
      await openEscalation(db, { ...ESCALATION, id, threadTs: id, createdAt });
    }
    await decideEscalation(db, vote('U0MAYA', 'approved', 'E3'));
    expect((await listOpenEscalations(db, 10)).map(({ id }) => id)).toEqual(['E2', 'E1']);
    expect((await listOpenEscalations(db, 1)).map(({ id }) => id)).toEqual(['E2']);
  });
}
