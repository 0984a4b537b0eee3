import type { Content, HomeFigures, RefundCard } from '../../src/conversation/content.ts';

/** How much of everything a view gets, and what stands in every place that people or pages fill. */
export interface Filling {
  text: string;
  url?: string;
  count?: number;
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

function refundCard({ text, url, count = 1 }: Filling, state: RefundCard['state']): Content {
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
    state,
  };
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
  const result = { pages: 1, added: 1, changed: 0, removed: 0, unchanged: 0, failed, chunks: 3, ms: 1_234 };
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
    refundCard(filling, { name: 'held', verdict: 'approved', by: 'U0MAYA', until: 2_000 }),
    refundCard(filling, { name: 'approved', by: 'U0MAYA', at: 1_767_000_000_000 }),
    refundCard(filling, { name: 'denied', by: 'U0MAYA', at: 1_767_000_000_000 }),
    { kind: 'reindex-progress', progress: { phase: 'indexing', done: count, total: 7 } },
    { kind: 'reindex-result', result },
    { kind: 'reindex-failed', reason: text },
  ];
}

export function fillHome({ text, url, count = 1 }: Filling): Content {
  const figures: HomeFigures = {
    openEscalations: times(count, () => ({ customer: text, url, openedAt: 1_767_000_000_000 })),
    index: { version: text, pages: 3, passages: 9, builtAt: 1_767_000_000_000 },
    lastDay: { questions: 1, answered: 1, handedOver: 0, escalated: 0 },
    model: text,
  };
  return { kind: 'home-staff', figures };
}
