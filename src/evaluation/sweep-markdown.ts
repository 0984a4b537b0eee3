import { nameOf, signed, toTable } from './retrieval-markdown.ts';
import type { RetrievalReport, SetReport } from './retrieval-report.ts';

const HEAD = ['target', 'overlap', 'passages', 'nDCG@10', '95 %', 'against shipped', '95 %', 'R@5'];

/** One table a data set and kind of question: sizes of passages, the shipped one first. */
export function sweepToMarkdown({ sets }: RetrievalReport): string {
  return `${sets.flatMap(tablesOf).join('\n\n')}\n`;
}

function tablesOf(set: SetReport): string[] {
  const kinds = Object.entries(set.runs[0]?.kinds ?? {});
  return kinds.map(([kind, { figures }]) => {
    const name = `**${nameOf(set.facts.name, kind)}**, ${figures.n} questions`;
    if (isSameAtAllSizes(set, kind)) return `${name}: nDCG@10 is ${figures.ndcg10.toFixed(3)} at every size.`;
    const rows = set.runs.map((_, at) => rowOf(set, kind, at));
    return `${name}\n\n${toTable([HEAD, ...rows])}`;
  });
}

/** To the digits that are told. */
function isSameAtAllSizes({ differences }: SetReport, kind: string): boolean {
  return differences.every(({ kinds }) => Math.abs(kinds[kind]?.ndcg10.difference ?? 0) < 0.0005);
}

function rowOf({ runs, differences }: SetReport, kind: string, at: number): string[] {
  const run = runs[at];
  const one = run?.kinds[kind];
  if (!run || !one) return [];
  const difference = differences[at - 1]?.kinds[kind]?.ndcg10;
  return [
    String(run.setting.chunk.target),
    String(run.setting.chunk.overlap),
    String(run.setting.passages),
    one.figures.ndcg10.toFixed(3),
    one.intervals.ndcg10.map((end) => end.toFixed(3)).join(' to '),
    difference ? signed(difference.difference) : 'shipped',
    difference ? difference.interval.map(signed).join(' to ') : '',
    one.figures.recall5.toFixed(3),
  ];
}
