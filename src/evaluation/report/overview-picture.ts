import type { RetrievalReport } from '../retrieval-report.ts';
import { drawBars, standAlone } from './bars-picture.ts';

const WIDTH = 700;

/** nDCG@10 of every kind of question and every search, with intervals and targets; a file of its own. */
export function drawOverview({ sets }: RetrievalReport): string {
  const rows = sets.flatMap(({ facts, runs }) =>
    Object.keys(runs[0]?.kinds ?? {}).map((kind) => ({
      label: labelOf(facts.name, kind, runs[0]?.kinds[kind]?.figures.n ?? 0),
      bars: runs.flatMap((run, at) => {
        const one = run.kinds[kind];
        if (!one) return [];
        const target = facts.targets?.[kind]?.[run.setting.configuration]?.ndcg10;
        const series = runs.length - 1 - at;
        return [{ value: one.figures.ndcg10, interval: one.intervals.ndcg10, series, target }];
      }),
    })),
  );
  const titles = sets[0]?.runs.map(({ setting }) => setting.title) ?? [];
  const notes = [
    ...(titles.length > 1 ? [titles.join(', then ').toLowerCase()] : []),
    ...(sets.some(({ facts }) => facts.targets) ? ['upright lines are targets'] : []),
  ];
  const note = notes.length > 0 ? ` (${notes.join('; ')})` : '';
  return standAlone(drawBars({ title: `nDCG@10 with 95 % intervals${note}`, rows, width: WIDTH }));
}

function labelOf(set: string, kind: string, n: number): string {
  return `${kind === set ? kind : `${set}: ${kind}`}, ${n} questions`;
}
