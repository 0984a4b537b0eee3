import type { Interval } from './bootstrap.ts';
import type { JudgedAnswer } from './judge-search.ts';
import type { FigureName, RetrievalFigures } from './retrieval.ts';
import { type Judgement, worstAnswers } from './retrieval-judgement.ts';
import type { RetrievalReport, RetrievalRun, SetReport } from './retrieval-report.ts';

/** Worst questions told for each kind. */
const WORST = 10;

interface KindJson extends RetrievalFigures {
  intervals: Record<FigureName, Interval>;
  worst: { question: string; gold: string[]; rank: number | null; found: JudgedAnswer['found'] }[];
}

/** One data set as `--json` prints it: `kinds` are those of the last configuration, the fullest. */
function setToJson({ facts, runs, differences }: SetReport) {
  const last = runs.at(-1);
  return {
    kinds: last ? kindsToJson(last) : {},
    ...(last ? { overall: toJson(last.overall), verdict: last.verdict, setting: last.setting } : {}),
    dataset: { name: facts.name, file: facts.file, sha256: facts.hash },
    skipped: facts.skipped,
    unknownGold: facts.unknownGold,
    ...(facts.targets ? { targets: facts.targets } : {}),
    ...(runs.length > 1 ? { configurations: runs.map(runToJson), differences } : {}),
  };
}

/** Several data sets by name, or the one there is without a level more. */
export function reportToJson({ resampling, sets, date }: RetrievalReport, isSuite: boolean) {
  const [only] = sets;
  if (!isSuite && only) return { ...setToJson(only), ...resampling, date };
  return {
    sets: Object.fromEntries(sets.map((set) => [set.facts.name, setToJson(set)])),
    skipped: sets.reduce((sum, { facts }) => sum + facts.skipped, 0),
    ...resampling,
    date,
  };
}

function runToJson({ setting, verdict, kinds, overall }: RetrievalRun) {
  const { n, ...figures } = overall.figures;
  return {
    setting,
    verdict,
    overall: { n, ...figures, intervals: overall.intervals },
    kinds: Object.fromEntries(
      Object.entries(kinds).map(([kind, one]) => [kind, { ...one.figures, intervals: one.intervals }]),
    ),
  };
}

function kindsToJson({ kinds }: RetrievalRun): Record<string, KindJson> {
  return Object.fromEntries(Object.entries(kinds).map(([kind, judgement]) => [kind, toJson(judgement)]));
}

function toJson({ figures, intervals, answers }: Judgement): KindJson {
  const worst = worstAnswers(answers, WORST).map(({ question, gold, rank, found }) => ({
    question,
    gold,
    rank: rank ?? null,
    found,
  }));
  return { ...figures, intervals, worst };
}
