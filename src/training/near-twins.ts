import { fold } from '../pipeline/triage/fold.ts';

const TWIN_SHARE = 0.7;

/** A group number per text; texts that share most of their words, numbers aside, are in one group. */
export function groupNearTwins(texts: string[]): number[] {
  const sets = texts.map(wordSet);
  const parents = texts.map((_text, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[index] = root;
    return root;
  };
  for (let a = 0; a < sets.length; a += 1) {
    for (let b = 0; b < a; b += 1) {
      if (isTwin(sets[a] as Set<string>, sets[b] as Set<string>)) parents[rootOf(a)] = rootOf(b);
    }
  }
  return texts.map((_text, index) => rootOf(index));
}

function wordSet(text: string): Set<string> {
  return new Set(
    fold(text)
      .replace(/\d+(?:[.,]\d+)*/g, '0')
      .match(/[\p{L}\p{N}']+/gu) ?? [],
  );
}

function isTwin(a: Set<string>, b: Set<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size < TWIN_SHARE * large.size) return false;
  let shared = 0;
  for (const word of small) if (large.has(word)) shared += 1;
  return shared >= TWIN_SHARE * (small.size + large.size - shared);
}

/** Folds of about the same size; the members of a group are never parted. Largest groups are dealt first. */
export function dealFolds(groups: number[], folds: number): number[] {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const loads = new Array<number>(folds).fill(0);
  const foldOf = new Map<number, number>();
  for (const [group, size] of [...sizes].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    const lightest = loads.indexOf(Math.min(...loads));
    foldOf.set(group, lightest);
    loads[lightest] = (loads[lightest] ?? 0) + size;
  }
  return groups.map((group) => foldOf.get(group) ?? 0);
}
