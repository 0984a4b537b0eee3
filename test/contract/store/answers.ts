import { expect, test } from 'vitest';
import type { Decision } from '../../../src/pipeline/types.ts';
import { countOutcomes, recordAnswer } from '../../../src/store/answers.ts';
import { recordFeedback } from '../../../src/store/feedback.ts';
import type { Database } from '../../../src/store/schema.ts';

const CITE = { source: 'a.md', title: 'A', url: undefined, quote: 'as it was' };

const DECISION: Decision = {
  outcome: 'answer',
  segments: [{ text: 'as it was', cites: [CITE] }],
  escalation: null,
  resolution: 'answered',
  category: 'other',
  sentiment: 'neutral',
  passages: [],
  steps: [],
  usage: null,
  costUsd: null,
  model: 'm',
  tried: [],
  account: 'none',
  steering: false,
  promptVersion: 'v1',
  promptHash: 'h',
  indexVersion: null,
  meaning: 'off',
  dropped: [],
};
const SILENCE: Decision = { ...DECISION, outcome: 'silence', segments: [], reason: 'nothing asked' };

const answer = (id: string, questionTs: string, decision: Decision, now: number) => ({
  ...{ id, channel: 'C1', threadTs: '1.0', questionTs, decision, cited: [], now },
});

export function describeAnswers(open: () => Promise<Database>): void {
  test('a question has one answer, the first one written down', async () => {
    const db = await open();
    await recordAnswer(db, answer('A1', '2.0', DECISION, 10));
    await recordAnswer(db, answer('A2', '2.0', SILENCE, 20));
    const rows = await db.selectFrom('answers').selectAll().execute();
    expect(rows.map(({ id, outcome }) => [id, outcome])).toEqual([['A1', 'answer']]);
  });

  test('the same time in another channel is another question', async () => {
    const db = await open();
    await recordAnswer(db, answer('A1', '2.0', DECISION, 10));
    await recordAnswer(db, { ...answer('A2', '2.0', DECISION, 10), channel: 'C2' });
    expect(await countOutcomes(db, 0)).toEqual({ answer: 2 });
  });

  test('the decision is kept word for word', async () => {
    const db = await open();
    await recordAnswer(db, answer('A1', '2.0', DECISION, 10));
    const row = await db.selectFrom('answers').selectAll().executeTakeFirstOrThrow();
    expect(JSON.parse(row.decision)).toEqual(JSON.parse(JSON.stringify(DECISION)));
    expect(row).toMatchObject({ model: 'm', prompt_hash: 'h', index_version: null, cost_usd: null });
  });

  test('outcomes are counted from a moment on', async () => {
    const db = await open();
    await recordAnswer(db, answer('A1', '2.0', DECISION, 10));
    await recordAnswer(db, answer('A2', '3.0', SILENCE, 20));
    await recordAnswer(db, answer('A3', '4.0', SILENCE, 30));
    expect(await countOutcomes(db, 20)).toEqual({ silence: 2 });
    expect(await countOutcomes(db, 0)).toEqual({ answer: 1, silence: 2 });
    expect(await countOutcomes(db, 31)).toEqual({});
  });

  test('a person has one opinion about an answer, the last one', async () => {
    const db = await open();
    const opinion = (user: string, helpful: boolean, now: number) =>
      recordFeedback(db, { answerId: 'A1', user, helpful, now });
    await opinion('U1', true, 1);
    await opinion('U2', true, 2);
    await opinion('U1', false, 3);
    const rows = await db.selectFrom('feedback').selectAll().orderBy('user').execute();
    expect(rows.map(({ user, helpful, at }) => [user, helpful, Number(at)])).toEqual([
      ['U1', 0, 3],
      ['U2', 1, 2],
    ]);
  });
}
