import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Case, decide as decideCase } from '../../src/pipeline/decide.ts';
import type { LabelledPassage, Reading, Segment, Triage, Verdict } from '../../src/pipeline/types.ts';
import { passage, QUESTION } from '../helpers/pipeline.ts';

const SEGMENT: Segment = {
  text: 'Press Export.',
  cites: [{ source: 'export.md', title: 'Exports', url: undefined, quote: 'Press Export.' }],
};
const triage = (kind: Triage['kind']): Triage => ({ kind, category: 'other', sentiment: 'neutral' });
const standing = { segments: [SEGMENT], dropped: [] };
const nothing = { segments: [], dropped: [{ text: 'x', reason: 'no source' }] };

const READING: Reading = {
  kind: 'question',
  addressed: true,
  category: 'product',
  sentiment: 'neutral',
  language: 'en',
  outcome: 'answer',
  clarifyingQuestion: '',
  escalation: { needed: false, reason: '' },
  missing: [],
  confidence: 'high',
};

const decide = (sorted: Triage, verdict: Verdict, passages: LabelledPassage[], more: Partial<Case> = {}) =>
  decideCase({ question: QUESTION, triage: sorted, reading: undefined, verdict, passages, ...more });

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

  test.each([
    ['the rules see a demand, the model does not', 'refund_demand', {}, 'escalate'],
    ['the model sees a demand, the rules do not', 'question', { kind: 'refund_demand' }, 'escalate'],
    ['the model sees small talk', 'question', { kind: 'chatter' }, 'silence'],
    ['the model sees that it is meant for somebody else', 'question', { addressed: false }, 'silence'],
    ['a discount is asked for', 'question', { escalation: { needed: true, reason: 'discount' } }, 'handover'],
    [
      'the model has a question',
      'question',
      { outcome: 'clarify', clarifyingQuestion: 'Which plan?' },
      'clarify',
    ],
    ['the model wants to ask and has no question', 'question', { outcome: 'clarify' }, 'answer'],
    ['the model would hand over, yet its answer stands', 'question', { outcome: 'handover' }, 'answer'],
  ] as const)('when %s, a %s ends as it should', (_when, kind, reading, outcome) => {
    const ruling = decide(triage(kind), standing, [], { reading: { ...READING, ...reading } });
    expect(ruling.outcome).toBe(outcome);
  });

  test('whoever names the bot gets an answer, whatever the model thinks of it', () => {
    const question = { ...QUESTION, mentioned: true };
    const reading = { ...READING, addressed: false };
    expect(decide(triage('question'), standing, [], { question, reading }).outcome).toBe('answer');
  });

  test('after three clarifying questions a person takes over', () => {
    const reading: Reading = { ...READING, outcome: 'clarify', clarifyingQuestion: 'Which plan?' };
    const after = (clarifications: number) =>
      decide(triage('question'), nothing, [], { question: { ...QUESTION, clarifications }, reading }).outcome;
    expect([0, 2, 3, 9].map(after)).toEqual(['clarify', 'clarify', 'handover', 'handover']);
  });

  test.each([
    ['an answer', { outcome: 'answer' }, 'We will refund the second payment to your card.'],
    [
      'a question of ours',
      { outcome: 'clarify', clarifyingQuestion: 'We will credit you $50; which card?' },
      'Press Export.',
    ],
  ] as const)('%s that promises what only people may promise is held back', (_what, reading, text) => {
    const verdict = { segments: [{ ...SEGMENT, text }], dropped: [] };
    const ruling = decide(triage('question'), verdict, [], { reading: { ...READING, ...reading } });
    expect(ruling).toMatchObject({ outcome: 'handover', reason: 'held_back' });
    expect(JSON.stringify(ruling.segments)).not.toMatch(/refund|credit/);
  });

  test.each([
    'Our API allows 10,000 requests a minute on every plan. Which plan are you on?',
    'Are you on the plan with 10,000 requests a minute?',
    'You are a churn risk. Which plan are you on?',
    'Are you the churning customer whose renewal is doubtful?',
  ])('a question that tells instead of asking is held back: %s', (clarifyingQuestion) => {
    const reading: Reading = { ...READING, outcome: 'clarify', clarifyingQuestion };
    const customer = {
      ...{ name: 'Acme', tier: 'Pro', joined: '2024-01-01', recentTickets: [], incidents: [] },
      notes: 'Churning customer, renewal doubtful.',
    };
    const question = { ...QUESTION, customer };
    const ruling = decide(triage('question'), nothing, [], { reading, question });
    expect(ruling).toMatchObject({ outcome: 'handover', reason: 'held_back' });
  });
});
