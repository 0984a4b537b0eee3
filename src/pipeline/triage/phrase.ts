const BREAK = String.raw`,?\s+`;
// A gap stays inside its clause: in "I didn't like it, can I get a refund" the "not" is not about the refund.
const GAP_WORD = String.raw`\s+[^\s,.!?;]+`;

export interface Rule {
  reason: string;
  patterns: RegExp[];
}

export type Vocabulary = Readonly<Record<string, string>>;

/**
 * Compiles phrases as a support desk would note them down, to be matched against folded text:
 * `want …5 <refund>` = "want", at most five words, then a word of the vocabulary; `[the|a]` may be missing;
 * `get_back` inside an alternative is two words; `^` and `$` are the ends of the sentence.
 */
export function createRules(vocabulary: Vocabulary, table: Record<string, string[]>): Rule[] {
  return Object.entries(table).map(([reason, phrases]) => ({
    reason,
    patterns: phrases.map((phrase) => compile(phrase, vocabulary)),
  }));
}

/** Reasons of the rules that fit, in the order of the table. */
export function matchingReasons(rules: readonly Rule[], folded: string): string[] {
  return rules
    .filter(({ patterns }) => patterns.some((one) => folded.search(one) >= 0))
    .map(({ reason }) => reason);
}

/** The text with whatever the rules match struck out, and why. */
export function strikeOut(rules: readonly Rule[], folded: string): { rest: string; reasons: string[] } {
  let rest = folded;
  const reasons: string[] = [];
  for (const { reason, patterns } of rules) {
    const before = rest;
    for (const pattern of patterns) rest = rest.replace(pattern, STRUCK);
    if (rest !== before) reasons.push(reason);
  }
  return { rest, reasons };
}

// Not a word, so that no gap of a phrase reaches over it.
const STRUCK = ' ; ';

function compile(phrase: string, vocabulary: Vocabulary): RegExp {
  let source = '';
  let needsBreak = false;
  for (const token of phrase.split(' ')) {
    const gap = /^…(\d+)$/.exec(token);
    const optional = /^\[(.+)\]$/.exec(token);
    if (token === '^') source += String.raw`^[\W_]*`;
    else if (token === '$') source += String.raw`[\W_]*$`;
    else if (gap) source += `(?:${GAP_WORD}){0,${gap[1]}}?`;
    else if (optional) source += optionalWord(expand(optional[1] ?? '', vocabulary), needsBreak);
    else source += `${needsBreak ? BREAK : ''}(?:${expand(token, vocabulary)})`;
    if (token !== '^' && !(optional && !needsBreak)) needsBreak = true;
  }
  return new RegExp(`(?<![\\w'])${source}(?![\\w'])`, 'gu');
}

const optionalWord = (word: string, needsBreak: boolean) =>
  needsBreak ? `(?:${BREAK}(?:${word}))?` : `(?:(?:${word})${BREAK})?`;

function expand(token: string, vocabulary: Vocabulary): string {
  return token
    .replace(/<(\w+)>/g, (_whole, name: string) => {
      const words = vocabulary[name];
      if (words === undefined) throw new Error(`no word list named ${name} for the phrase part ${token}`);
      return `(?:${words})`;
    })
    .replaceAll('_', BREAK);
}
