import { plainText } from '../knowledge/plain-text.ts';
import type { Passage } from '../knowledge/types.ts';
import { KNOWLEDGE_BASE_LABEL } from './answer-schema.ts';
import type {
  Citation,
  Draft,
  DraftSegment,
  LabelledPassage,
  Question,
  Verdict,
  VerifiedSegment,
} from './types.ts';
import { isCourtesy } from './verification/courtesy.ts';
import { touchesGrants } from './verification/grants.ts';
import { findQuote } from './verification/quote.ts';
import { sentenceAround } from './verification/sentence-around.ts';
import { isTooShort } from './verification/too-short.ts';
import { type Cite, verifyCitedClaim } from './verification/verify-claim.ts';

export type Verify = (draft: Draft, passages: LabelledPassage[], question: Question) => Verdict;

/**
 * Holds every segment of a draft against the passages it cites; where the two differ, the sources win. What is
 * shown as source comes from the passage, never from the draft. `whole` are the passages of a knowledge base that
 * stands in the prompt as a whole.
 */
export function createVerify(whole: readonly Passage[] = []): Verify {
  return (draft, passages, question) => {
    const verdict: Verdict = { segments: [], dropped: [] };
    for (const segment of draft.segments) {
      const judged = judge(segment, findSources(segment, passages, whole), question);
      if (judged.segment !== undefined) verdict.segments.push(judged.segment);
      if (judged.fault !== undefined) verdict.dropped.push({ text: segment.text, reason: judged.fault });
    }
    const factual = verdict.segments.some((segment) => segment.cites.length > 0);
    // Politeness alone is no answer.
    return factual ? verdict : { ...verdict, segments: [] };
  };
}

/** A quote with the passage it is said to stand in. */
interface Source {
  label: string;
  quote: string;
  passage: Passage | undefined;
  /** The passage's text in which the quote is looked for. */
  text: string;
}

function findSources(
  segment: DraftSegment,
  passages: readonly LabelledPassage[],
  whole: readonly Passage[],
): Source[] {
  return segment.cites.map(({ label, quote }) => {
    const passage =
      label === KNOWLEDGE_BASE_LABEL
        ? whole.find(({ text }) => findQuote(plainText(quote), plainText(text)) !== undefined)
        : passages.find((one) => one.label === label);
    return { label, passage, ...readTogether(quote, passage?.text ?? '') };
  });
}

/** Whoever quotes a page may leave out its markup: then both are read without it. */
function readTogether(quote: string, markdown: string): Pick<Source, 'quote' | 'text'> {
  const standsAsItIs = markdown.includes(quote) || findQuote(quote, markdown) !== undefined;
  if (standsAsItIs) return { quote, text: markdown };
  return { quote: plainText(quote), text: plainText(markdown) };
}

interface Judged {
  segment?: VerifiedSegment;
  /** Why the segment does not stand as it was drafted. */
  fault?: string;
}

function judge(segment: DraftSegment, sources: Source[], question: Question): Judged {
  const { text } = segment;
  if (sources.length === 0) return judgeUncited(text, question);
  const unknown = sources.find(({ passage }) => passage === undefined);
  if (unknown !== undefined) return { fault: `${unknown.label} was not among the passages` };
  const cites = sources.map(toCitation);
  // What was written to one customer once is no rule, and never one about money.
  const isRule = sources.every(({ passage }) => passage?.tenant === undefined);
  if (!isRule && (touchesGrants(text) || sources.some(({ quote }) => touchesGrants(quote)))) {
    return { fault: 'a former ticket grants nothing' };
  }
  if (sources.some((source) => isCopyOf(text, source))) {
    return { segment: { text, cites, published: isRule } };
  }
  const published = { text: inPublishedWords(sources), cites, published: isRule };
  const { verdict, reasons } = verifyCitedClaim(text, sources.map(toCite));
  if (verdict === 'unsupported') return { fault: reasons.join('; ') };
  if (verdict === 'contradicted') return { segment: published, fault: reasons.join('; ') };
  if (isTooShort(text)) return { fault: 'says too little to be held against a source' };
  if (touchesGrants(text)) return { segment: published, fault: 'shown in the words of the page' };
  return { segment: { text, cites } };
}

/** Without a source only politeness stands, and not about what people grant. */
function judgeUncited(text: string, question: Question): Judged {
  const stands = isCourtesy(text, question.text) && !touchesGrants(text);
  return stands ? { segment: { text, cites: [] } } : { fault: 'no source' };
}

/** What stands word for word in a passage it cites needs no judging, unless it is a scrap such as "it does". */
function isCopyOf(copy: string, { quote, text }: Source): boolean {
  if (copy === quote && quote.trim() !== '' && text.includes(quote)) return true;
  if (isTooShort(copy)) return false;
  return findQuote(quote, text) !== undefined && findQuote(plainText(copy), plainText(text)) !== undefined;
}

/**
 * The sentences of the pages in the place of what the draft made of them: where the two differ, and always where
 * money is concerned, because a policy is the company's and a paraphrase of it may bind the company too.
 */
function inPublishedWords(sources: Source[]): string {
  const sentences = sources.map(({ quote, text }) => sentenceAround(quote, text) ?? quote);
  const distinct = [...new Set(sentences)];
  return distinct.join(distinct.some((text) => text.startsWith('|')) ? '\n\n' : ' ');
}

function toCite({ quote, text }: Source): Cite {
  return { quote, passage: text };
}

function toCitation({ quote, passage }: Source): Citation {
  return { source: passage?.source ?? '', title: passage?.title ?? '', url: passage?.url, quote };
}
