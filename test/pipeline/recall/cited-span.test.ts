import { expect, test } from 'vitest';
import { chunk } from '../../../src/knowledge/chunk.ts';
import type { Passage } from '../../../src/knowledge/types.ts';
import { readCitedSpans } from '../../../src/pipeline/recall/cited-span.ts';
import { judgeCited } from '../../../src/pipeline/recall/judge-cited.ts';
import { readPageWords } from '../../../src/pipeline/recall/page-words.ts';
import { splitSentences } from '../../../src/pipeline/verification/sentences.ts';
import { HAS_DOCS, PAGES, WITHOUT_DOCS } from '../../helpers/docs-railway.ts';
import { readMarkdownPages } from '../../helpers/markdown-pages.ts';

const passage = (text: string): Passage => ({
  ...{ id: 'a.md#0', source: 'a.md', title: 'A', url: undefined, updated: undefined, headings: [], text },
});

const spansOf = (quote: string, text: string, shown = quote) =>
  readCitedSpans(
    [{ text: shown, cites: [{ source: 'a.md', title: 'A', url: undefined, quote }] }],
    [passage(text)],
  );

test('a quote is widened to its sentence, with its place and the sentence behind it', () => {
  const text = 'Press Save. You pay $5 per month on Hobby. This is not for trials.\n\nMore.';
  const [span] = spansOf('$5 per month', text);
  expect(span).toMatchObject({ text: 'You pay $5 per month on Hobby.', next: 'This is not for trials.' });
  expect(text.slice(span?.place?.start, span?.place?.end)).toBe('You pay $5 per month on Hobby.');
  expect(span?.place?.passage).toBe('a.md#0');
});

test('a sentence whose line was broken before a capital letter is kept whole', () => {
  const [span] = spansOf('Railway for five dollars', 'You can use\nRailway for five dollars a month.');
  expect(span?.text).toBe('You can use\nRailway for five dollars a month.');
});

test('a quote from a table is kept with the head, and the whole table where the whole was shown', () => {
  const table = '| Plan | Price |\n|---|---|\n| Hobby | $5 |\n| Pro | $20 |';
  expect(spansOf('| Pro | $20 |', table)[0]?.text).toBe('| Plan | Price |\n| Pro | $20 |');
  expect(spansOf('| Pro | $20 |', table, table)[0]?.text).toBe(table);
});

test('a quote that leaves out the markup is found, without a place', () => {
  const [span] = spansOf('five seats are included', 'All **five** [seats](/s) are included.');
  expect(span).toMatchObject({ text: 'All five seats are included.', place: undefined });
});

test('what is cited twice is kept once, and what stands nowhere as it is', () => {
  const cite = { source: 'a.md', title: 'A', url: undefined, quote: 'You pay $5 per month.' };
  const segments = [{ text: 'x', cites: [cite, cite] }];
  expect(readCitedSpans(segments, [passage('You pay $5 per month.')])).toHaveLength(1);
  expect(readCitedSpans(segments, [])).toMatchObject([
    { text: 'You pay $5 per month.', place: undefined, next: '' },
  ]);
});

test.skipIf(!HAS_DOCS)(`whatever is cited of a real page stands on that page as it is${WITHOUT_DOCS}`, () => {
  const lost: string[] = [];
  for (const { source, body } of readMarkdownPages(PAGES).filter((_, at) => at % 16 === 0)) {
    const passages = [...chunk({ source, title: '', url: undefined, updated: undefined, body, hash: '' })];
    const page = readPageWords(passages.map(({ text }) => text));
    for (const one of passages) {
      const { text } = one;
      for (const quote of [text, ...splitSentences(text).map((sentence) => sentence.text)]) {
        const cite = { source, title: '', url: undefined, quote };
        for (const span of readCitedSpans([{ text: quote, cites: [cite] }], [one])) {
          if (judgeCited(span, page).kind !== 'stands') lost.push(`${source}: ${quote}`);
        }
      }
    }
  }
  expect(lost).toEqual([]);
});
