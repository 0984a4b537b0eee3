import type { AbstentionPoint } from './abstention.ts';

export interface AbstentionLine {
  name: string;
  curve: AbstentionPoint[];
  /** What the shipped threshold does. */
  shipped: AbstentionPoint;
}

const WIDTH = 780;
const HEIGHT = 430;
const PLOT = { left: 64, top: 64, width: 400, height: 300 };
/** Nobody would run a desk that leaves more than this share of the answerable unanswered. */
const WIDEST = 0.4;
const COLOURS = ['#2a78d6', '#c2571a', '#1b8a5a', '#8757c8'];
const STYLE = `text{font:13px system-ui,sans-serif;fill:#1f2328}.t{font-size:16px;font-weight:600}.s{fill:#59636e}
.b{fill:#fff}.g{stroke:#d1d9e0}.a{stroke:#59636e}.l{fill:none;stroke-width:2.5;stroke-linejoin:round}.d{stroke:#fff;stroke-width:2}
@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.s{fill:#9198a1}.b{fill:#0d1117}.g{stroke:#3d444d}.a{stroke:#9198a1}.d{stroke:#0d1117}}`;

/** What each threshold costs and brings, as a picture on its own: no script, no font, light and dark. */
export function drawAbstention(lines: AbstentionLine[]): string {
  const { left, top, width } = PLOT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title">`,
    '<title id="title">Unanswerable questions left unanswered, by answerable questions lost</title>',
    `<style>${STYLE}</style>`,
    `<rect class="b" width="${WIDTH}" height="${HEIGHT}" rx="8"/>`,
    `<text class="t" x="${left}" y="28">When the documents do not say: what staying silent catches and costs</text>`,
    `<text class="s" x="${left}" y="48">Cross-validated; each dot is the threshold that is shipped.</text>`,
    ...gridLines(),
    `<text class="s" x="${left + width / 2}" y="${HEIGHT - 20}" text-anchor="middle">answerable questions left unanswered</text>`,
    `<text class="s" transform="translate(18 ${top + PLOT.height / 2}) rotate(-90)" text-anchor="middle">unanswerable left unanswered</text>`,
    ...lines.map(({ curve }, at) => drawLine(curve, colour(at))),
    ...lines.map(({ shipped }, at) => drawDot(shipped, colour(at))),
    ...lines.flatMap(legend),
    '</svg>',
    '',
  ].join('\n');
}

function gridLines(): string[] {
  const { left, top, width, height } = PLOT;
  const across = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const y = yOf(share);
    const line = `<line class="${share === 0 ? 'a' : 'g'}" x1="${left}" x2="${left + width}" y1="${y}" y2="${y}"/>`;
    return `${line}<text class="s" x="${left - 8}" y="${y + 4}" text-anchor="end">${percent(share)}</text>`;
  });
  const up = [0, 0.1, 0.2, 0.3, 0.4].map((share) => {
    const x = xOf(share);
    const line = `<line class="${share === 0 ? 'a' : 'g'}" x1="${x}" x2="${x}" y1="${top}" y2="${top + height}"/>`;
    return `${line}<text class="s" x="${x}" y="${top + height + 20}" text-anchor="middle">${percent(share)}</text>`;
  });
  return [...across, ...up];
}

function drawLine(curve: AbstentionPoint[], stroke: string): string {
  const inside = cornersOf(curve.filter(({ lost }) => lost <= WIDEST));
  const last = inside.at(-1);
  const end = last ? ` L${xOf(WIDEST)} ${yOf(last.caught)}` : '';
  const path = inside
    .map(({ lost, caught }, at) => `${at === 0 ? 'M' : 'L'}${xOf(lost)} ${yOf(caught)}`)
    .join(' ');
  return `<path class="l" stroke="${stroke}" d="${path}${end}"/>`;
}

/** Without the points inside a vertical stretch: a file of a few kilobytes shows the same. */
function cornersOf(curve: AbstentionPoint[]): AbstentionPoint[] {
  return curve.filter(({ lost }, at) => curve[at - 1]?.lost !== lost || curve[at + 1]?.lost !== lost);
}

function drawDot({ lost, caught }: AbstentionPoint, fill: string): string {
  return `<circle class="d" cx="${xOf(lost)}" cy="${yOf(caught)}" r="6" fill="${fill}"/>`;
}

function legend({ name, shipped }: AbstentionLine, at: number): string[] {
  const x = PLOT.left + PLOT.width + 24;
  const y = PLOT.top + 24 + at * 56;
  return [
    `<rect x="${x}" y="${y - 10}" width="12" height="12" rx="3" fill="${colour(at)}"/>`,
    `<text x="${x + 20}" y="${y}">${name}</text>`,
    `<text class="s" x="${x + 20}" y="${y + 18}">${percent(shipped.caught)} caught, ${percent(shipped.lost)} lost</text>`,
  ];
}

function colour(at: number): string {
  return COLOURS[at % COLOURS.length] ?? '#888';
}

function xOf(share: number): number {
  return round(PLOT.left + (share / WIDEST) * PLOT.width);
}

function yOf(share: number): number {
  return round(PLOT.top + (1 - share) * PLOT.height);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
