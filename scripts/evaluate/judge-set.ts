import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { systemClock } from '../../src/clock.ts';
import type { OfflineConfig } from '../../src/config.ts';
import { toError } from '../../src/errors.ts';
import type { Resampling } from '../../src/evaluation/bootstrap.ts';
import { judgeSearch } from '../../src/evaluation/judge-search.ts';
import { type JudgedQuestion, readJudgedQuestions } from '../../src/evaluation/judged-questions.ts';
import { type DataSetFacts, reportSet, type SetReport } from '../../src/evaluation/retrieval-report.ts';
import type { SuiteSet } from '../../src/evaluation/suite.ts';
import type { ChunkSize } from '../../src/knowledge/chunk.ts';
import { createSources } from '../../src/knowledge/sources.ts';
import { createLogger } from '../../src/log.ts';
import { UsageError } from '../command-line.ts';
import type { ChosenConfiguration } from './configurations.ts';
import { withSearchAside } from './search-aside.ts';
import { createStepBar } from './step-bar.ts';

/** One way of searching: a configuration with a size of passages. */
export interface Contender {
  configuration: ChosenConfiguration;
  size: ChunkSize;
}

/** Every contender on all questions of a data set. */
export async function judgeSet(
  set: SuiteSet,
  contenders: Contender[],
  options: { config: OfflineConfig; resampling: Resampling; weaviate?: string | undefined },
): Promise<SetReport> {
  const { questions, facts } = readDataset(set);
  const judged: Parameters<typeof reportSet>[1] = [];
  for (const contender of contenders) {
    const { answers, setting, unknownGold } = await judgeOne(set, questions, contender, options);
    facts.unknownGold = unknownGold;
    judged.push({ answers, setting });
  }
  for (const page of facts.unknownGold) {
    process.stderr.write(`${set.dataset}: right page ${page} is not in the index, so nothing can find it\n`);
  }
  return reportSet(facts, judged, options.resampling);
}

function judgeOne(
  set: SuiteSet,
  questions: JudgedQuestion[],
  { configuration, size }: Contender,
  { config, weaviate }: { config: OfflineConfig; weaviate?: string | undefined },
) {
  const log = createLogger({ level: 'warn' });
  const sources = createSources(set.knowledge, { fetch, clock: systemClock, log });
  return withSearchAside(
    { sources, configuration, config, size, weaviate },
    async ({ search, index, active }) => {
      const bar = createStepBar();
      try {
        const onProgress = (done: number) => bar.onProgress('asking', done, questions.length);
        const answers = await judgeSearch(search, questions, onProgress);
        const known = new Set((await index.pages()).map((page) => page.source));
        const gold = new Set(questions.flatMap((question) => question.gold));
        const setting = {
          configuration: configuration.name,
          title: configuration.title,
          embedder: active.embedder?.id,
          chunk: size,
          indexVersion: active.version,
          pages: active.pages,
          passages: active.passages,
        };
        return { answers, setting, unknownGold: [...gold].filter((page) => !known.has(page)) };
      } finally {
        bar.stop();
      }
    },
  );
}

function readDataset({ name, knowledge, dataset, targets }: SuiteSet): {
  questions: JudgedQuestion[];
  facts: DataSetFacts;
} {
  let text: string;
  try {
    text = readFileSync(dataset, 'utf8');
  } catch (error) {
    throw new UsageError(`--dataset: ${dataset} cannot be read: ${toError(error).message}`);
  }
  const { questions, problems } = readJudgedQuestions(text);
  for (const problem of problems) process.stderr.write(`${dataset}, ${problem}; left out\n`);
  if (questions.length === 0) throw new UsageError(`--dataset: ${dataset} holds no question`);
  const hash = createHash('sha256').update(text).digest('hex');
  const facts = {
    ...{ name, knowledge, file: dataset, hash, targets },
    ...{ skipped: problems.length, unknownGold: [] },
  };
  return { questions, facts };
}
