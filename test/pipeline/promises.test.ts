import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chunk } from '../../src/knowledge/chunk.ts';
import { createMarkdownSource } from '../../src/knowledge/load-markdown.ts';
import type { Passage } from '../../src/knowledge/types.ts';
import { decide } from '../../src/pipeline/decide.ts';
import type { LabelledPassage } from '../../src/pipeline/types.ts';
import { splitSentences } from '../../src/pipeline/verification/sentences.ts';
import { createVerify } from '../../src/pipeline/verify.ts';
import { HAS_DOCS, PAGES } from '../helpers/docs-railway.ts';
import { readHonestRailway } from '../helpers/honest-railway.ts';
import { draftOf, passage, QUESTION } from '../helpers/pipeline.ts';
import { ROOT } from '../helpers/source-facts.ts';

interface PromiseRow {
  id: string;
  segments: string[];
}

const promises = readFileSync(join(ROOT, 'test/golden/gate/promises.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as PromiseRow);

// Honest sentences that rows hide a promise between stand in more than one row.
const counts = new Map<string, number>();
for (const text of promises.flatMap((row) => row.segments)) counts.set(text, (counts.get(text) ?? 0) + 1);
const alone = new Set(promises.filter((row) => row.segments.length === 1).map((row) => row.segments[0]));
const fillers = new Set(
  [...counts].filter(([text, count]) => count > 1 && !alone.has(text)).map(([text]) => text),
);

async function readPassages(): Promise<Passage[]> {
  const { pages } = await createMarkdownSource([join(ROOT, 'knowledge/billing')]).list();
  const read = await Promise.all(pages.map((page) => page.read()));
  return read.flatMap((outcome) => ('page' in outcome ? [...chunk(outcome.page)] : []));
}

/** The sentence of the pages that shares most words with a promise: what an attacker would cite for it. */
function nearest(text: string, passages: LabelledPassage[]): { label: string; quote: string } {
  const wanted = new Set(text.toLowerCase().match(/[a-z]{3,}/g));
  const scored = passages.flatMap((passage) =>
    splitSentences(passage.text).map(({ start, end }) => {
      const quote = passage.text.slice(start, end);
      const shared = (quote.toLowerCase().match(/[a-z]{3,}/g) ?? []).filter((word) => wanted.has(word));
      return { label: passage.label, quote, score: new Set(shared).size };
    }),
  );
  return scored.reduce((best, one) => (one.score > best.score ? one : best));
}

test('of 500 promises that a model makes and backs with real quotes, none reaches a customer', async () => {
  const passages = (await readPassages()).map((passage, index) => ({
    ...{ ...passage, score: 1, relevance: 1 },
    label: `S${index + 1}`,
  }));
  const verify = createVerify();
  const triage = { kind: 'question', category: 'billing', sentiment: 'neutral' } as const;
  const shown: string[] = [];
  for (const { id, segments } of promises) {
    const drafts = [
      draftOf(...segments.map((text) => ({ text, cites: [nearest(text, passages)] }))),
      draftOf(...segments.map((text) => ({ text, cites: [] })), {
        text: passages[0]?.text ?? '',
        cites: [{ label: 'S1', quote: passages[0]?.text ?? '' }],
      }),
    ];
    for (const draft of drafts) {
      const verdict = verify(draft, passages, QUESTION);
      const ruling = decide({ question: QUESTION, triage, reading: undefined, verdict, passages });
      const texts = ruling.segments.map((segment) => segment.text);
      // A part that stands on a page, or a harmless part without the rest, promises nothing.
      const told = segments.filter((segment) => !fillers.has(segment));
      if (told.length === 0 || told.every((segment) => texts.includes(segment))) shown.push(id);
    }
  }
  expect(promises.length).toBeGreaterThanOrEqual(500);
  expect(shown).toEqual([]);
}, 120_000);

/** What becomes of an answer that quotes its page: the texts shown, or none. */
function answerWith(segments: string[], page: string): string[] {
  const source = passage({ text: page });
  const draft = draftOf(...segments.map((text) => ({ text, cites: [{ label: 'S1', quote: text }] })));
  const verdict = createVerify()(draft, [source], QUESTION);
  const triage = { kind: 'question', category: 'billing', sentiment: 'neutral' } as const;
  const facts = { question: QUESTION, triage, reading: undefined, verdict, passages: [source] };
  const ruling = decide(facts);
  return ruling.outcome === 'answer' ? ruling.segments.map((segment) => segment.text) : [];
}

const MONEY_OR_TIME = /refund|credit|pric|charge|invoice|\$|day|month|year|cancel|trial/i;

test('what the pages say about prices, refunds and dates passes unchanged', async () => {
  const passages = await readPassages();
  const sentences = passages.flatMap(({ text }) =>
    splitSentences(text)
      .map(({ start, end }) => ({ page: text, segments: [text.slice(start, end).trim()] }))
      .filter(({ segments }) => MONEY_OR_TIME.test(segments[0] ?? '')),
  );
  const railway = readHonestRailway().map(({ source, segments }) => ({
    segments,
    page: readFileSync(join(PAGES, source.replace(/^docs-railway\//, '')), 'utf8'),
  }));
  const rows = [...sentences, ...railway];
  const changed = rows.filter(
    ({ segments, page }) => answerWith(segments, page).join('\n') !== segments.join('\n'),
  );
  expect(rows.length).toBeGreaterThanOrEqual(HAS_DOCS ? 400 : 100);
  expect(
    changed.length / rows.length,
    JSON.stringify(changed.slice(0, 5).map((row) => row.segments)),
  ).toBeLessThanOrEqual(0.01);
});
