import type { CardPayment, Content, HomeFigures, RefundCard } from '../../src/conversation/content.ts';
import type { ReleaseRun } from '../../src/knowledge/release-status.ts';
import type { ReindexResult } from '../../src/knowledge/types.ts';

/** How much of everything a view gets, and what stands in every place that people or pages fill. */
export interface Filling {
  text: string;
  url?: string;
  count?: number;
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

const payments = (why: string): CardPayment[] => [
  { name: 'due' },
  { name: 'accepted', at: 1_767_000_000_000 },
  { name: 'by_hand', why },
  { name: 'paid', by: 'U0MAYA', at: 1_767_000_000_000 },
];

function refundCard(
  { text, url, count = 1 }: Filling,
  state: RefundCard['state'],
  more: Pick<RefundCard, 'two' | 'frozen'> = {},
): Content {
  const record = {
    ...{ name: text, tier: text, joined: text, incidents: [text], notes: 'INTERNAL NOTES' },
    recentTickets: times(count, (i) => ({
      id: `${i}`,
      title: text,
      status: text,
      updated: text,
      body: text,
    })),
  };
  return {
    kind: 'refund-card',
    escalationId: '01HX0000000000000000000000',
    customer: { userId: 'U0ANN', name: text, record },
    words: text,
    threadUrl: url ?? 'https://acme.slack.com/archives/C1/p1',
    policy: { title: text, url, quote: text },
    ...more,
    state,
  };
}

function changes({ text, url, count = 1 }: Filling) {
  return times(count, (i) => ({ title: text, url, older: text, newer: i % 2 === 0 ? text : undefined }));
}

function recallCards(filling: Filling): Content[] {
  const { text, url } = filling;
  const card = {
    ...({ kind: 'recall-card', recallId: '01HX0000000000000000000000', channel: 'C0ACME' } as const),
    ...{ customer: text, question: text, threadUrl: url, changes: changes(filling) },
  };
  return [
    { ...card, state: { name: 'open' } },
    { ...card, state: { name: 'sent', by: 'U0MAYA', at: 1_767_000_000_000 } },
    { ...card, state: { name: 'left', by: 'U0MAYA', at: 1_767_000_000_000 } },
    { ...card, state: { name: 'outdated', why: text } },
    { ...card, state: { name: 'unsendable', why: text } },
  ];
}

/** One content of every kind that is a message, filled with the same text everywhere. */
export function fillMessages(filling: Filling): Content[] {
  const { text, url, count = 1 } = filling;
  const segments = times(count, (i) => ({
    text,
    cites: [
      { source: `${i}.md`, title: text, url, quote: text },
      { source: `${i}-plain.md`, title: text, url: undefined, quote: text },
    ],
  }));
  const failed = times(count, (i) => ({ source: `${i}${text}`, reason: text }));
  const result: ReindexResult = {
    ...{ pages: 1, added: 1, changed: 0, removed: 0, unchanged: 0, failed, chunks: 3, ms: 1_234 },
    ...{ version: text, embeddings: { needed: count, costUsd: 0.1 }, gate: null },
    warnings: times(count, () => text),
  };
  const embedder = { id: text, dimensions: 3 };
  const version = { version: text, pages: 1, passages: 3, builtAt: 1_767_000_000_000, embedder };
  const run: ReleaseRun = {
    ...{ by: 'staff', user: 'U0MAYA', startedAt: 1_767_000_000_000, finishedAt: 1_767_000_001_000 },
    ...{ outcome: 'refused', says: text },
  };
  return [
    { kind: 'answer', segments, note: text, feedbackId: '01HX0000000000000000000000' },
    { kind: 'line', text },
    {
      ...{
        kind: 'handover',
        question: text,
        reason: text,
        channel: 'C0ACME',
        threadUrl: url,
        customer: text,
      },
      likely: times(count, () => ({ title: text, url })),
    },
    refundCard(filling, { name: 'open' }),
    refundCard(filling, { name: 'open', approvedBy: ['U0MAYA'] }, { two: 'sum_above_limit' }),
    refundCard(filling, { name: 'open' }, { frozen: 'channel_public' }),
    refundCard(filling, { name: 'open' }, { frozen: 'channel_shared' }),
    refundCard(filling, { name: 'held', verdict: 'approved', by: 'U0MAYA', until: 2_000, leftMs: 1_500 }),
    refundCard(filling, { name: 'approved', by: 'U0MAYA', at: 1_767_000_000_000 }),
    ...payments(text).map((payment) =>
      refundCard(filling, {
        name: 'approved',
        by: 'U0MAYA',
        secondedBy: 'U0OMAR',
        at: 1_767_000_000_000,
        payment,
      }),
    ),
    refundCard(filling, { name: 'expired', at: 1_767_000_000_000 }),
    ...(['changed', 'withdrawn', 'altered'] as const).map((why) =>
      refundCard(filling, { name: 'superseded', why }),
    ),
    refundCard(filling, { name: 'denied', by: 'U0MAYA', at: 1_767_000_000_000 }),
    ...recallCards(filling),
    { kind: 'correction', changes: changes(filling) },
    { kind: 'reindex-progress', progress: { phase: 'indexing', done: count, total: 7 } },
    { kind: 'reindex-result', result },
    { kind: 'reindex-failed', reason: text },
    { kind: 'reindex-plan', result: { ...result, refused: text } },
    { kind: 'reindex-status', status: { active: version, previous: version, lastRun: run, held: run } },
    { kind: 'rolled-back', rolledBack: { from: version, to: version, warnings: result.warnings } },
  ];
}

export function fillHome({ text, url, count = 1 }: Filling): Content {
  const figures: HomeFigures = {
    openEscalations: times(count, () => ({ customer: text, url, openedAt: 1_767_000_000_000 })),
    index: { version: text, pages: 3, passages: 9, builtAt: 1_767_000_000_000 },
    lastDay: { questions: 1, answered: 1, handedOver: 0, escalated: 0 },
    search: { state: 'down', reason: text },
    model: text,
  };
  return { kind: 'home-staff', figures };
}
