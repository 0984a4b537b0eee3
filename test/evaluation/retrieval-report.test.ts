import { describe, expect, test } from 'vitest';
import { drawBars } from '../../src/evaluation/report/bars-picture.ts';
import { drawOverview } from '../../src/evaluation/report/overview-picture.ts';
import { countRanks } from '../../src/evaluation/report/ranks-picture.ts';
import { renderRetrieval } from '../../src/evaluation/report/retrieval-page.ts';
import { renderSweep } from '../../src/evaluation/report/sweep-page.ts';
import { failedGates } from '../../src/evaluation/retrieval-gate.ts';
import { reportToJson } from '../../src/evaluation/retrieval-json.ts';
import { reportToMarkdown } from '../../src/evaluation/retrieval-markdown.ts';
import { type RetrievalReport, reportSet } from '../../src/evaluation/retrieval-report.ts';
import { describeReport } from '../../src/evaluation/retrieval-text.ts';
import { sweepToMarkdown } from '../../src/evaluation/sweep-markdown.ts';
import { answerAt } from '../helpers/judged-answers.ts';

const RESAMPLING = { seed: 3, resamples: 200 };
const HOSTILE = '<script>alert("&\'")</script>';

function settingOf(configuration: string, target = 1_200) {
  return {
    ...{ configuration, title: configuration === 'words' ? 'Words alone' : 'Words and meaning' },
    ...{ embedder: configuration === 'words' ? undefined : 'local:mini@1', chunk: { target, overlap: 0 } },
    ...{ indexVersion: '01ABC', pages: 3, passages: 9 },
  };
}

function reportOf(runs: Parameters<typeof reportSet>[1]): RetrievalReport {
  const facts = {
    ...{ name: 'help', knowledge: ['pages'], file: 'questions.jsonl', hash: 'abc123', skipped: 2 },
    unknownGold: ['gone.md'],
    targets: { money: { words: { ndcg10: 0.9 }, meaning: { ndcg10: 0.6 } } },
  };
  const sets = [reportSet(facts, runs, RESAMPLING)];
  return { date: '2026-11-21', command: 'npm run evaluate -- x', resampling: RESAMPLING, sets };
}

const kinds = (ranks: (number | undefined)[]) =>
  ranks.map((rank, at) => answerAt(rank, { kind: at % 2 ? 'money' : HOSTILE, question: `${HOSTILE} ${at}` }));

const compared = reportOf([
  { setting: settingOf('words'), answers: kinds([2, 2, 3, undefined]) },
  { setting: settingOf('meaning'), answers: kinds([1, 1, 3, 2]) },
]);

/** Every element that is opened is closed, in order. */
function expectWellFormed(html: string): void {
  const open: string[] = [];
  for (const [tag, slash, name = '', alone] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (alone || ['meta', 'br'].includes(name)) continue;
    if (slash) expect(open.pop(), tag).toBe(name);
    else open.push(name);
  }
  expect(open).toEqual([]);
}

