import { fold } from './fold.ts';
import { INJECTION_SIGNS } from './injection-phrases.ts';
import { matchingReasons } from './phrase.ts';

export interface InjectionReading {
  score: number;
  flagged: boolean;
  reasons: string[];
}

const THRESHOLD = 0.5;
// Marks of chat templates and fences: people don't type them into a support channel.
const TEMPLATE_MARK =
  /<\|?\s*(?:endoftext|im_start|im_end|system|assistant|end_of_turn)\s*\|?>|\[\/?inst\]|^#{2,} ?(?:system|instructions?)\b|%{3,}/im;
const ROLE_LINE = /^\s*\[?(?:system|assistant|instructions?|admin)\]?\s*:\s*\S/im;
const WEIGHTS = { template: 0.8, roleLine: 0.6, flood: 0.6 };
const FLOOD_REPEATS = 25;

/**
 * Signs that a message tries to talk the assistant out of its rules. For the eyes of staff: it decides nothing,
 * since a customer may quote such words in all innocence.
 */
export function scoreInjection(text: string): InjectionReading {
  const folded = fold(text)
    .replace(/["*_()[\]{}]+/g, ' ')
    .replace(/ {2,}/g, ' ');
  let doubt = 1;
  const reasons: string[] = [];
  const add = (found: string[], weight: number) => {
    reasons.push(...found);
    doubt *= (1 - weight) ** found.length;
  };
  for (const { weight, rules } of INJECTION_SIGNS) add(matchingReasons(rules, folded), weight);
  if (TEMPLATE_MARK.test(text)) add(['holds marks of a chat template'], WEIGHTS.template);
  if (ROLE_LINE.test(text)) add(['writes lines in the name of the system'], WEIGHTS.roleLine);
  if (isFlood(folded)) add(['repeats one word again and again'], WEIGHTS.flood);
  const score = Math.round((1 - doubt) * 1000) / 1000;
  return { score, flagged: score >= THRESHOLD, reasons };
}

function isFlood(folded: string): boolean {
  const counts = new Map<string, number>();
  for (const word of folded.match(/[^\s]+/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [most] = [...counts.entries()].sort((a, b) => b[1] - a[1]);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return most !== undefined && most[1] >= FLOOD_REPEATS && most[1] > total / 3;
}
