import type { RetrievalReport, RetrievalRun, SetReport } from '../retrieval-report.ts';
import { drawBars } from './bars-picture.ts';
import { escapeHtml } from './html.ts';
import { renderPage, renderTable } from './page.ts';

const HEAD = [
  'passages of about',
  'passages',
  'nDCG@10',
  '95 % interval',
  'against shipped, paired',
  'hit@1',
  'R@5',
];

/** Sizes of passages side by side, on the same questions. */
export function renderSweep({ sets, date, resampling, command }: RetrievalReport): string {
  const shipped = sets[0]?.runs[0]?.setting;
  return renderPage(`Sizes of passages, ${date}`, [
    `<p class="eyebrow">Countersign · retrieval report · ${escapeHtml(date)}</p>`,
    '<h1>How large a passage should be</h1>',
    `<p>The same pages cut into passages of different sizes, and the same questions put to each. Shipped are ${shipped?.chunk.target ?? 0} characters with an overlap of ${shipped?.chunk.overlap ?? 0}; the search is by ${escapeHtml(shipped?.title.toLowerCase() ?? '')}${shipped?.embedder ? ` (${escapeHtml(shipped.embedder)})` : ''}. A difference whose interval holds zero is none.</p>`,
    ...sets.map(renderSet),
    '<section><h2>How it was measured</h2>',
    `<p>95 % bootstrap intervals, ${resampling.resamples} resamples of the questions, seed ${resampling.seed}; a difference keeps both results of a question together. Tables, lists and code are kept whole up to twice the size; an overlap begins at a sentence of the passage before.</p>`,
    `<p class="note"><code>${escapeHtml(command)}</code></p></section>`,
  ]);
}

function renderSet(set: SetReport): string {
  const kinds = Object.keys(set.runs[0]?.kinds ?? {});
  return [
    `<section><h2>${escapeHtml(set.facts.name)}</h2>`,
    `<div class="panels">${kinds.map((kind) => `<figure>${drawKind(set, kind)}</figure>`).join('\n')}</div>`,
    ...kinds.map(
      (kind) =>
        `<h3>${escapeHtml(kind)} · ${set.runs[0]?.kinds[kind]?.figures.n ?? 0} questions</h3>${renderKind(set, kind)}`,
    ),
    `<p class="note">${escapeHtml(set.facts.file)} · SHA-256 ${set.facts.hash.slice(0, 16)}…</p>`,
    '</section>',
  ].join('\n');
}

/** Dots on an axis that begins near the lowest: sizes differ by little, and bars from 0 would hide it. */
function drawKind({ runs }: SetReport, kind: string): string {
  const lows = runs.map((run) => run.kinds[kind]?.intervals.ndcg10[0] ?? 0);
  return drawBars({
    title: `${kind}: nDCG@10`,
    from: Math.max(0.001, Math.floor(Math.min(...lows) * 10) / 10),
    rows: inOrder(runs).flatMap((run) => {
      const one = run.kinds[kind];
      if (!one) return [];
      const series = run === runs[0] ? 0 : 1;
      return [
        { label: sizeOf(run), bars: [{ value: one.figures.ndcg10, interval: one.intervals.ndcg10, series }] },
      ];
    }),
  });
}

function renderKind({ runs, differences }: SetReport, kind: string): string {
  const rows = inOrder(runs).flatMap((run) => {
    const one = run.kinds[kind];
    if (!one) return [];
    const difference = differences[runs.indexOf(run) - 1]?.kinds[kind]?.ndcg10;
    const tone = !difference
      ? ''
      : difference.interval[0] > 0
        ? 'good'
        : difference.interval[1] < 0
          ? 'bad'
          : '';
    return [
      [
        escapeHtml(sizeOf(run)),
        String(run.setting.passages),
        one.figures.ndcg10.toFixed(3),
        one.intervals.ndcg10.map((end) => end.toFixed(3)).join(' – '),
        difference
          ? `<span class="${tone}">${signed(difference.difference)}</span> (${difference.interval.map(signed).join(' to ')})`
          : 'shipped',
        one.figures.hit1.toFixed(3),
        one.figures.recall5.toFixed(3),
      ],
    ];
  });
  return renderTable(HEAD, rows);
}

function inOrder(runs: RetrievalRun[]): RetrievalRun[] {
  return runs.toSorted(
    (a, b) =>
      a.setting.chunk.overlap - b.setting.chunk.overlap || a.setting.chunk.target - b.setting.chunk.target,
  );
}

function sizeOf({ setting: { chunk } }: RetrievalRun): string {
  return chunk.overlap === 0 ? `${chunk.target}` : `${chunk.target}, overlap ${chunk.overlap}`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}
