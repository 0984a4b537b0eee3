import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chunk } from '../../../src/knowledge/chunk.ts';
import type { Passage } from '../../../src/knowledge/types.ts';
import { readCitedSpans } from '../../../src/pipeline/recall/cited-span.ts';
import { judgeCited } from '../../../src/pipeline/recall/judge-cited.ts';
import { readPageWords } from '../../../src/pipeline/recall/page-words.ts';
import { splitSentences } from '../../../src/pipeline/verification/sentences.ts';
import { HAS_DOCS, PAGES, WITHOUT_DOCS } from '../../helpers/docs-railway.ts';
import { readMarkdownPages } from '../../helpers/markdown-pages.ts';
import { CHANGES, COSMETICS, type Edit, type Edited } from '../../helpers/page-edits.ts';
import { ROOT } from '../../helpers/source-facts.ts';

interface Doc {
  source: string;
  body: string;
}

/** The same pages and sentences every time; another seed gives others. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const readDocs = (folder: string): Doc[] => readMarkdownPages(folder).filter((_, at) => at % 8 === 0);

const cut = ({ source, body }: Doc): Passage[] => [
  ...chunk({ source, title: source, url: undefined, updated: undefined, body, hash: '' }),
];

const known = new Map<Doc, string[]>();

/** Sentences that an answer may well have cited. */
function sentencesOf(doc: Doc): string[] {
  const sentences = known.get(doc) ?? findSentences(doc);
  known.set(doc, sentences);
  return sentences;
}

function findSentences(doc: Doc): string[] {
  return cut(doc)
    .filter(({ text }) => !/^[|<`]/.test(text))
    .flatMap(({ text }) => splitSentences(text))
    .map(({ text }) => text)
    .filter((text) => /^[A-Z][^|<>{}]{40,240}[.]$/.test(text) && doc.body.split(text).length === 2);
}

function isFlagged(
  doc: Doc,
  sentence: string,
  edited: Edited,
  others: Doc[],
  wholePassage: boolean,
): boolean {
  const start = { ...doc, ...(edited.before ? { body: edited.before.body } : {}) };
  const cited = edited.before?.sentence ?? sentence;
  const passages = cut(start);
  const passage = passages.find(({ text }) => text.includes(cited));
  if (passage === undefined) throw new Error(`"${cited}" stands in no passage of ${doc.source}`);
  const quote = wholePassage ? passage.text : cited;
  const cite = { source: doc.source, title: '', url: undefined, quote };
  const [span] = readCitedSpans([{ text: quote, cites: [cite] }], passages);
  if (span === undefined) throw new Error('nothing was cited');
  const page =
    edited.after === undefined
      ? undefined
      : readPageWords(cut({ ...doc, body: edited.after }).map(({ text }) => text));
  const elsewhere = others.map((other, at) => ({
    source: other.source,
    words: readPageWords(
      cut(at === 0 && edited.elsewhere ? { ...other, body: edited.elsewhere } : other).map(
        ({ text }) => text,
      ),
    ),
  }));
  return ['changed', 'removed'].includes(judgeCited(span, page, elsewhere).kind);
}

interface Seen {
  edit: string;
  source: string;
  sentence: string;
  flagged: boolean;
}

/** Runs through the kinds of edits in turn, each on the next sentence it fits. */
function look(
  docs: Doc[],
  edits: Record<string, Edit>,
  count: number,
  seed: number,
  wholePassage = false,
): Seen[] {
  const random = createRandom(seed);
  const names = Object.keys(edits);
  const seen: Seen[] = [];
  for (let turn = 0; seen.length < count && turn < count * 200; turn++) {
    const edit = names[seen.length % names.length] ?? '';
    // A kind that fits nowhere after many tries leaves its turn to another.
    const name = turn % 60 === 59 ? (names[random(names.length)] ?? edit) : edit;
    const doc = docs[random(docs.length)];
    const other = docs[random(docs.length)];
    if (doc === undefined || other === undefined || doc === other) continue;
    const sentences = sentencesOf(doc);
    const sentence = sentences[random(sentences.length)];
    if (sentence === undefined) continue;
    const edited = edits[name]?.({ body: doc.body, sentence, other: other.body });
    if (edited === undefined || (edited.after === doc.body && edited.before === undefined)) continue;
    seen.push({
      edit: name,
      source: doc.source,
      sentence,
      flagged: isFlagged(doc, sentence, edited, [other], wholePassage),
    });
  }
  return seen;
}

/** The bar: forty edits of each kind. */
const COUNT = 40;
const SEED = 20_261_121;

const DOCS: [string, string, boolean][] = [
  [`public documentation${WITHOUT_DOCS}`, PAGES, HAS_DOCS],
  ['the sample pages', join(ROOT, 'knowledge'), true],
];

/** Where a whole passage was cited, these may edit what was cited as well. */
const OUTSIDE = /another (?:paragraph|sentence)/;

function expectTold(changes: Seen[], cosmetics: Seen[]) {
  expect([changes.length, cosmetics.length]).toEqual([COUNT, COUNT]);
  const missed = changes.filter(({ flagged }) => !flagged);
  const wrong = cosmetics.filter(({ flagged }) => flagged);
  const hits = COUNT - missed.length;
  const told = JSON.stringify({ missed, wrong }, null, 1);
  expect(hits / COUNT, `recall; ${told}`).toBeGreaterThanOrEqual(0.95);
  expect(hits / (hits + wrong.length), `precision; ${told}`).toBeGreaterThanOrEqual(0.95);
}

describe.each(DOCS)('of %s', (_name, folder, isThere) => {
  const docs = isThere ? readDocs(folder) : [];

  test.skipIf(!isThere)('edits that change a cited sentence are told from those that do not', () => {
    expectTold(look(docs, CHANGES, COUNT, SEED), look(docs, COSMETICS, COUNT, SEED + 1));
  });

  test.skipIf(!isThere)('edits that change a cited passage are told from those that do not', () => {
    const outside = Object.fromEntries(Object.entries(COSMETICS).filter(([name]) => !OUTSIDE.test(name)));
    expectTold(look(docs, CHANGES, COUNT, SEED + 2, true), look(docs, outside, COUNT, SEED + 3, true));
  });
});
