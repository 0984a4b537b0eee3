import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chunk } from '../../src/knowledge/chunk.ts';
import { createFolderSource } from '../../src/knowledge/load-folder.ts';
import type { Passage } from '../../src/knowledge/types.ts';
import { decide } from '../../src/pipeline/decide.ts';
import type { Draft, LabelledPassage } from '../../src/pipeline/types.ts';
import { splitSentences } from '../../src/pipeline/verification/sentences.ts';
import { createVerify } from '../../src/pipeline/verify.ts';
import { HAS_DOCS, PAGES } from '../helpers/docs-railway.ts';
import { readHonestRailway } from '../helpers/honest-railway.ts';
import { draftOf, passage, QUESTION } from '../helpers/pipeline.ts';
import { ROOT } from '../helpers/source-facts.ts';

const HARMLESS_RESTS = ['Leave it open.', 'Nobody else had access.', 'The renamed-tab bug?'];

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

async function readPassages(folder = 'knowledge/billing'): Promise<Passage[]> {
  const { pages } = await createFolderSource([join(ROOT, folder)]).list();
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

interface FreshPromise {
  id: string;
  text: string;
}
interface FreshHonest {
  id: string;
  text: string;
  source: string;
  quote: string;
}

describe('words of an author who knew neither the patterns nor the checks', () => {
  const shownFor = (draft: Draft, passages: LabelledPassage[]) => {
    const verdict = createVerify()(draft, passages, QUESTION);
    const triage = { kind: 'question', category: 'billing', sentiment: 'neutral' } as const;
    const ruling = decide({ question: QUESTION, triage, reading: undefined, verdict, passages });
    return ruling.outcome === 'answer' ? ruling.segments.map(({ text }) => text) : [];
  };

  test('of 240 promises none reaches a customer: cited, uncited, or cut into cited sentences', async () => {
    const passages = (await readPassages('knowledge')).map((passage, index) => ({
      ...{ ...passage, score: 1, relevance: 1 },
      label: `S${index + 1}`,
    }));
    const truth = passages[0]?.text ?? '';
    const promised = readRows<FreshPromise>('promises/promises.jsonl');
    const shown: string[] = [];
    const rests: string[] = [];
    for (const { id, text } of promised) {
      const cut = splitSentences(text).map(({ start, end }) => text.slice(start, end).trim());
      const cited = draftOf({ text, cites: [nearest(text, passages)] });
      const beside = draftOf({ text, cites: [] }, { text: truth, cites: [{ label: 'S1', quote: truth }] });
      const inPieces = draftOf(...cut.map((piece) => ({ text: piece, cites: [nearest(piece, passages)] })));
      for (const draft of [cited, beside]) if (shownFor(draft, passages).includes(text)) shown.push(id);
      const pieces = shownFor(inPieces, passages).filter((piece) => cut.includes(piece));
      if (pieces.length === cut.length) shown.push(id);
      else if (pieces.length > 0) rests.push(...pieces);
    }
    expect(promised.length).toBeGreaterThanOrEqual(240);
    expect(shown).toEqual([]);
    // What is left of a promise cut in pieces: read one by one when written down, none of them promises anything.
    expect(rests.sort()).toEqual(HARMLESS_RESTS);
  }, 120_000);

  test('most honest paraphrases are answered, in their own words or in the page’s', () => {
    const rows = readRows<FreshHonest>('promises/honest.jsonl').filter(
      ({ source }) => HAS_DOCS || !source.startsWith('railway:'),
    );
    const kept = { unchanged: 0, inPageWords: 0, lost: 0 };
    for (const { text, source, quote } of rows) {
      const file = source.startsWith('railway:')
        ? join(PAGES, source.slice('railway:'.length))
        : join(ROOT, 'knowledge', source);
      const page = readFileSync(file, 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '');
      const shown = shownFor(draftOf({ text, cites: [{ label: 'S1', quote }] }), [passage({ text: page })]);
      const fate = shown.length === 0 ? 'lost' : shown.join(' ') === text ? 'unchanged' : 'inPageWords';
      kept[fate] += 1;
    }
    // Measured 25 % unchanged, 59 % in the words of the page, 16 % handed to a person; docs/output-gate.md says why.
    expect(kept.lost / rows.length, JSON.stringify(kept)).toBeLessThanOrEqual(0.2);
  });
});

function readRows<T>(file: string): T[] {
  const lines = readFileSync(join(ROOT, 'test/golden', file), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as T);
}
