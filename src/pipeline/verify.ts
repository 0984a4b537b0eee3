import type { Draft, LabelledPassage, Segment, Verdict } from './types.ts';

export type Verify = (draft: Draft, passages: LabelledPassage[]) => Verdict;

/**
 * Keeps the segments whose every quote stands in the passage it names, and drops the rest. What is shown as
 * source comes from the passage, never from the draft.
 */
export function verify(draft: Draft, passages: LabelledPassage[]): Verdict {
  const byLabel = new Map(passages.map((passage) => [passage.label, passage]));
  const verdict: Verdict = { segments: [], dropped: [] };
  for (const segment of draft.segments) {
    const reason = findFault(segment, byLabel);
    if (reason === undefined) verdict.segments.push(withSources(segment, byLabel));
    else verdict.dropped.push({ text: segment.text, reason });
  }
  return verdict;
}

type DraftSegment = Draft['segments'][number];
type Labels = ReadonlyMap<string, LabelledPassage>;

function findFault(segment: DraftSegment, byLabel: Labels): string | undefined {
  if (segment.cites.length === 0) return 'no source';
  for (const cite of segment.cites) {
    const passage = byLabel.get(cite.label);
    if (passage === undefined) return `${cite.label} was not among the passages`;
    if (cite.quote.trim() === '' || !fold(passage.text).includes(fold(cite.quote))) {
      return `the quote does not stand in ${cite.label}`;
    }
  }
  return undefined;
}

function withSources(segment: DraftSegment, byLabel: Labels): Segment {
  const cites = segment.cites.flatMap(({ label, quote }) => {
    const passage = byLabel.get(label);
    return passage ? [{ source: passage.source, title: passage.title, url: passage.url, quote }] : [];
  });
  return { text: segment.text, cites };
}

/** Line breaks and Unicode forms may differ between a page and a quote of it; words may not. */
function fold(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim();
}
