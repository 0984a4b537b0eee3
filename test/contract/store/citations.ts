import { expect, test } from 'vitest';
import type { CitedSpan } from '../../../src/pipeline/recall/cited-span.ts';
import type { Decision } from '../../../src/pipeline/types.ts';
import { recordAnswer } from '../../../src/store/answers.ts';
import {
  listWatched,
  listWatchedOf,
  markChecked,
  recordCitations,
  settleCitations,
} from '../../../src/store/citations.ts';
import {
  closeRecall,
  findOpenRecall,
  findRecall,
  openRecall,
  type RecallFacts,
} from '../../../src/store/recalls.ts';
import type { Database } from '../../../src/store/schema.ts';

const SPAN: CitedSpan = {
  ...{ source: 'a.md', title: 'A', url: 'https://x.example/a', text: 'It costs $5.', next: 'Not in Peru.' },
  ...{ hash: 'h', place: { passage: 'a.md#0', start: 3, end: 15 } },
};
const BARE: CitedSpan = { ...SPAN, source: 'b.md', url: undefined, next: '', place: undefined };
const DECISION = { outcome: 'answer', segments: [], model: 'm', promptHash: 'p' } as unknown as Decision;

const answer = (id: string, cited: CitedSpan[], now: number) => ({
  ...{ id, channel: 'C1', threadTs: '1.0', questionTs: id, decision: DECISION, cited, now },
});

const FACTS: RecallFacts = {
  ...{ channel: 'C1', threadTs: '1.0', questionTs: '2.0', customer: 'Ann', question: 'How much?' },
  ...{ threadUrl: undefined, citations: ['A1:001'], newCites: [] },
  changes: [{ title: 'A', url: undefined, older: 'It costs $5.', newer: 'It costs $6.' }],
};

export function describeCitations(open: () => Promise<Database>): void {
  test('what an answer cited is kept with it, word for word and with its place', async () => {
    const db = await open();
    await recordAnswer(db, answer('A1', [SPAN, BARE], 10));
    const kept = await listWatchedOf(db, 'A1');
    expect(kept).toEqual([
      { ...SPAN, id: 'A1:001', answerId: 'A1', page: 'a.md', checked: undefined },
      { ...BARE, id: 'A1:002', answerId: 'A1', page: 'b.md', checked: undefined },
    ]);
  });

  test('an answer that was there already keeps what it cited and nothing else', async () => {
    const db = await open();
    await recordAnswer(db, answer('A1', [SPAN], 10));
    await recordAnswer(db, { ...answer('A2', [BARE], 20), questionTs: 'A1' });
    expect((await listWatched(db, 0)).map(({ id }) => id)).toEqual(['A1:001']);
  });

  test('answers are watched from a moment on, the newest first, and only real answers', async () => {
    const db = await open();
    await recordAnswer(db, answer('A1', [SPAN], 10));
    await recordAnswer(db, answer('A2', [SPAN], 20));
    await recordAnswer(db, answer('A3', [SPAN], 30));
    const handover = { ...DECISION, outcome: 'handover' } as Decision;
    await recordAnswer(db, { ...answer('A4', [SPAN], 40), decision: handover });
    expect((await listWatched(db, 20)).map(({ answerId }) => answerId)).toEqual(['A3', 'A2']);
  });

  test('where a span was found last is remembered, and a settled one is watched no more', async () => {
    const db = await open();
    await recordAnswer(db, answer('A1', [SPAN, BARE], 10));
    await markChecked(db, { id: 'A1:001', page: 'c.md', hash: 'of c' });
    await settleCitations(db, ['A1:002']);
    await settleCitations(db, []);
    expect(await listWatchedOf(db, 'A1')).toMatchObject([{ source: 'a.md', page: 'c.md', checked: 'of c' }]);
  });

  test('the words of a correction are watched in the place of the old ones', async () => {
    const db = await open();
    await recordAnswer(db, answer('A1', [SPAN], 10));
    await settleCitations(db, ['A1:001']);
    await recordCitations(db, 'A1', [{ ...SPAN, text: 'It costs $6.' }], { by: 'R1', now: 20 });
    expect(await listWatched(db, 0)).toMatchObject([{ id: 'R1:001', answerId: 'A1', text: 'It costs $6.' }]);
  });

  test('an answer has one open card, which ends once', async () => {
    const db = await open();
    const recall = { id: 'R1', answerId: 'A1', facts: FACTS, digest: 'd' };
    expect(await openRecall(db, recall, 10)).toBe(true);
    expect(await openRecall(db, { ...recall, id: 'R2' }, 11)).toBe(false);
    expect(await findOpenRecall(db, 'A1')).toEqual({ ...recall, state: 'open', decidedBy: undefined });
    expect(await closeRecall(db, { id: 'R1', state: 'sent', by: 'U1', now: 20 })).toBe(true);
    expect(await closeRecall(db, { id: 'R1', state: 'left', by: 'U2', now: 21 })).toBe(false);
    expect(await findRecall(db, 'R1')).toMatchObject({ state: 'sent', decidedBy: 'U1' });
    expect(await findOpenRecall(db, 'A1')).toBeUndefined();
    expect(await openRecall(db, { ...recall, id: 'R2' }, 30)).toBe(true);
  });
}
