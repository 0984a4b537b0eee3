import { bootstrapIntervals, type Interval, type Resampling } from './bootstrap.ts';
import type { JudgedAnswer } from './judge-search.ts';
import {
  FIGURES,
  type FigureName,
  figuresOf,
  measureQuestion,
  measureRetrieval,
  type RetrievalFigures,
} from './retrieval.ts';

/** What some questions say about a search. */
export interface Judgement {
  figures: RetrievalFigures;
  intervals: Record<FigureName, Interval>;
  answers: JudgedAnswer[];
}

/** Two searches on the same questions: how much the second has more than the first. */
export type Difference = Record<FigureName, { difference: number; interval: Interval }>;

export function judge(answers: JudgedAnswer[], resampling: Resampling): Judgement {
  const rows = answers.map(rowOf);
  return {
    figures: measureRetrieval(answers),
    intervals: byFigure(bootstrapIntervals(rows, resampling)),
    answers,
  };
}

/** Each kind of question on its own, in the order in which they first appear. */
export function judgeByKind(answers: JudgedAnswer[], resampling: Resampling): Record<string, Judgement> {
  const kinds = new Set(answers.map(({ kind }) => kind));
  const of = (kind: string) => answers.filter((answer) => answer.kind === kind);
  return Object.fromEntries(Array.from(kinds, (kind) => [kind, judge(of(kind), resampling)]));
}

/**
 * Resamples questions, each with both of its results: what makes a question hard is hard for both, and does not blur
 * the difference.
 */
export function compareAnswers(
  before: JudgedAnswer[],
  after: JudgedAnswer[],
  resampling: Resampling,
): Difference {
  const [from, to] = [before.map(rowOf), after.map(rowOf)];
  const rows = to.map((row, at) => row.map((value, column) => value - (from[at]?.[column] ?? 0)));
  const intervals = byFigure(bootstrapIntervals(rows, resampling));
  return figuresOf((name) => {
    const sum = rows.reduce((total, row) => total + (row[FIGURES.indexOf(name)] ?? 0), 0);
    return { difference: sum / Math.max(1, rows.length), interval: intervals[name] };
  });
}

/** The questions that came out worst, the worst first; those with a perfect order are not among them. */
export function worstAnswers(answers: JudgedAnswer[], atMost: number): JudgedAnswer[] {
  const place = ({ rank }: JudgedAnswer) => rank ?? Number.POSITIVE_INFINITY;
  return answers
    .map((answer) => ({ answer, gain: measureQuestion(answer).ndcg10 }))
    .filter(({ gain }) => gain < 1)
    .sort((a, b) => a.gain - b.gain || compare(place(b.answer), place(a.answer)))
    .slice(0, atMost)
    .map(({ answer }) => answer);
}

/** Not a subtraction: two pages that were not found are both infinitely far down. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function rowOf(answer: JudgedAnswer): number[] {
  const figures = measureQuestion(answer);
  return FIGURES.map((name) => figures[name]);
}

function byFigure(intervals: Interval[]): Record<FigureName, Interval> {
  return figuresOf((name) => intervals[FIGURES.indexOf(name)] ?? [0, 0]);
}
