import { type AbstentionPoint, abstentionAt, abstentionCurve, auroc, type Judged } from './abstention.ts';
import type { AbstentionLine } from './abstention-picture.ts';

/** What abstention is worth on one set of questions; the scores are margins, so the shipped threshold is 0. */
export interface AbstentionFigures extends AbstentionPoint {
  set: string;
  answerable: number;
  unanswerable: number;
  auroc: number;
  /** Of the unanswerable left unanswered when 10 % of the answerable are lost. */
  caughtAt10: number;
}

const SHIPPED = 0;

export function measureAbstention(set: string, judged: Judged): AbstentionFigures {
  const within = abstentionCurve(judged).filter(({ lost }) => lost <= 0.1);
  return {
    set,
    answerable: judged.answerable.length,
    unanswerable: judged.unanswerable.length,
    auroc: auroc(judged),
    caughtAt10: Math.max(0, ...within.map(({ caught }) => caught)),
    ...abstentionAt(judged, SHIPPED),
  };
}

export function toLine(name: string, judged: Judged): AbstentionLine {
  return { name, curve: abstentionCurve(judged), shipped: abstentionAt(judged, SHIPPED) };
}

/** The figures as a table for `docs/abstention.md`. */
export function describeAbstention(figures: AbstentionFigures[]): string {
  const rows = figures.map((one) => [
    one.set,
    `${one.answerable} / ${one.unanswerable}`,
    one.auroc.toFixed(3),
    percent(one.caughtAt10),
    `${percent(one.caught)} / ${percent(one.lost)}`,
  ]);
  const head = ['questions', 'answerable / not', 'AUROC', 'caught at 10 % lost', 'shipped: caught / lost'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
