import type { Resampling } from './bootstrap.ts';
import type { JudgedAnswer } from './judge-search.ts';
import type { FigureName } from './retrieval.ts';
import {
  compareAnswers,
  type Difference,
  type Judgement,
  judge,
  judgeByKind,
} from './retrieval-judgement.ts';
import { judgeRetrieval, type RetrievalVerdict } from './retrieval-verdict.ts';

/** What was searched with; everything that has to be the same for two reports to compare. */
export interface Setting {
  /** Its name in the table of configurations. */
  configuration: string;
  title: string;
  /** Id of the model that made the vectors; undefined = words alone. */
  embedder: string | undefined;
  chunk: { target: number; overlap: number };
  indexVersion: string;
  pages: number;
  passages: number;
}

export interface DataSetFacts {
  name: string;
  knowledge: string[];
  file: string;
  /** SHA-256 of the file. */
  hash: string;
  /** Lines that could not be read and were left out. */
  skipped: number;
  /** Right pages that are not in the index: a typing error in the data set, or a page that failed. */
  unknownGold: string[];
  /** What a search of each configuration has to reach, by kind. */
  targets?: Targets | undefined;
}

/** By kind of question, then configuration. */
export type Targets = Record<string, Record<string, Partial<Record<FigureName, number>>>>;

/** One way of searching, judged on all questions of a data set. */
export interface RetrievalRun {
  setting: Setting;
  overall: Judgement;
  kinds: Record<string, Judgement>;
  verdict: RetrievalVerdict;
}

/** Several ways of searching over the same questions. */
export interface SetReport {
  facts: DataSetFacts;
  runs: RetrievalRun[];
  /** What each run after the first has more than the first, by kind. */
  differences: { of: string; to: string; kinds: Record<string, Difference> }[];
}

export interface RetrievalReport {
  /** `YYYY-MM-DD`. */
  date: string;
  /** How to measure it again. */
  command: string;
  resampling: Resampling;
  sets: SetReport[];
}

export function reportSet(
  facts: DataSetFacts,
  judged: { setting: Setting; answers: JudgedAnswer[] }[],
  resampling: Resampling,
): SetReport {
  const runs = judged.map(({ setting, answers }) => {
    const overall = judge(answers, resampling);
    const kinds = judgeByKind(answers, resampling);
    return { setting, overall, kinds, verdict: judgeRetrieval(overall) };
  });
  const [first, ...others] = runs;
  const differences = others.map((run) => ({
    of: run.setting.configuration,
    to: first?.setting.configuration ?? '',
    kinds: Object.fromEntries(
      Object.entries(run.kinds).map(([kind, { answers }]) => [
        kind,
        compareAnswers(first?.kinds[kind]?.answers ?? [], answers, resampling),
      ]),
    ),
  }));
  return { facts, runs, differences };
}
