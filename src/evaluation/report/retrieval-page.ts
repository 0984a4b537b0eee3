import { FIGURE_TITLES, FIGURES, type FigureName } from '../retrieval.ts';
import { worstAnswers } from '../retrieval-judgement.ts';
import type { RetrievalReport, RetrievalRun, SetReport } from '../retrieval-report.ts';
import { drawBars } from './bars-picture.ts';
import { escapeHtml, shorten } from './html.ts';
import { overviewOf } from './overview.ts';
import { renderPage, renderTable } from './page.ts';
import { drawRanks } from './ranks-picture.ts';

/** Worst questions told for each data set. */
const WORST = 15;
const SHOWN_GOLD = 3;

/** The report as one HTML page: verdicts, figures with intervals, pictures, and what went wrong. */
export function renderRetrieval(report: RetrievalReport): string {
  const { sets, date, resampling, command } = report;
  const questions = sets.reduce((sum, { runs }) => sum + (runs[0]?.overall.figures.n ?? 0), 0);
  const names = sets.map(({ facts }) => facts.name).join(', ');
  return renderPage(`Retrieval: ${names}, ${date}`, [
    `<p class="eyebrow">Countersign · retrieval report · ${escapeHtml(date)}</p>`,
    '<h1>How well the search finds the page that answers</h1>',
    `<p>${questions} judged questions, ${sets.length === 1 ? 'one data set' : `${sets.length} data sets`}. Every figure is a mean over questions, from 0 to 1, over distinct pages: a page stands where its best passage stands.</p>`,
    overviewOf(sets),
    ...sets.map(renderSet),
    '<section><h2>How it was measured</h2>',
    `<p>Ranges are 95 % bootstrap intervals: ${resampling.resamples} resamples of the questions, seed ${resampling.seed}. Differences are paired: each question keeps both of its results. nDCG@10 rewards a right page the more the higher it stands; MRR@10 is one over the place of the first; hit@k asks whether one is among the first k, P@k and R@k what share of the first k is right and what share of the right ones is among them.</p>`,
    `<p class="note"><code>${escapeHtml(command)}</code></p></section>`,
  ]);
}

function renderSet(set: SetReport): string {
  const { facts, runs } = set;
  const last = runs.at(-1);
  if (!last) return '';
  const { verdict } = last;
  const unknown = facts.unknownGold.length;
  return [
    `<section><h2>${escapeHtml(facts.name)}</h2>`,
    `<p class="verdict${verdict.fixRetrievalFirst ? ' bad' : ''}"><b>${verdict.headline}</b> ${escapeHtml(verdict.detail)}</p>`,
    unknown > 0
      ? `<p class="note bad">${unknown} right ${unknown === 1 ? 'page is' : 'pages are'} not in the index and can never be found: <code>${escapeHtml(shorten(facts.unknownGold.join(', '), 200))}</code></p>`
      : '',
    '<h3>Figures by kind of question</h3>',
    renderLegend(set),
    `<div class="panels">${FIGURES.map((name) => `<figure>${drawBars(panelOf(set, name))}</figure>`).join('\n')}</div>`,
    '<h3>Place of the first right page</h3>',
    renderRanks(set),
    '<h3>All figures</h3>',
    renderFigures(set),
    renderWorst(last),
    '<h3>Configuration</h3>',
    renderSettings(set),
    '</section>',
  ].join('\n');
}

/** The judged search has the strong colour: the last is the fullest. */
function seriesOf({ runs }: SetReport, run: RetrievalRun): number {
  return runs.length - 1 - runs.indexOf(run);
}

function panelOf(set: SetReport, name: FigureName) {
  const kinds = Object.keys(set.runs[0]?.kinds ?? {});
  return {
    title: FIGURE_TITLES[name],
    rows: kinds.map((kind) => ({
      label: `${kind} (${set.runs[0]?.kinds[kind]?.figures.n ?? 0})`,
      bars: set.runs.flatMap((run) => {
        const one = run.kinds[kind];
        if (!one) return [];
        const target = set.facts.targets?.[kind]?.[run.setting.configuration]?.[name];
        return [
          { value: one.figures[name], interval: one.intervals[name], series: seriesOf(set, run), target },
        ];
      }),
    })),
  };
}

