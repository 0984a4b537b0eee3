import type { DraftSegment, LabelledPassage } from '../pipeline/types.ts';
import type { LanguageModel } from '../ports.ts';

/** A second page is worth showing only when it answers nearly as well as the first. */
const SECOND_PAGE_SHARE = 0.9;
/** Longer passages are cut at a paragraph: a chat message is read, not studied. */
const MAX_SEGMENT_CHARS = 1_500;

/**
 * The model of last resort, and the floor every other model has to beat: it says nothing of its own, only what
 * the passages say, word for word.
 */
export function createExtractive(): LanguageModel {
  return {
    name: 'extractive',
    async draft({ passages }) {
      const segments = choose(passages).map(toSegment);
      return { model: 'extractive', segments, usage: null, costUsd: 0 };
    },
  };
}

function choose(passages: LabelledPassage[]): LabelledPassage[] {
  const [first, ...rest] = passages;
  if (first === undefined) return [];
  const second = rest.find(
    (passage) =>
      passage.source !== first.source &&
      passage.score >= first.score * SECOND_PAGE_SHARE &&
      passage.relevance >= first.relevance * SECOND_PAGE_SHARE,
  );
  return second ? [first, second] : [first];
}

function toSegment(passage: LabelledPassage): DraftSegment {
  const quote = cutAtParagraph(passage.text, MAX_SEGMENT_CHARS);
  return { text: quote, cites: [{ label: passage.label, quote }] };
}

/** A leading part of the text that ends with a whole paragraph, or with a whole line when the first is too long. */
function cutAtParagraph(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text.trim();
  const head = text.slice(0, maxChars);
  const end = Math.max(head.lastIndexOf('\n\n'), 0) || Math.max(head.lastIndexOf('\n'), 0) || maxChars;
  return head.slice(0, end).trim();
}
