import { splitSentences } from '../pipeline/verification/sentences.ts';
import { MUTATIONS, type Mutation, mutateClaim } from './mutate-claim.ts';
import { createRandom, shuffle } from './seeded-random.ts';

/** A claim copied from a passage with small changes that leave it true. */
export interface NearVerbatim {
  claim: string;
  /** The sentence it was copied from. */
  quote: string;
  passage: string;
}

export interface MutatedClaim extends NearVerbatim {
  mutation: Mutation;
  original: string;
}

const MIN_WORDS = 7;
const MAX_WORDS = 45;

export function copyClaims(passages: readonly string[], seed: number): NearVerbatim[] {
  const random = createRandom(seed);
  const copies = passages.flatMap((passage) =>
    splitSentences(passage)
      .filter(({ text }) => isPlainSentence(text))
      .map(({ text }): NearVerbatim => ({ claim: reword(text, random), quote: text, passage })),
  );
  return shuffle(copies, random);
}

function isPlainSentence(text: string): boolean {
  const words = text.split(/\s+/).length;
  return words >= MIN_WORDS && words <= MAX_WORDS && /^\p{Lu}/u.test(text) && /[.!]$/.test(text);
}

/** What people change when they copy: a lead-in, a filler word, the last clause. */
function reword(text: string, random: () => number): string {
  const lowered = /^(?:The|This|These|It|In|If|You|We|A|An|When|For|All|Each|Your|To)\b/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
  const choices = [
    text,
    text,
    `According to the documentation, ${lowered}`,
    `Yes, ${lowered}`,
    text.replace(
      / (?:also|very|usually|generally|typically|however|therefore|additionally|simply|currently),? /i,
      ' ',
    ),
    text.replace(
      /^(?:However|Additionally|Also|Moreover|Therefore|Finally|In addition), (\w)/,
      (_, first: string) => first.toUpperCase(),
    ),
    text
      .replace(/\bdo not\b/, "don't")
      .replace(/\bis not\b/, "isn't")
      .replace(/\bcannot\b/, "can't"),
    text.replace(/\s*\([^()]*\)/g, ''),
  ];
  return choices[Math.floor(random() * choices.length)] ?? text;
}

export function mutateClaims(claims: readonly NearVerbatim[], each: number, seed: number): MutatedClaim[] {
  const random = createRandom(seed);
  return MUTATIONS.flatMap((mutation) => {
    const made: MutatedClaim[] = [];
    for (const one of claims) {
      if (made.length >= each) break;
      const claim = mutateClaim(mutation, one.claim, one.passage, random);
      if (claim !== undefined) made.push({ ...one, claim, original: one.claim, mutation });
    }
    return made;
  });
}
