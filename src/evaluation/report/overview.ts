import type { RetrievalRun, SetReport } from '../retrieval-report.ts';
import { escapeHtml } from './html.ts';
import { renderTable } from './page.ts';

const HEAD = ['questions', 'n', 'nDCG@10', '95 % interval', 'hit@1', 'R@5'];

/** Every kind of question and every search on one screen; nothing where there is but one of each. */
export function overviewOf(sets: SetReport[]): string {
  const hasTargets = sets.some(({ facts }) => facts.targets !== undefined);
  const rows = sets.flatMap((set) =>
    Object.keys(set.runs[0]?.kinds ?? {}).flatMap((kind) =>
      set.runs.map((run) => [
        ...rowOf(set, kind, run, sets.length > 1),
        ...(hasTargets ? [targetOf(set, kind, run)] : []),
      ]),
    ),
  );
  return rows.length > 1 ? renderTable(hasTargets ? [...HEAD, 'target'] : HEAD, rows) : '';
}

function rowOf({ facts }: SetReport, kind: string, run: RetrievalRun, isSuite: boolean): string[] {
  const one = run.kinds[kind];
  if (!one) return [];
  const { figures, intervals } = one;
  const set = isSuite && kind !== facts.name ? `${facts.name} · ` : '';
  return [
    `${escapeHtml(kind)}<small>${escapeHtml(set + run.setting.title)}</small>`,
    String(figures.n),
    `<b>${figures.ndcg10.toFixed(3)}</b>`,
    intervals.ndcg10.map((end) => end.toFixed(3)).join(' – '),
    figures.hit1.toFixed(3),
    figures.recall5.toFixed(3),
  ];
}

function targetOf({ facts }: SetReport, kind: string, { setting, kinds }: RetrievalRun): string {
  const target = facts.targets?.[kind]?.[setting.configuration]?.ndcg10;
  if (target === undefined) return '';
  const isMet = (kinds[kind]?.figures.ndcg10 ?? 0) >= target;
  return `<span class="${isMet ? 'good' : 'bad'}">${target.toFixed(2)} ${isMet ? 'met' : 'missed'}</span>`;
}
