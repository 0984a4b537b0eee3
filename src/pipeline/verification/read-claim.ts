import { factsMissingIn, readSourceFacts } from './check-facts.ts';
import {
  type Evidence,
  findEvidence,
  type Reading,
  read,
  readSources,
  type Sources,
  type Weigh,
  YES_NO,
} from './evidence.ts';
import type { Fact } from './fact-types.ts';
import { extractFacts } from './facts.ts';
import { splitSentences } from './sentences.ts';

/** One sentence of the claim beside the sentences of the sources that carry it best. */
export interface ReadSentence {
  claim: Reading;
  evidence: Evidence;
  facts: Fact[];
  /** Facts that the evidence does not state. */
  missingFacts: Fact[];
}

export interface ReadClaim {
  sentences: ReadSentence[];
  sources: Sources;
}

/** Naming the source without saying which one claims nothing. */
const LEAD_IN =
  /^(?:according to|as stated in|as per|per|based on|from) (?:the|our|your|this|these) (?:\p{L}+ )?(?:documentation|docs|document|documents|text|passage|passages|source|sources|guide|article|information|policy|page|website)(?: provided| given)?, ?/iu;

export function readClaim(claim: string, passages: readonly string[], weigh: Weigh): ReadClaim {
  const sources = readSources(passages);
  const sentences = splitSentences(claim).map(({ text }) => {
    const own = read(text.replace(YES_NO, '').replace(LEAD_IN, ''));
    const evidence = findEvidence(own, sources, weigh);
    const facts = extractFacts(text);
    return { claim: own, evidence, facts, missingFacts: findMissing(facts, evidence) };
  });
  return { sentences, sources };
}

function findMissing(facts: Fact[], evidence: Evidence): Fact[] {
  if (facts.length === 0) return [];
  const quoted = [...evidence.sentences, ...(evidence.verbatim ? [evidence.verbatim] : [])];
  return factsMissingIn(facts, readSourceFacts(quoted.map((sentence) => sentence.text).join('\n')));
}
