import type { Verdict } from './approval.ts';

const VERDICT_OF_EMOJI: ReadonlyMap<string, Verdict> = new Map([
  ['white_check_mark', 'approved'],
  ['heavy_check_mark', 'approved'],
  ['x', 'denied'],
  ['negative_squared_cross_mark', 'denied'],
]);

/** The fixed list. Thumbs-up is how people say "seen", so it never decides; skin tones never matter. */
export function verdictOfEmoji(name: string): Verdict | undefined {
  return VERDICT_OF_EMOJI.get(name.replace(/::skin-tone-[2-6]$/, ''));
}
