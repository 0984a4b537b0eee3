import type { JudgedAnswer } from '../judge-search.ts';
import { escapeHtml } from './html.ts';

interface Bin {
  label: string;
  holds(rank: number | undefined): boolean;
}

const WIDTH = 320;
const PLOT = { top: 46, height: 120 };

const BINS: Bin[] = [
  ...[1, 2, 3, 4, 5].map((place) => ({ label: String(place), holds: (rank?: number) => rank === place })),
  { label: '6–10', holds: (rank) => rank !== undefined && rank > 5 && rank <= 10 },
  { label: '11+', holds: (rank) => rank !== undefined && rank > 10 },
  { label: 'none', holds: (rank) => rank === undefined },
];

/** How many questions have their first right page at which place. */
export function countRanks(answers: Pick<JudgedAnswer, 'rank'>[]): { label: string; count: number }[] {
  return BINS.map(({ label, holds }) => ({
    label,
    count: answers.filter(({ rank }) => holds(rank)).length,
  }));
}

/** The same as columns; the height is the share of all questions, so that panels compare. */
export function drawRanks(title: string, answers: Pick<JudgedAnswer, 'rank'>[], series: number): string {
  const counts = countRanks(answers);
  const step = WIDTH / counts.length;
  const { top, height } = PLOT;
  const columns = counts.map(({ label, count }, at) => {
    const tall = round((count / Math.max(1, answers.length)) * height);
    const x = round(at * step + 4);
    const middle = round(at * step + step / 2);
    const y = round(top + height - tall);
    return [
      `<rect class="s${series}" x="${x}" y="${y}" width="${round(step - 8)}" height="${tall}" rx="2"/>`,
      `<text class="x" x="${middle}" y="${y - 5}" text-anchor="middle">${count}</text>`,
      `<text class="x" x="${middle}" y="${top + height + 15}" text-anchor="middle">${label}</text>`,
    ].join('');
  });
  const told = counts.map(({ label, count }) => `place ${label}: ${count}`).join(', ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top + height + 22}" role="img">`,
    `<title>${escapeHtml(`${title}: ${told}`)}</title>`,
    `<text class="t" x="0" y="14">${escapeHtml(title)}</text>`,
    `<line class="a" x1="0" x2="${WIDTH}" y1="${top + height}" y2="${top + height}"/>`,
    ...columns,
    '</svg>',
  ].join('\n');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
