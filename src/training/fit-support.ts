import { read } from '../pipeline/verification/evidence.ts';
import { readClaim } from '../pipeline/verification/read-claim.ts';
import { splitSentences } from '../pipeline/verification/sentences.ts';
import { FEATURES, type Features, measureSupport } from '../pipeline/verification/support-features.ts';
import { createWeigh, type SupportWeights } from '../pipeline/verification/support-weights.ts';
import { fitLogistic } from './logistic-regression.ts';
import type { SupportRow } from './support-rows.ts';

const RIDGE = 10;
/** Answers are few but closest to what the desk writes: their share of the fit. */
const SHARE_OF_ANSWERS = 0.25;
const MAX_WORDS = 3_000;
const MIN_SENTENCES = 3;
/** Words written small less often than this are names. */
const NAME_SHARE = 0.2;
const DIGITS = 5;

type WordTable = Pick<SupportWeights, 'wordWeights' | 'rareWordWeight' | 'names'>;

/** Weighs words by how few sentences of the sources hold them (inverse document frequency). */
function countWords(rows: readonly SupportRow[]): WordTable {
  const sentences = new Set(
    rows
      .flatMap((row) => row.passages)
      .flatMap((text) => splitSentences(text))
      .map(({ text }) => text),
  );
  const counts = new Map<string, number>();
  const plain = new Map<string, number>();
  for (const sentence of sentences) {
    const { tokens, keys } = read(sentence);
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    const small = new Set(tokens.filter((token) => !token.isCapital).map((token) => token.key));
    for (const key of small) plain.set(key, (plain.get(key) ?? 0) + 1);
  }
  const isName = (key: string, count: number) => (plain.get(key) ?? 0) < NAME_SHARE * count;
  const weigh = (count: number) => round(Math.log((sentences.size + 1) / (count + 0.5)));
  const listed = [...counts]
    .filter(([key, count]) => count >= MIN_SENTENCES && /^\p{L}/u.test(key))
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MAX_WORDS);
  return {
    wordWeights: Object.fromEntries(listed.map(([key, count]) => [key, weigh(count)])),
    names: listed.filter(([key, count]) => isName(key, count)).map(([key]) => key),
    rareWordWeight: weigh(1),
  };
}

interface MeasuredRow extends SupportRow {
  features: Features;
}

function measureRows(rows: readonly SupportRow[], words: WordTable): MeasuredRow[] {
  const weigh = createWeigh(words);
  return rows.map((row) => ({
    ...row,
    features: measureSupport(readClaim(row.claim, row.passages, weigh), weigh),
  }));
}

/** Fits what the verifier ships. The threshold is set afterwards, on scores of rows the fit has not seen. */
export function fitSupport(rows: readonly SupportRow[], threshold: number): SupportWeights {
  const words = countWords(rows);
  return { ...fitMeasured(measureRows(rows, words)), ...words, threshold };
}

function fitMeasured(rows: readonly MeasuredRow[]): Pick<SupportWeights, 'bias' | 'features'> {
  const importance = countImportance(rows);
  const model = fitLogistic(
    rows.map((row) => ({
      values: FEATURES.map((name) => row.features[name]),
      label: row.supported ? 1 : 0,
      importance: importance(row),
    })),
    RIDGE,
  );
  const features = Object.fromEntries(FEATURES.map((name, i) => [name, round(model.weights[i] ?? 0)]));
  return { bias: round(model.bias), features: features as Features };
}

/** Within claims and within answers, supported and unsupported count the same. */
function countImportance(rows: readonly SupportRow[]): (row: SupportRow) => number {
  const cells = new Map<string, number>();
  const cell = (row: SupportRow) => `${row.set} ${row.supported}`;
  for (const row of rows) cells.set(cell(row), (cells.get(cell(row)) ?? 0) + 1);
  return (row) => {
    const share = row.set === 'answer' ? SHARE_OF_ANSWERS : 1 - SHARE_OF_ANSWERS;
    return (share * rows.length) / 2 / (cells.get(cell(row)) ?? 1);
  };
}

function round(value: number): number {
  return Number(value.toFixed(DIGITS));
}
