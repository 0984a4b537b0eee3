import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import { readJudgedQuestions } from '../../src/evaluation/judged-questions.ts';
import { distinctPages, measureRetrieval } from '../../src/evaluation/retrieval.ts';
import { createFolderSource } from '../../src/knowledge/load-folder.ts';
import { createReindex, type Reindex } from '../../src/knowledge/reindex.ts';
import { DEFAULT_THRESHOLD } from '../../src/knowledge/relevance.ts';
import { createSearch } from '../../src/knowledge/search.ts';
import type { ReindexResult } from '../../src/knowledge/types.ts';
import type { KnowledgeIndex } from '../../src/ports.ts';
import { HAS_DOCS, PAGES, readQuestionsFile, WITHOUT_DOCS } from '../helpers/docs-railway.ts';
import { createTestClock } from '../helpers/test-clock.ts';

describe.skipIf(!HAS_DOCS)(`over 382 pages of real documentation${WITHOUT_DOCS}`, () => {
  const clock = createTestClock();
  let folder: string;
  let index: KnowledgeIndex;
  let reindex: Reindex;
  let first: ReindexResult;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-docs-'));
    index = createSqliteIndex({ folder, clock });
    reindex = createReindex({ index, sources: [createFolderSource([PAGES])], clock });
    first = await reindex();
  }, 60_000);

  afterAll(async () => {
    await index.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (text: string, limit = 8) =>
    createSearch({ index, threshold: DEFAULT_THRESHOLD })([{ text, weight: 1 }], { limit });

  test('every page is indexed, and a second run does next to no work', async () => {
    expect(first).toMatchObject({ pages: 382, added: 382, failed: [] });
    const again = await reindex();
    expect(again).toMatchObject({ pages: 382, unchanged: 382, added: 0, changed: 0, chunks: first.chunks });
    expect(again.ms).toBeLessThan(first.ms * 0.05);
  });

  test('the page that answers is among the first five for nearly every question', async () => {
    const { questions } = readJudgedQuestions(readQuestionsFile());
    const figuresOf = async (kind: string) => {
      const judged = questions.filter((question) => question.kind === kind);
      const ranked = judged.map(async ({ question, gold }) => ({
        ranked: distinctPages((await ask(question, 60)).passages),
        gold,
      }));
      return measureRetrieval(await Promise.all(ranked));
    };
    expect((await figuresOf('own-heading')).hit5).toBeGreaterThanOrEqual(0.97);
    expect((await figuresOf('anchor-text')).hit5).toBeGreaterThanOrEqual(0.85);
  }, 60_000);

  test('nearly every question that the pages answer counts as answered', async () => {
    const { questions } = readJudgedQuestions(readQuestionsFile());
    const found = await Promise.all(questions.map(({ question }) => ask(question)));
    const answered = found.filter(({ answerable }) => answerable);
    expect(answered.length).toBeGreaterThanOrEqual(0.97 * questions.length);
  }, 60_000);

  test('"Can I get a refund?" finds the refunds page first', async () => {
    const { passages } = await ask('Can I get a refund?');
    expect(passages[0]).toMatchObject({ source: 'docs/pricing/refunds.md', title: 'Refunds' });
  });

  test.each([
    "What's the weather in Paris tomorrow?",
    'Who won the world cup?',
    'Is there life on Mars?',
    'Can you recommend a good restaurant nearby?',
    'How do I bake sourdough bread?',
  ])('nothing is relevant to "%s"', async (question) => {
    expect(await ask(question)).toMatchObject({ answerable: false });
  });

  test.each([
    'refunds?',
    'how do i cancel my subscription',
    'my deployment fails with error 502, what can I do',
    'Can I run cron jobs?',
    'How much does the Pro plan cost?',
  ])('something is relevant to "%s"', async (question) => {
    expect(await ask(question)).toMatchObject({ answerable: true });
  });
});
