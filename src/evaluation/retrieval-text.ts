import { FIGURE_TITLES, FIGURES } from './retrieval.ts';
import { worstAnswers } from './retrieval-judgement.ts';
import type { RetrievalReport, SetReport } from './retrieval-report.ts';

/** Worst questions told for each data set. */
const WORST = 5;

/** The report for a terminal. */
export function describeReport({ sets, resampling, date }: RetrievalReport): string {
  const skipped = sets.reduce((sum, { facts }) => sum + facts.skipped, 0);
  return [
    ...sets.map(describeSet),
    `95 % intervals: ${resampling.resamples} resamples of the questions, seed ${resampling.seed}; ${date}`,
    ...(skipped > 0
      ? [`${skipped} ${skipped === 1 ? 'row' : 'rows'} could not be read and were left out`]
      : []),
  ].join('\n\n');
}

function describeSet(set: SetReport): string {
  const last = set.runs.at(-1);
  if (!last) return '';
  const { embedder, chunk, pages, passages } = last.setting;
  return [
    `${set.facts.name}: ${pages} pages, ${passages} passages of about ${chunk.target} characters, ${embedder ?? 'words alone'}`,
    table([HEAD, ...kindRows(set)]),
    ...differenceLines(set),
    `${last.verdict.headline} ${last.verdict.detail}`,
    ...worstLines(set),
  ].join('\n');
}

const HEAD = ['kind', 'search', 'n', ...FIGURES.map((name) => FIGURE_TITLES[name]), 'nDCG@10 95 %', 'target'];

function kindRows({ runs, facts }: SetReport): string[][] {
  return Object.keys(runs[0]?.kinds ?? {}).flatMap((kind) =>
    runs.flatMap(({ setting, kinds }) => {
      const one = kinds[kind];
      if (!one) return [];
      const [low, high] = one.intervals.ndcg10;
      const target = facts.targets?.[kind]?.[setting.configuration]?.ndcg10;
      const met =
        target === undefined ? '' : `${target.toFixed(2)} ${one.figures.ndcg10 >= target ? 'met' : 'missed'}`;
      const figures = FIGURES.map((name) => one.figures[name].toFixed(3));
      const interval = `${low.toFixed(3)}–${high.toFixed(3)}`;
      return [[kind, setting.configuration, String(one.figures.n), ...figures, interval, met]];
    }),
  );
}

function differenceLines({ differences }: SetReport): string[] {
  return differences.flatMap(({ of, to, kinds }) =>
    Object.entries(kinds).map(([kind, { ndcg10 }]) => {
      const [low, high] = ndcg10.interval.map(signed);
      return `${kind}: ${of} against ${to}, nDCG@10 ${signed(ndcg10.difference)} (${low} to ${high})`;
    }),
  );
}

function worstLines({ runs }: SetReport): string[] {
  const worst = worstAnswers(runs.at(-1)?.overall.answers ?? [], WORST);
  if (worst.length === 0) return [];
  const lines = worst.flatMap(({ question, gold, rank, found }) => [
    `  ${question.replace(/\s+/g, ' ').slice(0, 100)}`,
    `    right: ${gold.slice(0, 3).join(', ')}${gold.length > 3 ? ', …' : ''} (${rank === undefined ? 'not found' : `place ${rank}`})`,
    `    found: ${found.map(({ source, score }) => `${source} ${score.toFixed(2)}`).join(', ') || 'nothing'}`,
  ]);
  return ['Worst questions:', ...lines];
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

function table(rows: string[][]): string {
  const widths = HEAD.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const pad = (cell: string, at: number) =>
    at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}
