import type { Interval } from '../bootstrap.ts';
import { escapeHtml, shorten } from './html.ts';
import { PICTURE_STYLE, THEME } from './theme.ts';

export interface Bar {
  value: number;
  interval: Interval;
  /** Place in the legend; 0 = the search that is judged. */
  series: number;
  /** What it has to reach. */
  target?: number | undefined;
}

export interface BarPanel {
  title: string;
  rows: { label: string; bars: Bar[] }[];
  /** Where the axis begins. Bars begin at 0; from anywhere else only dots are drawn, which promise no length. */
  from?: number;
  width?: number;
}

const ROW = { label: 18, bar: 11, gap: 4, after: 9 };
const TOP = 34;
/** Room for the figure behind the bar. */
const VALUE = 46;
const CHARACTER = 6.6;

/** Bars with 95 % intervals, one panel; its colours come from the page or from `standAlone`. */
export function drawBars(panel: BarPanel): string {
  const { title, rows, from = 0, width = 320 } = panel;
  const bottom = TOP + rows.reduce((sum, row) => sum + heightOf(row), 0);
  const scale = { from, width: width - VALUE };
  const body = rows.map((row, at) => {
    const above = rows.slice(0, at).reduce((sum, one) => sum + heightOf(one), TOP);
    return drawRow(row, above, scale);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + 22}" role="img">`,
    `<title>${escapeHtml(describe(panel))}</title>`,
    `<text class="t" x="0" y="14">${escapeHtml(title)}</text>`,
    ...grid(scale, bottom),
    ...body,
    '</svg>',
  ].join('\n');
}

/** The same as a file of its own: no font, no script, light and dark. */
export function standAlone(picture: string): string {
  const [width = '0', height = '0'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(picture)?.slice(1) ?? [];
  const box = [-20, -16, Number(width) + 40, Number(height) + 32];
  return `${picture
    .replace(/viewBox="[^"]*"/, `viewBox="${box.join(' ')}"`)
    .replace(
      '<title>',
      () =>
        `<style>${THEME}\n${PICTURE_STYLE}</style>\n<rect class="b" x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" rx="8"/>\n<title>`,
    )}\n`;
}

interface Scale {
  from: number;
  width: number;
}

function drawRow({ label, bars }: BarPanel['rows'][number], top: number, scale: Scale): string {
  const atMost = Math.floor((scale.width + VALUE) / CHARACTER);
  const name = `<text class="s" x="5" y="${top + 12}">${escapeHtml(shorten(label, atMost))}</text>`;
  const drawn = bars.map((bar, at) => drawBar(bar, top + ROW.label + at * (ROW.bar + ROW.gap), scale));
  return [name, ...drawn].join('\n');
}

function drawBar({ value, interval, series, target }: Bar, y: number, scale: Scale): string {
  const x = (at: number) => round(Math.max(0, ((at - scale.from) / (1 - scale.from)) * scale.width));
  const middle = y + ROW.bar / 2;
  const [low, high] = interval.map(x);
  const mark =
    scale.from === 0
      ? `<rect class="s${series}" x="0" y="${y}" width="${x(value)}" height="${ROW.bar}" rx="2"/>`
      : `<circle class="s${series}" cx="${x(value)}" cy="${middle}" r="4.5"/>`;
  const whisker = `<path class="i" d="M${low} ${middle}H${high}M${low} ${middle - 3}v6M${high} ${middle - 3}v6"/>`;
  const line = target === undefined ? '' : `<path class="m" d="M${x(target)} ${y - 3}v${ROW.bar + 6}"/>`;
  const figure = `<text x="${scale.width + VALUE}" y="${y + ROW.bar - 1}" text-anchor="end">${value.toFixed(3)}</text>`;
  // The whisker would hide a dot, and a bar the whisker.
  return scale.from === 0 ? mark + whisker + line + figure : whisker + mark + line + figure;
}

function grid({ from, width }: Scale, bottom: number): string[] {
  return [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const x = round(share * width);
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
    const line = `<line class="${share === 0 ? 'a' : 'g'}" x1="${x}" x2="${x}" y1="${TOP - 8}" y2="${bottom}"/>`;
    const name = String(round2(from + share * (1 - from)));
    return `${line}<text class="x" x="${x}" y="${bottom + 15}" text-anchor="${anchor}">${name}</text>`;
  });
}

function heightOf({ bars }: BarPanel['rows'][number]): number {
  return ROW.label + bars.length * (ROW.bar + ROW.gap) + ROW.after;
}

/** For who hears the page instead of seeing it. */
function describe({ title, rows }: BarPanel): string {
  const told = rows.map(
    ({ label, bars }) => `${label} ${bars.map(({ value }) => value.toFixed(3)).join(' and ')}`,
  );
  return `${title}: ${told.join('; ')}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
