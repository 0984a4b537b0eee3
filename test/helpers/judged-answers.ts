import type { JudgedAnswer } from '../../src/evaluation/judge-search.ts';

/** A question whose only right page stands at `rank`; undefined = it was not found. */
export function answerAt(rank: number | undefined, more: Partial<JudgedAnswer> = {}): JudgedAnswer {
  const ranked = Array.from({ length: 12 }, (_, at) => (at + 1 === rank ? 'right.md' : `x${at + 1}.md`));
  const found = ranked.slice(0, 3).map((source, at) => ({ source, title: source, score: 0.9 - at / 10 }));
  return { question: `at ${rank ?? 'none'}`, kind: 'all', gold: ['right.md'], ranked, rank, found, ...more };
}
