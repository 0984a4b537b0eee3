import { WORDS_EN } from './words-en.ts';

/** Words of the same clause; a comma or colon is a word of its own in a plain statement. None of them denies. */
const NOT_DENIED = '(?!(?:not|never|cannot|unable|nothing|nobody|neither) )';
const FEW_WORDS = `(?:${NOT_DENIED}[^\\s,:;]+ ){0,3}`;
const SEVERAL_WORDS = `(?:${NOT_DENIED}[^\\s]+ ){0,8}`;

/** Patterns over plain statements, as expressions that find the words they matched. */
export function compilePatterns(patterns: string[]): RegExp[] {
  return patterns.map((pattern) => new RegExp(withGaps(withWords(pattern)), 'u'));
}

function withWords(pattern: string): string {
  const once = pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const words = WORDS_EN[name];
    return words === undefined ? whole : `(?:${words})`;
  });
  return once === pattern ? once : withWords(once);
}

function withGaps(pattern: string): string {
  const gapped = pattern
    .replace(/\(\?:\.\. \)\?/g, FEW_WORDS)
    .replace(/ \.\.\. /g, ` ${SEVERAL_WORDS}`)
    .replace(/ \.\. /g, ` ${FEW_WORDS}`);
  return `(?<=^| )(?:${gapped})(?= |$)`;
}
