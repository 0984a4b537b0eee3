import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSqliteIndex } from '../../src/adapters/sqlite-index/sqlite-index.ts';
import { auroc } from '../../src/evaluation/abstention.ts';
import {
  type ConversationTask,
  readConversationPages,
  readConversations,
} from '../../src/evaluation/conversations.ts';
import { readTexts } from '../../src/evaluation/read-texts.ts';
import { distinctPages, measureRetrieval } from '../../src/evaluation/retrieval.ts';
import { createFolderSource } from '../../src/knowledge/load-folder.ts';
import { createReindex } from '../../src/knowledge/reindex.ts';
import { DEFAULT_THRESHOLD } from '../../src/knowledge/relevance.ts';
import { createSearch, type SearchResult } from '../../src/knowledge/search.ts';
import type { PageSource } from '../../src/knowledge/types.ts';
import type { KnowledgeIndex } from '../../src/ports.ts';
import { CONVERSATIONS, HAS_CONVERSATIONS, WITHOUT_CONVERSATIONS } from '../helpers/conversations.ts';
import { ROOT } from '../helpers/source-facts.ts';
import { createTestClock } from '../helpers/test-clock.ts';

let folder: string;
let index: KnowledgeIndex;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-abstention-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function build(name: string, source: PageSource): Promise<void> {
  const clock = createTestClock();
  index = createSqliteIndex({ folder: join(folder, name), clock });
  await createReindex({ index, sources: [source], clock })();
}

async function ask(
  question: string,
  thread: ConversationTask['thread'] = [],
  limit = 8,
): Promise<SearchResult> {
  return createSearch({ index, threshold: DEFAULT_THRESHOLD })(await readTexts(question, thread), { limit });
}

describe.skipIf(!HAS_CONVERSATIONS)(`over recorded conversations${WITHOUT_CONVERSATIONS}`, () => {
  let tasks: ConversationTask[];

  beforeAll(async () => {
    tasks = readConversations(CONVERSATIONS);
    await build('conversations', readConversationPages(CONVERSATIONS));
  }, 60_000);

  afterAll(() => index.close());

  const askAll = (answerability: string) =>
    Promise.all(
      tasks
        .filter((task) => task.answerability === answerability)
        .map(({ question, thread }) => ask(question, thread)),
    );

  test('what the documents do not say is told from what they say', async () => {
    const [known, unknown] = [await askAll('ANSWERABLE'), await askAll('UNANSWERABLE')];
    const best = ({ passages }: SearchResult) => Math.max(0, ...passages.map(({ relevance }) => relevance));
    const figure = auroc({ answerable: known.map(best), unanswerable: unknown.map(best) });
    expect(figure).toBeGreaterThanOrEqual(0.88);
    const answered = (results: SearchResult[]) =>
      results.filter(({ answerable }) => answerable).length / results.length;
    expect(answered(known)).toBeGreaterThanOrEqual(0.9);
    expect(answered(unknown)).toBeLessThanOrEqual(0.5);
  }, 60_000);

  test('the right passages are found with the conversation, and worse without it', async () => {
    const judged = tasks.filter(({ gold }) => gold.length > 0);
    const figureOf = async (withThread: boolean) => {
      const ranked = judged.map(async ({ question, thread, gold }) => ({
        ranked: distinctPages((await ask(question, withThread ? thread : [], 60)).passages),
        gold,
      }));
      return measureRetrieval(await Promise.all(ranked)).ndcg10;
    };
    expect(await figureOf(true)).toBeGreaterThanOrEqual(0.93);
    expect(await figureOf(false)).toBeLessThan(0.85);
  }, 60_000);
});

describe('over the sample knowledge', () => {
  beforeAll(() => build('sample', createFolderSource([join(ROOT, 'knowledge')])), 60_000);

  afterAll(() => index.close());

  test('nearly every question in customers’ own words counts as answered', async () => {
    const lines = readFileSync(join(ROOT, 'examples/questions.jsonl'), 'utf8').trim().split('\n');
    const questions = lines.map((line) => (JSON.parse(line) as { question: string }).question);
    const found = await Promise.all(questions.map((question) => ask(question)));
    const answered = found.filter(({ answerable }) => answerable).length;
    expect(answered).toBeGreaterThanOrEqual(0.9 * questions.length);
  });

  test.each(["What's the weather in Paris tomorrow?", 'Who won the world cup?', 'Is there life on Mars?'])(
    'nothing is relevant to "%s"',
    async (question) => {
      expect(await ask(question)).toMatchObject({ answerable: false });
    },
  );

  test.each([
    ['Can I get a refund?', 'billing/refund-policy.md'],
    ['How many API requests per minute may we send?', 'api/rate-limits.md'],
  ])('"%s" is answered from %s', async (question, source) => {
    const { answerable, passages } = await ask(question);
    expect(answerable).toBe(true);
    expect(passages[0]).toMatchObject({ source });
  });
});
