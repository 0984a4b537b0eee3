const VOWEL = /[aeiouy]/;

/**
 * Brings the forms of an English word together (refund, refunds, refunded, refunding). Deliberately weak: it
 * leaves prefixes and "-less" alone, because they turn the meaning round.
 */
export function stem(word: string): string {
  if (!/^[a-z']+$/.test(word)) return word;
  let out = word.replace(/'s$|s'$/, '').replace(/'/g, '');
  if (out.length <= 3) return out;
  out = stripPlural(out);
  out = stripEnding(out);
  return out.length > 3 ? out.replace(/(?<=[^e])e$/, '').replace(/y$/, 'i') : out;
}

function stripPlural(word: string): string {
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/[^suia]s$/.test(word)) return word.slice(0, -1);
  return word;
}

function stripEnding(word: string): string {
  for (const ending of ['ations', 'ation', 'ingly', 'edly', 'ment', 'ness', 'ing', 'ied', 'ed', 'ly', 'er']) {
    if (!word.endsWith(ending)) continue;
    const rest = word.slice(0, -ending.length);
    const least = ending === 'er' || ending === 'ment' || ending.startsWith('ation') ? 4 : 3;
    if (rest.length < least || !VOWEL.test(rest)) return word;
    if (ending === 'ied') return `${rest}y`;
    return /([bdfgmnprt])\1$/.test(rest) || /[^aeiou]ell$|cell$/.test(rest) ? rest.slice(0, -1) : rest;
  }
  return word;
}
