import { statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRefundDemand } from '../../../src/pipeline/triage/refund-demand.ts';
import { triageMessage } from '../../../src/pipeline/triage/shipped-weights.ts';
import { LABELS } from '../../../src/pipeline/triage/triage-message.ts';
import { createTriage } from '../../../src/pipeline/triage.ts';
import { findSharedRows } from './golden.ts';

const WEIGHTS = join(import.meta.dirname, '../../../src/pipeline/triage/weights.json');
const ask = (text: string) =>
  createTriage()({ id: '1', text, channel: 'C1', user: 'U1', thread: [], mentioned: false });

interface Row {
  text: string;
  label: string;
  source: string;
}

describe('triage', () => {
  test.each([
    ['I want a refund', 'refund_demand', 'refund'],
    ['thanks!', 'chatter', 'other'],
    ['How long do refunds take?', 'question', 'refund'],
    ['We were charged twice in May', 'question', 'billing'],
    ['Where can I read about SOC 2 and encryption?', 'question', 'security'],
    ['All webhooks fail with error 502 since this morning, is there an outage?', 'question', 'incident'],
  ])('of "%s" is %s, %s', (text, kind, category) => {
    expect(ask(text)).toMatchObject({ kind, category });
  });

  test.each([
    ['Great support as always, cheers!', 'positive'],
    ['This is the worst support I have ever had. Unacceptable.', 'negative'],
    ['Where do I change the language of the reports?', 'neutral'],
  ])('hears the mood of "%s": %s', (text, sentiment) => {
    expect(triageMessage(text).sentiment).toBe(sentiment);
  });

  test('reads any text without failing, and the same text the same way', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const first = triageMessage(text);
        expect(LABELS).toContain(first.category);
        expect(first.refundDemand.score).toBeGreaterThanOrEqual(0);
        expect(first.refundDemand.score).toBeLessThanOrEqual(1);
        expect(triageMessage(text)).toEqual(first);
      }),
      { numRuns: 200 },
    );
  });

  test('ships weights of at most one megabyte', () => {
    expect(statSync(WEIGHTS).size).toBeLessThanOrEqual(1_000_000);
  });

  const rows = findSharedRows<Row>('refund-demand/utterances.jsonl');
  test.skipIf(rows === undefined)(
    'by rules alone finds 85 % of the demands of sources it learnt nothing from (needs ../shared/data)',
    () => {
      const rulesAlone = createRefundDemand(() => ({}), { message: 1, sentence: 1 });
      const recalls = ['banking77', 'bitext', 'nlupp-banking'].map((source) => {
        const own = (rows ?? []).filter((row) => row.source === source);
        const flagged = own.filter(({ text }) => rulesAlone(text).flagged);
        const caught = flagged.filter(({ label }) => label === 'refund_demand').length;
        expect(caught / flagged.length, `precision of ${source}`).toBeGreaterThanOrEqual(0.6);
        return caught / own.filter(({ label }) => label === 'refund_demand').length;
      });
      expect(recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length).toBeGreaterThanOrEqual(0.85);
    },
  );
});
