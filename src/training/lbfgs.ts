/** Value at a point; writes the gradient into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

const MEMORY = 8;

/** Minimises a smooth convex function (limited-memory BFGS with backtracking). Same input, same result. */
export function minimise(
  objective: Objective,
  size: number,
  limits: { iterations: number; tolerance: number },
) {
  const point = new Float64Array(size);
  let gradient = new Float64Array(size);
  let value = objective(point, gradient);
  const steps: Pair[] = [];
  for (let round = 0; round < limits.iterations; round += 1) {
    const direction = descent(gradient, steps);
    const slope = dot(direction, gradient);
    if (slope > -limits.tolerance) break;
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let nextValue = Number.POSITIVE_INFINITY;
    let length = round === 0 ? 1 / Math.sqrt(-slope) : 1;
    for (let tries = 0; tries < 30; tries += 1, length /= 2) {
      for (let i = 0; i < size; i += 1) next[i] = (point[i] ?? 0) + length * (direction[i] ?? 0);
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
    }
    if (!(nextValue < value)) break;
    remember(steps, difference(next, point), difference(nextGradient, gradient));
    point.set(next);
    gradient = nextGradient;
    value = nextValue;
  }
  return point;
}

interface Pair {
  step: Float64Array;
  change: Float64Array;
  rho: number;
}

function remember(steps: Pair[], step: Float64Array, change: Float64Array): void {
  const curvature = dot(step, change);
  if (curvature <= 1e-12) return;
  steps.push({ step, change, rho: 1 / curvature });
  if (steps.length > MEMORY) steps.shift();
}

/** The two-loop recursion: minus the inverse curvature times the gradient. */
function descent(gradient: Float64Array, steps: Pair[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const weights: number[] = [];
  for (const { step, change, rho } of steps.toReversed()) {
    const weight = rho * dot(step, direction);
    weights.unshift(weight);
    add(direction, change, -weight);
  }
  const last = steps.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.change, last.change));
    for (let i = 0; i < direction.length; i += 1) direction[i] = (direction[i] ?? 0) * scale;
  }
  steps.forEach(({ step, change, rho }, index) => {
    add(direction, step, (weights[index] ?? 0) - rho * dot(change, direction));
  });
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function add(target: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i += 1) target[i] = (target[i] ?? 0) + factor * (other[i] ?? 0);
}

const difference = (a: Float64Array, b: Float64Array) => a.map((value, i) => value - (b[i] ?? 0));
