import { STOP_WORDS } from '../../knowledge/stop-words.ts';
import { extractFacts } from './facts.ts';

/** With fewer words that mean something, a sentence means what stands around it. */
const LEAST_WORDS = 2;

/**
 * Whether a sentence says too little to be held against a source: "It does." after a question about money is a
 * promise, and every source supports it.
 */
export function isTooShort(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return (
    words.filter((word) => !STOP_WORDS.has(word)).length < LEAST_WORDS && extractFacts(text).length === 0
  );
}