function renderLegend(set: SetReport): string {
  const marks = ['<li>├─┤ 95 % interval</li>'];
  if (set.facts.targets) marks.push('<li><b>|</b> target of nDCG@10</li>');
  const items = set.runs.map(
    (run) =>
      `<li><i style="background:var(--s${seriesOf(set, run)})"></i>${escapeHtml(run.setting.title)}</li>`,
  );
  return `<ul class="legend">${[...(items.length > 1 ? items : []), ...marks].join('')}</ul>`;
}

/** One panel a search, or one for each kind where there is one search only. */
function renderRanks(set: SetReport): string {
  const [only, ...more] = set.runs;
  const kinds = Object.entries(only?.kinds ?? {});
  const panels =
    more.length === 0 && kinds.length > 1
      ? kinds.map(([kind, { answers }]) => drawRanks(kind, answers, 0))
      : set.runs.map((run) => drawRanks(run.setting.title, run.overall.answers, seriesOf(set, run)));
  return `<div class="panels">${panels.map((panel) => `<figure>${panel}</figure>`).join('\n')}</div>`;
}

function renderFigures(set: SetReport): string {
  const rows = set.runs.flatMap((run) =>
    Object.entries(run.kinds).map(([kind, { figures, intervals }]) => [
      `${escapeHtml(kind)}<small>${escapeHtml(run.setting.title)}</small>`,
      String(figures.n),
      ...FIGURES.map((name) => `${figures[name].toFixed(3)}<small>${range(intervals[name])}</small>`),
    ]),
  );
  const differences = set.differences.flatMap(({ of, to, kinds }) =>
    Object.entries(kinds).map(([kind, difference]) => [
      `${escapeHtml(kind)}<small>${escapeHtml(of)} − ${escapeHtml(to)}, paired</small>`,
      '',
      ...FIGURES.map((name) => {
        const { difference: value, interval } = difference[name];
        const isSure = interval[0] > 0 || interval[1] < 0;
        const tone = isSure ? (value > 0 ? ' class="good"' : ' class="bad"') : '';
        return `<span${tone}>${signed(value, 3)}</span><small>${interval.map((end) => signed(end, 2)).join(' … ')}</small>`;
      }),
    ]),
  );
  return renderTable(['kind', 'n', ...FIGURES.map((name) => FIGURE_TITLES[name])], [...rows, ...differences]);
}

function renderWorst({ overall, setting }: RetrievalRun): string {
  const worst = worstAnswers(overall.answers, WORST);
  if (worst.length === 0) return '';
  const rows = worst.map(({ question, kind, gold, rank, found }) => {
    const more = gold.length > SHOWN_GOLD ? `<small>and ${gold.length - SHOWN_GOLD} more</small>` : '';
    const right = gold.slice(0, SHOWN_GOLD).map((page) => `<code>${escapeHtml(page)}</code>`);
    const place = rank === undefined ? 'not found' : `at place ${rank}`;
    const instead = found.map(
      ({ source, score }) =>
        `<li><code>${escapeHtml(source)}</code> <span class="note">${score.toFixed(2)}</span></li>`,
    );
    return `<tr><td>${escapeHtml(shorten(question, 220))}<small>${escapeHtml(kind)}</small></td>
<td data-is="right page">${right.join('<br>')}${more}<small>${place}</small></td>
<td data-is="found first">${instead.length > 0 ? `<ol>${instead.join('')}</ol>` : 'nothing'}</td></tr>`;
  });
  return `<h3>Worst questions · ${escapeHtml(setting.title)}</h3>
<div class="scroll worst"><table><thead><tr><th class="words">question</th><th class="words">right page</th><th class="words">found first, with score</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>`;
}

function renderSettings({ facts, runs }: SetReport): string {
  const skipped = facts.skipped > 0 ? `, ${facts.skipped} unreadable left out` : '';
  const rows: [string, string][] = [
    ['Data set', `${facts.file} (${runs[0]?.overall.figures.n ?? 0} questions${skipped})`],
    ['SHA-256', facts.hash],
    ['Knowledge', facts.knowledge.join(', ')],
    ...runs.map(({ setting }): [string, string] => [
      setting.title,
      `${setting.embedder ?? 'no embedder'}; index ${setting.indexVersion}, ${setting.pages} pages in ${setting.passages} passages of about ${setting.chunk.target} characters, overlap ${setting.chunk.overlap}`,
    ]),
  ];
  return `<dl>${rows.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('\n')}</dl>`;
}

function range([low, high]: [number, number]): string {
  return `${low.toFixed(2)}–${high.toFixed(2)}`;
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}
