import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { loadOfflineConfig, type OfflineConfig, readEnvironment } from '../../src/config.ts';
import { drawOverview } from '../../src/evaluation/report/overview-picture.ts';
import { renderRetrieval } from '../../src/evaluation/report/retrieval-page.ts';
import { renderSweep } from '../../src/evaluation/report/sweep-page.ts';
import { failedGates } from '../../src/evaluation/retrieval-gate.ts';
import { reportToJson } from '../../src/evaluation/retrieval-json.ts';
import { reportToMarkdown } from '../../src/evaluation/retrieval-markdown.ts';
import type { RetrievalReport, SetReport } from '../../src/evaluation/retrieval-report.ts';
import { describeReport } from '../../src/evaluation/retrieval-text.ts';
import { readSuite, type SuiteSet } from '../../src/evaluation/suite.ts';
import { sweepToMarkdown } from '../../src/evaluation/sweep-markdown.ts';
import { CHUNK_SIZE } from '../../src/knowledge/chunk.ts';
import type { Embedder } from '../../src/ports.ts';
import { UsageError } from '../command-line.ts';
import { chooseConfigurations } from './configurations.ts';
import { type Contender, judgeSet } from './judge-set.ts';
import { openEmbedder } from './open-embedder.ts';
import type { EvaluateOptions } from './options.ts';
import { placeTables } from './write-tables.ts';

export async function evaluateRetrieval(options: EvaluateOptions): Promise<number> {
  const sets = readSets(options);
  const config = readConfig(options);
  const embedder = await openEmbedder(config);
  try {
    const contenders = readContenders(options, embedder);
    const reports: SetReport[] = [];
    for (const set of sets) {
      reports.push(
        await judgeSet(set, contenders, {
          ...{ config, resampling: options.resampling, weaviate: options.weaviate },
        }),
      );
    }
    return publish(options, reports);
  } finally {
    await embedder?.close();
  }
}

function readSets({ suite, knowledge, dataset }: EvaluateOptions): SuiteSet[] {
  if (suite !== undefined) {
    if (knowledge.length > 0 || dataset !== undefined) {
      throw new UsageError(
        '--suite brings its own knowledge and questions; leave --knowledge and --dataset out',
      );
    }
    return readSuite(suite);
  }
  if (knowledge.length === 0 || dataset === undefined) {
    throw new UsageError('Both --knowledge and --dataset are needed, or --suite; see --help');
  }
  return [{ name: nameOf(dataset), knowledge, dataset }];
}

/** With its folder: many data sets are called `questions.jsonl`. */
function nameOf(dataset: string): string {
  const parts = resolve(dataset).split(sep).slice(-2);
  return parts.join('/').replace(/\.jsonl?$/, '');
}

function readConfig({ embeddings, configurations }: EvaluateOptions): OfflineConfig {
  const environment = readEnvironment();
  // What is not asked for needs no model that can be opened.
  const wordsAlone = configurations?.split(',').every((name) => name.trim() === 'words');
  const wanted = wordsAlone ? 'none' : embeddings;
  return loadOfflineConfig(wanted === undefined ? environment : { ...environment, EMBEDDINGS: wanted });
}

function readContenders(options: EvaluateOptions, embedder: Embedder | undefined): Contender[] {
  const chosen = chooseConfigurations(options.configurations, embedder);
  if (!options.sweep) return chosen.map((configuration) => ({ configuration, size: CHUNK_SIZE }));
  const [configuration, ...more] = chosen;
  if (!configuration || more.length > 0) throw new UsageError('--sweep takes one configuration');
  const sizes = options.targets.flatMap((target) => options.overlaps.map((overlap) => ({ target, overlap })));
  // The shipped size comes first: the others are compared with it.
  const others = sizes.filter(
    ({ target, overlap }) => target !== CHUNK_SIZE.target || overlap !== CHUNK_SIZE.overlap,
  );
  return [CHUNK_SIZE, ...others].map((size) => ({ configuration, size }));
}

function publish(options: EvaluateOptions, sets: SetReport[]): number {
  const { date, resampling, sweep } = options;
  const report: RetrievalReport = { date, resampling, sets, command: commandOf() };
  write(options.report, () => (sweep ? renderSweep(report) : renderRetrieval(report)));
  const tables = sweep ? sweepToMarkdown(report) : reportToMarkdown(report);
  write(options.markdown, (file) => placeTables(file, sweep ? 'sweep' : 'retrieval', tables));
  write(options.picture, () => drawOverview(report));
  const text = sweep ? tables : describeReport(report);
  console.log(options.json ? JSON.stringify(reportToJson(report, options.suite !== undefined)) : text);
  const failed = failedGates(sets, options.gates);
  for (const gate of failed) process.stderr.write(`Gate not met: ${gate}\n`);
  return failed.length > 0 ? 1 : 0;
}

function write(file: string | undefined, content: (file: string) => string): void {
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content(file));
}

/** As it was typed, so that whoever reads the report can repeat it. */
function commandOf(): string {
  const quoted = process.argv
    .slice(2)
    .map((word) => (/^[\w./:=,-]+$/.test(word) ? word : JSON.stringify(word)));
  return `npm run evaluate -- ${quoted.join(' ')}`;
}
