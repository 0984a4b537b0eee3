import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/pipeline/decide.ts';
import type { Segment, Triage } from '../../src/pipeline/types.ts';
import { passage } from '../helpers/pipeline.ts';

const SEGMENT: Segment = {
  text: 'Press Export.',
  cites: [{ source: 'export.md', title: 'Exports', url: undefined, quote: 'Press Export.' }],
};
const triage = (kind: Triage['kind']): Triage => ({ kind, category: 'other', sentiment: 'neutral' });
const standing = { segments: [SEGMENT], dropped: [] };
const nothing = { segments: [], dropped: [{ text: 'x', reason: 'no source' }] };

describe('what is to happen', () => {
  test.each([
    ['question', standing, 'answer'],
    ['question', nothing, 'handover'],
    ['refund_demand', standing, 'escalate'],
    ['refund_demand', nothing, 'escalate'],
    ['chatter', standing, 'silence'],
    ['chatter', nothing, 'silence'],
  ] as const)('a %s with %o ends in %s', (kind, verdict, outcome) => {
    const ruling = decide(triage(kind), verdict, [passage()]);
    expect(ruling.outcome).toBe(outcome);
    expect(ruling.escalation).toEqual(outcome === 'escalate' ? { kind: 'refund' } : null);
  });

  test('an answer is what stood the check, unchanged', () => {
    expect(decide(triage('question'), standing, []).segments).toEqual([SEGMENT]);
  });

  test('a hand-over has its reason and a line that says a person comes', () => {
    const ruling = decide(triage('question'), nothing, []);
    expect(ruling).toMatchObject({ outcome: 'handover', reason: 'not_in_sources' });
    expect(ruling.segments).toEqual([{ text: expect.stringContaining('colleague'), cites: [] }]);
  });

  test('a silence says nothing', () => {
    expect(decide(triage('chatter'), standing, [passage()]).segments).toEqual([]);
  });

  test('a manager gets the best passage beside a refund demand, or none', () => {
    const ruling = decide(triage('refund_demand'), nothing, [passage({ text: 'within 30 days' }), passage()]);
    expect(ruling.segments[0]?.cites).toEqual([
      { source: 'export.md', title: 'Exports', url: 'https://docs.example/export', quote: 'within 30 days' },
    ]);
    expect(decide(triage('refund_demand'), nothing, []).segments[0]?.cites).toEqual([]);
  });

  test('about money the bot has one fixed line, whatever the model drafted', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        const drafted = texts.map((text) => ({ ...SEGMENT, text }));
        const ruling = decide(triage('refund_demand'), { segments: drafted, dropped: [] }, []);
        expect(ruling.segments).toHaveLength(1);
        expect(ruling.segments).toEqual(decide(triage('refund_demand'), nothing, []).segments);
        expect(ruling.segments[0]?.text).not.toMatch(/will (?:be )?refund|guarantee|\d/i);
      }),
    );
  });
});
