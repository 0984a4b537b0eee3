import type { Usage } from './types.ts';

/** US dollars per million tokens. */
interface Price {
  input: number;
  output: number;
  cacheRead: number;
  /** Written for five minutes; an hour costs `cacheWriteHour`. */
  cacheWrite: number;
  cacheWriteHour: number;
}

interface Model {
  /** The day from which the price holds, from the vendor's model pages. */
  since: string;
  price: Price;
  /** Dearer when the whole prompt is longer than `above` tokens. */
  long?: { above: number; price: Price };
}

/** Prices as published on 2026-11-21. A model that is not here costs null: unknown, not nothing. */
const PRICES: Readonly<Record<string, Model>> = {
  'claude-haiku-5-5': {
    since: '2026-11-21',
    price: { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125, cacheWriteHour: 0.2 },
    long: {
      above: 100_000,
      price: { input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625, cacheWriteHour: 1 },
    },
  },
  'claude-sonnet-5-5': {
    since: '2026-11-21',
    price: { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5, cacheWriteHour: 4 },
  },
  'claude-opus-5-5': {
    since: '2026-11-21',
    price: { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5, cacheWriteHour: 8 },
  },
  'claude-haiku-4-5': {
    since: '2026-11-21',
    price: { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25, cacheWriteHour: 2 },
  },
};

/** What the tokens cost in US dollars, or null when the price of the model is not known. */
export function costOf(model: string, usage: Usage, cacheTtl: '5m' | '1h'): number | null {
  const entry = PRICES[model];
  if (entry === undefined) return null;
  const prompt = usage.inputTokens + usage.cachedInputTokens + usage.cacheWriteTokens;
  const price = entry.long !== undefined && prompt > entry.long.above ? entry.long.price : entry.price;
  const write = cacheTtl === '1h' ? price.cacheWriteHour : price.cacheWrite;
  const perMillion =
    usage.inputTokens * price.input +
    usage.cachedInputTokens * price.cacheRead +
    usage.cacheWriteTokens * write +
    usage.outputTokens * price.output;
  return perMillion / 1_000_000;
}

/** Several calls as one; null only when none of them told. */
export function addUsage(a: Usage | null, b: Usage | null): Usage | null {
  if (a === null || b === null) return a ?? b;
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    outputTokens: a.outputTokens + b.outputTokens,
  };
}

/** One unknown price makes the sum unknown. */
export function addCost(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
