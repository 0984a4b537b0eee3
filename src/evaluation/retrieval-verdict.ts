import type { Judgement } from './retrieval-judgement.ts';

export interface RetrievalVerdict {
  fixRetrievalFirst: boolean;
  /** What to do, in a sentence. */
  headline: string;
  /** Why. */
  detail: string;
}

/** Under this every fifth right page never reaches the model, and no model answers from a page it is not given. */
const ENOUGH_RECALL = 0.8;
/** Pages that a prompt has room for. */
const GIVEN = 5;

/** Whether a wrong answer is more likely the fault of the search than of the model. */
export function judgeRetrieval({ figures, intervals, answers }: Judgement): RetrievalVerdict {
  const { recall5, precision5 } = figures;
  const [low, high] = intervals.recall5;
  const possible = mostPossible(answers);
  const enough = ENOUGH_RECALL * possible.recall;
  const fixRetrievalFirst = recall5 < enough;
  const line =
    possible.recall < 1
      ? `${share(enough)} is the line, ${share(ENOUGH_RECALL)} of the ${share(possible.recall)} that five pages can hold`
      : `${share(enough)} is the line`;
  const recall = `Recall@5 is ${share(recall5)} (95\u00a0% interval ${share(low)} to ${share(high)}; ${line})`;
  const advice = fixRetrievalFirst
    ? `${recall}: the page that answers is too often not given to the model.`
    : `${recall}. Where answers are wrong, look at prompt and model first.`;
  const unsure =
    low < enough && high >= enough ? ' The interval holds that line: more questions would tell.' : '';
  const precision = `Precision@5 is ${share(precision5)}; with the right pages there are, at most ${share(possible.precision)} is possible.`;
  return {
    fixRetrievalFirst,
    headline: fixRetrievalFirst
      ? 'Fix retrieval before you blame the model.'
      : 'Retrieval is not the bottleneck.',
    detail: `${advice}${unsure} ${precision}`,
  };
}

/** One right page in five is all there can be where a question has one; six do not fit into five. */
function mostPossible(answers: { gold: string[] }[]): { recall: number; precision: number } {
  const sizes = answers.map(({ gold }) => new Set(gold).size);
  const mean = (value: (size: number) => number) =>
    sizes.reduce((sum, size) => sum + value(size), 0) / Math.max(1, sizes.length);
  return {
    recall: mean((size) => Math.min(GIVEN, size) / size),
    precision: mean((size) => Math.min(GIVEN, size) / GIVEN),
  };
}

function share(value: number): string {
  return `${(value * 100).toFixed(1).replace(/\.0$/, '')}\u00a0%`;
}