describe('the HTML report', () => {
  const html = renderRetrieval(compared);

  test.each([
    ['of a comparison', html],
    ['of sizes', renderSweep(compared)],
  ])('%s loads nothing, has both colour schemes and prints', (_, page) => {
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|<script|<link|<img|@import|url\(/,
    );
    expect(page).toContain('prefers-color-scheme:dark');
    expect(page).toContain('@media print');
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    expectWellFormed(page);
  });

  test('shows what questions and names hold as text', () => {
    expect(html).toContain('&lt;script&gt;alert(&quot;&amp;&#39;&quot;)&lt;/script&gt; 2');
  });

  test('says what was measured, with what, and how to do it again', () => {
    for (const told of ['2026-11-21', 'abc123', '01ABC', 'local:mini@1', '1200 characters', 'seed 3'])
      expect(html).toContain(told);
    expect(html).toContain('npm run evaluate -- x');
    expect(html).toContain('2 unreadable left out');
    expect(html).toContain('1 right page is not in the index');
  });

  test('draws nothing outside its panels', () => {
    for (const [svg] of html.matchAll(/<svg[\s\S]*?<\/svg>/g))
      expect(svg).not.toMatch(/(?:width|height|x|y)="-/);
  });
});

describe('a panel of bars', () => {
  const panel = {
    title: 't',
    rows: [{ label: 'l', bars: [{ value: 0.5, interval: [0.4, 0.7] as [number, number], series: 0 }] }],
  };

  test('has a bar as long as its value and a whisker as long as its interval', () => {
    const picture = drawBars({ ...panel, width: 146 });
    // 46 of the width belong to the number.
    expect(picture).toContain('width="50" height="11"');
    expect(picture).toMatch(/d="M40 [\d.]+H70/);
  });

  test('draws a dot where the axis does not begin at zero, for a length would lie', () => {
    const picture = drawBars({ ...panel, width: 146, from: 0.4 });
    expect(picture).not.toContain('<rect');
    expect(picture).toContain('<circle class="s0" cx="16.7"');
  });

  test('makes a picture that stands alone', () => {
    const picture = drawOverview(compared);
    expect(picture).toContain('prefers-color-scheme:dark');
    expect(picture.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|<script|<image|@import|url\(/,
    );
    expectWellFormed(picture);
  });
});

test('the places of right pages are counted, found or not', () => {
  const counts = countRanks([1, 1, 2, 5, 6, 10, 11, 40, undefined].map((rank) => ({ rank })));
  expect(counts.map(({ count }) => count)).toEqual([2, 1, 0, 0, 1, 2, 2, 1]);
});

test('the JSON has the figures of the fullest search by kind, and both searches with their differences', () => {
  const json = JSON.parse(JSON.stringify(reportToJson(compared, false)));
  expect(json).toMatchObject({ skipped: 2, unknownGold: ['gone.md'], seed: 3, resamples: 200 });
  expect(json.kinds.money).toMatchObject({ n: 2, hit1: 0.5, mrr10: 0.75 });
  expect(json.kinds.money.intervals.hit1).toEqual([0, 1]);
  expect(json.kinds.money.worst).toEqual([
    { question: `${HOSTILE} 3`, gold: ['right.md'], rank: 2, found: expect.any(Array) },
  ]);
  expect(json.configurations.map((one: { setting: object }) => one.setting)).toMatchObject([
    { configuration: 'words' },
    { configuration: 'meaning', embedder: 'local:mini@1' },
  ]);
  expect(json.differences[0]).toMatchObject({
    of: 'meaning',
    to: 'words',
    kinds: { money: { mrr10: { difference: 0.5 } } },
  });
  expect(reportToJson(compared, true)).toHaveProperty('sets.help.kinds.money.n', 2);
});

test('a gate names each kind that does not reach it in the fullest search', () => {
  expect(failedGates(compared.sets, [{ figure: 'hit1', atLeast: 0.5 }])).toEqual([]);
  expect(failedGates(compared.sets, [{ figure: 'hit1', atLeast: 0.6 }])).toEqual([
    `help, ${HOSTILE}: hit1 is 0.500, under 0.6`,
    'help, money: hit1 is 0.500, under 0.6',
  ]);
});

test('the terminal is told the figures, targets met and missed, what went wrong, and how many rows were left out', () => {
  const text = describeReport(compared);
  expect(text).toMatch(/money +words .* 0\.90 missed/);
  expect(text).toMatch(/money +meaning .* 0\.60 met/);
  expect(text).toContain('money: meaning against words, nDCG@10 +');
  expect(text).toContain('right: right.md (place 3)');
  expect(text).toMatch(/2 rows could not be read and were left out$/);
});

test('documentation gets tables that hold together', () => {
  for (const markdown of [reportToMarkdown(compared), sweepToMarkdown(compared)]) {
    for (const table of markdown.split('\n\n').filter((part) => part.startsWith('|'))) {
      const cells = table
        .trim()
        .split('\n')
        .map((row) => row.split(' | ').length);
      expect(new Set(cells).size, table).toBe(1);
    }
  }
});
