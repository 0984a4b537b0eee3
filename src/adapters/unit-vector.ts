/**
 * The vector at unit length; undefined when it points nowhere (zeros) or holds what is no number, as models return
 * it for a text they choke on. Such a vector would be like everything or nothing.
 */
export function toUnitVector(values: ArrayLike<number>): Float32Array | undefined {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'number') return undefined;
    sum += value * value;
  }
  if (!Number.isFinite(sum) || sum < 1e-12) return undefined;
  const scale = 1 / Math.sqrt(sum);
  return Float32Array.from(values, (value) => value * scale);
}
