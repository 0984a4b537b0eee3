/** How well an order of pages serves questions whose right pages are known; every figure is 0 to 1. */
export interface RetrievalFigures {
  n: number;
  ndcg10: number;
  mrr10: number;
  hit1: number;
  hit5: number;
  precision3: number;
  recall3: number;
  precision5: number;
  recall5: number;
}

/** In the order in which they are told. */
export const FIGURES = [
  'ndcg10',
  'mrr10',
  'hit1',
  'hit5',
  'precision3',
  'recall3',
  'precision5',
  'recall5',
] as const;
export type FigureName = (typeof FIGURES)[number];

/** What people call them. */
export const FIGURE_TITLES: Record<FigureName, string> = {
  ndcg10: 'nDCG@10',
  mrr10: 'MRR@10',
  hit1: 'hit@1',
  hit5: 'hit@5',
  precision3: 'P@3',
  recall3: 'R@3',
  precision5: 'P@5',
  recall5: 'R@5',
};

/** One question: the pages the search gave, best first, and the right ones. */
export interface RankedPages {
  ranked: string[];
  gold: string[];
}

/** A page counts once, at the place of its best passage. */
export function distinctPages(passages: { source: string }[]): string[] {
  return [...new Set(passages.map(({ source }) => source))];
}

/** The mean over all questions; precision is over the k asked for, also when fewer pages were found. */
export function measureRetrieval(questions: RankedPages[]): RetrievalFigures {
  const each = questions.map(measureQuestion);
  const mean = (name: FigureName) => each.reduce((sum, one) => sum + one[name], 0) / Math.max(1, each.length);
  return { n: questions.length, ...figuresOf(mean) };
}

/** One value for each figure. */
export function figuresOf<T>(value: (name: FigureName) => T): Record<FigureName, T> {
  return Object.fromEntries(FIGURES.map((name) => [name, value(name)])) as Record<FigureName, T>;
}

/** The figures of one question. */
export function measureQuestion({ ranked, gold }: RankedPages): Record<FigureName, number> {
  const right = new Set(gold);
  const hits = ranked.map((page) => right.has(page));
  const found = (k: number) => hits.slice(0, k).filter(Boolean).length;
  const first = hits.slice(0, 10).indexOf(true);
  return {
    ndcg10: gain(hits.slice(0, 10)) / gain(Array<boolean>(Math.min(10, right.size)).fill(true)),
    mrr10: first < 0 ? 0 : 1 / (first + 1),
    hit1: found(1) > 0 ? 1 : 0,
    hit5: found(5) > 0 ? 1 : 0,
    precision3: found(3) / 3,
    recall3: found(3) / right.size,
    precision5: found(5) / 5,
    recall5: found(5) / right.size,
  };
}

function gain(hits: boolean[]): number {
  return hits.reduce((sum, isHit, index) => sum + (isHit ? 1 / Math.log2(index + 2) : 0), 0);
}
