const CONTRACTIONS: [RegExp, string][] = [
  [/\b(can|won|shan|ain)'?t\b/g, '$1 not'],
  [/\bcannot\b/g, 'can not'],
  [/\bwon not\b/g, 'will not'],
  [/\bshan not\b/g, 'shall not'],
  [/\b(do|does|did|is|are|was|were|has|have|had|would|should|could|must|need)(?:n't|nt)\b/g, '$1 not'],
  [
    /\b(i|you|we|they|he|she|it|that|this|there|who|nobody|someone|billing)'?ll\b(?<!\b(?:ill|well|hell|shell))/g,
    '$1 will',
  ],
  [/\b(\p{L}+)'ll\b/gu, '$1 will'],
  [/\b(i|you|we|they)'?ve\b/g, '$1 have'],
  [/\b(you|we|they)'re\b|\b(you|they)re\b/g, '$1$2 are'],
  [/\bi'?m\b/g, 'i am'],
  [/\b(i|you|we|they)'d\b/g, '$1 would'],
  [/\b(it|that|this|what|there|here|who|he|she|everything|nobody)'s\b/g, '$1 is'],
  [/\blet's\b|\blets\b/g, 'let us'],
  [/\b(gonna)\b/g, 'going to'],
  [/\bnot (?:only|just|hesitate to|fail to)\b/g, ''],
  [/\bis not only\b/g, 'is'],
];
const MONEY =
  /(?:[$€£¥₹]|\b(?:r\$|us\$|usd|eur|gbp|chf)) ?\d[\d.,]*(?:k\b)?|\b\d[\d.,]* ?(?:[$€£¥₹]|(?:usd|eur|gbp|chf|dollars?|euros?|pounds?|cents?|bucks|dolars?)\b)/g;
const PERCENT =
  /\b\d[\d.,]* ?(?:%|percent\b|per cent\b|persent\b)|\b(?:\p{L}+) ?(?:percent|per cent|persent)\b/gu;

/** A statement as words in single spaces: contractions written out, amounts as `amt`, percentages as `pct`. */
export function plainStatement(sentence: string): string {
  let plain = ` ${sentence} `;
  for (const [from, to] of CONTRACTIONS) plain = plain.replace(from, to);
  return plain
    .replace(MONEY, (amount) => (/[1-9]/.test(amount) ? ' amt ' : ' zero '))
    .replace(PERCENT, ' pct ')
    .replace(/'s\b|s'(?=\s)/g, (mark) => (mark === "'s" ? '' : 's'))
    .replace(/[=→>]+/g, ' : ')
    .replace(/(?<!\d)[,;:]|[,;:](?!\d)/g, (mark) => ` ${mark === ';' ? ',' : mark} `)
    .replace(/ [-–] /g, ' , ')
    .replace(/[^\p{L}\p{N}\s,:%'-]/gu, ' ')
    .replace(/(?<=\p{L})-(?=\p{L})/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,:'-]+|[\s,:'-]+$/g, '');
}
