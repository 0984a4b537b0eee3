export interface LinearModel {
  bias: number;
  weights: number[];
}

export interface Example {
  values: readonly number[];
  /** 1 or 0. */
  label: number;
  /** How much the example counts. */
  importance: number;
}

const STEPS = 100;
const CONVERGED = 1e-9;

/**
 * Fits by Newton's method on standardised columns with a ridge penalty; the weights returned are for the raw
 * columns. No randomness: the same examples give the same weights.
 */
export function fitLogistic(examples: readonly Example[], ridge: number): LinearModel {
  const width = examples[0]?.values.length ?? 0;
  const scales = Array.from({ length: width }, (_, column) => scaleOf(examples, column));
  const rows = examples.map(({ values }) => [1, ...values.map((value, i) => standardise(value, scales[i]))]);
  let beta = new Array<number>(width + 1).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const change = newtonStep(rows, examples, beta, ridge);
    beta = beta.map((value, i) => value + (change[i] ?? 0));
    if (Math.max(...change.map(Math.abs)) < CONVERGED) break;
  }
  const weights = beta.slice(1).map((value, i) => value / (scales[i]?.spread ?? 1));
  const shift = weights.reduce((total, weight, i) => total + weight * (scales[i]?.mean ?? 0), 0);
  return { bias: (beta[0] ?? 0) - shift, weights };
}

interface Scale {
  mean: number;
  spread: number;
}

function scaleOf(examples: readonly Example[], column: number): Scale {
  const values = examples.map((example) => example.values[column] ?? 0);
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length;
  return { mean, spread: Math.sqrt(variance) || 1 };
}

function standardise(value: number, scale: Scale | undefined): number {
  return scale ? (value - scale.mean) / scale.spread : value;
}

function newtonStep(rows: number[][], examples: readonly Example[], beta: number[], ridge: number): number[] {
  const size = beta.length;
  const gradient = beta.map((value, i) => (i === 0 ? 0 : -ridge * value));
  const curvature = beta.map((_, i) => beta.map((__, j) => (i === j ? (i === 0 ? 1e-9 : ridge) : 0)));
  rows.forEach((row, n) => {
    const { label, importance } = examples[n] as Example;
    const p = 1 / (1 + Math.exp(-row.reduce((total, value, i) => total + value * (beta[i] ?? 0), 0)));
    for (let i = 0; i < size; i++) {
      gradient[i] = (gradient[i] ?? 0) + importance * (label - p) * (row[i] ?? 0);
      const line = curvature[i] as number[];
      const part = importance * p * (1 - p) * (row[i] ?? 0);
      for (let j = 0; j < size; j++) line[j] = (line[j] ?? 0) + part * (row[j] ?? 0);
    }
  });
  return solve(curvature, gradient);
}

/** Gauss elimination with pivoting. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const size = rows.length;
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column + 1; i < size; i++)
      if (Math.abs(at(i, column)) > Math.abs(at(pivot, column))) pivot = i;
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    for (let i = 0; i < size; i++) {
      if (i === column) continue;
      const factor = at(i, column) / at(column, column);
      const row = rows[i] as number[];
      for (let j = column; j <= size; j++) row[j] = at(i, j) - factor * at(column, j);
    }
  }
  return rows.map((_, i) => at(i, size) / at(i, i));
}
