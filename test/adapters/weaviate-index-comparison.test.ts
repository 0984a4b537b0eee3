import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import { createWeaviateIndex } from '../../src/adapters/weaviate-index/weaviate-index.ts';
import { type JudgedQuestion, readJudgedQuestions } from '../../src/evaluation/judged-questions.ts';
import { distinctPages, measureRetrieval } from '../../src/evaluation/retrieval.ts';
import { chunk } from '../../src/knowledge/chunk.ts';
import { createFolderSource } from '../../src/knowledge/load-folder.ts';
import { createSearch } from '../../src/knowledge/search.ts';
import type { IndexChange, KnowledgeIndex } from '../../src/ports.ts';
import { HAS_DOCS, PAGES, readQuestionsFile, WITHOUT_DOCS } from '../helpers/docs-railway.ts';
import { createLogbook } from '../helpers/logbook.ts';
import { ROOT } from '../helpers/source-facts.ts';
import { createStemEmbedder } from '../helpers/stem-embedder.ts';
import { createTestClock } from '../helpers/test-clock.ts';
import { dropIndex, SERVER, WITHOUT_SERVER } from '../helpers/weaviate-server.ts';

const CAN = SERVER && HAS_DOCS;
const WHY = `${WITHOUT_SERVER}${WITHOUT_DOCS}`;

describe.skipIf(!CAN)(`Weaviate beside the embedded index, over real documentation${WHY}`, () => {
  const clock = createTestClock();
  const embedder = createStemEmbedder();
  const name = `Compare${process.pid}`;
  let folder: string;
  let embedded: KnowledgeIndex;
  let weaviate: KnowledgeIndex;
  /** Those that these pages answer, and others that they do not: to both the same page has to come first. */
  let questions: Pick<JudgedQuestion, 'question' | 'gold'>[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-compare-'));
    embedded = createSqliteIndex({ folder, clock });
    weaviate = createWeaviateIndex({ url: SERVER ?? '', name, clock, log: createLogbook() });
    const judged = readJudgedQuestions(readQuestionsFile()).questions;
    const others = readJudgedQuestions(
      readFileSync(join(ROOT, 'examples/questions.jsonl'), 'utf8'),
    ).questions;
    questions = [...judged, ...others.map(({ question }) => ({ question, gold: [] }))];
    const changes = {
      upserts: await readChanges(),
      removals: [],
      embedder: { id: embedder.id, dimensions: embedder.dimensions },
    };
    for (const index of [embedded, weaviate]) {
      const build = await index.build(changes);
      await build.activate();
    }
  }, 120_000);

  afterAll(async () => {
    await embedded.close();
    await weaviate.close();
    await dropIndex(name);
    rmSync(folder, { recursive: true, force: true });
  });

  async function readChanges(): Promise<IndexChange[]> {
    const { pages } = await createFolderSource([PAGES]).list();
    const changes: IndexChange[] = [];
    for (const listed of pages) {
      const read = await listed.read();
      if (!('page' in read)) continue;
      const passages = [...chunk(read.page)];
      const texts = passages.map(({ title, headings, text }) => [title, ...headings, text].join('\n'));
      const { source, hash } = read.page;
      const vectors = await embedder.embed(texts, 'passage');
      changes.push({ page: { source, hash, stamp: listed.stamp }, passages, vectors });
    }
    return changes;
  }

  const rankBy = async (index: KnowledgeIndex, withMeaning: boolean) => {
    const search = createSearch({ index, threshold: 0, ...(withMeaning ? { embedder } : {}) });
    const ranked: { pages: string[]; relevance: number }[] = [];
    for (const { question } of questions) {
      const { passages } = await search([{ text: question, weight: 1 }], { limit: 10 });
      const relevance = Math.max(0, ...passages.map((passage) => passage.relevance));
      ranked.push({ pages: distinctPages(passages), relevance });
    }
    return ranked;
  };

  test.each([
    ['by words', false],
    ['by words and meaning', true],
  ])(
    'gives the same first page and as good an order, and holds the same relevance: %s',
    async (_, meaning) => {
      const [own, other] = [await rankBy(embedded, meaning), await rankBy(weaviate, meaning)];
      const same = own.filter(({ pages }, at) => pages[0] === other[at]?.pages[0]).length / own.length;
      const ndcg = (all: typeof own) =>
        measureRetrieval(
          all
            .map(({ pages }, at) => ({ ranked: pages, gold: questions[at]?.gold ?? [] }))
            .filter(({ gold }) => gold.length > 0),
        ).ndcg10;
      const apart = own.map(({ relevance }, at) => Math.abs(relevance - (other[at]?.relevance ?? 0)));
      const close = apart.filter((difference) => difference < 0.05).length / apart.length;
      console.info(
        `${own.length} questions, same first page ${same.toFixed(3)}, nDCG@10 embedded ${ndcg(own).toFixed(4)}, Weaviate ${ndcg(other).toFixed(4)}, relevance within 0.05 ${close.toFixed(3)}`,
      );
      expect(questions.length).toBeGreaterThanOrEqual(200);
      expect(same).toBeGreaterThanOrEqual(0.95);
      expect(Math.abs(ndcg(own) - ndcg(other))).toBeLessThan(0.02);
      expect(close).toBeGreaterThanOrEqual(0.97);
    },
    120_000,
  );
});
