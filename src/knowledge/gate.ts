import type { ReleaseFacts } from './gate-facts.ts';

/** Something that no editor can have meant, or that is broken. A fault is never released, not even when forced. */
export interface Finding {
  says: string;
  isFault: boolean;
}

/** How many pages or questions were asked, found, and found before but not any more. */
export interface Recall {
  asked: number;
  found: number;
  /** What was asked and for which page, of those that are lost. */
  lost: { question: string; source: string }[];
}

export interface ProbeFacts {
  /** Pages that stay, asked by their own title, before and after. */
  kept: Recall;
  /** Pages that are new, asked by their own title: there is no before. */
  fresh: Recall;
  /** The team's own questions; undefined without a probe file. */
  questions: Recall | undefined;
  /** Passages asked by their own vector; undefined in an index of words alone, and where few pages change. */
  vectors: { asked: number; found: number } | undefined;
}

/**
 * More than this share of the pages gone, renamed or emptied at once is rather a folder not mounted or a site that
 * asks for a login than an editor's will.
 */
const MAX_SHARE = 0.3;
/** Fewer pages than these are an editor's work, whatever share of a small handbook they are. */
const MIN_PAGES = { gone: 2, renamed: 3, beheaded: 3, copied: 5, alike: 5 };
/** Versions of one handbook share pages; this many more at once is one folder listed twice. */
const MAX_COPIES_RISE = 0.2;
/** Of the changed pages that now say the same; of all pages in a first build. */
const MAX_ALIKE = 0.5;
/** Recall may drop by this, in shares of what was asked. */
const MAX_RECALL_DROP = 0.05;
/** A new page is not always first for its own title: many pages of a handbook are called "Overview". */
const MIN_FRESH_RECALL = 0.5;
const MIN_FRESH_ASKED = 10;
/** Searching vectors is inexact in large indexes; less than this is a mix-up. */
const MIN_VECTOR_RECALL = 0.8;

/** What is wrong with a release by its plan alone. */
export function judgePlan(facts: ReleaseFacts): Finding[] {
  const checks = [findGone, findRetitled, findBeheaded, findShrunk, findCopies, findLookalikes, findSame];
  return checks.flatMap((check) => {
    const says = check(facts);
    return says === undefined ? [] : [{ says, isFault: false }];
  });
}

/** What is wrong with a version that was built aside. */
export function judgeBuild(
  planned: { pages: number; passages: number },
  built: { pages: number; passages: number },
): Finding[] {
  if (built.pages === planned.pages && built.passages === planned.passages) return [];
  const says = `the index was given ${planned.pages} pages (${planned.passages} passages) and holds ${built.pages} (${built.passages})`;
  return [{ says, isFault: true }];
}

/** What is wrong with a version by what is found in it. */
export function judgeProbes({ kept, fresh, questions, vectors }: ProbeFacts): Finding[] {
  const findings: Finding[] = [];
  const refuse = (says: string, isFault = false) => findings.push({ says, isFault });
  // One page that gives way to another on the same subject is no damage.
  if (kept.lost.length > Math.max(1, kept.asked * MAX_RECALL_DROP))
    refuse(
      `${kept.lost.length} of ${kept.asked} pages are no longer found by their own title (${examples(kept)})`,
    );
  if (fresh.asked >= MIN_FRESH_ASKED && fresh.found < fresh.asked * MIN_FRESH_RECALL)
    refuse(`only ${fresh.found} of ${fresh.asked} new pages are found by their own title`);
  if (questions && questions.lost.length > questions.asked * MAX_RECALL_DROP)
    refuse(
      `${questions.lost.length} of ${questions.asked} probe questions no longer find their page (${examples(questions)})`,
    );
  if (vectors && vectors.found < vectors.asked * MIN_VECTOR_RECALL)
    refuse(`only ${vectors.found} of ${vectors.asked} passages are found by their own vector`, true);
  return findings;
}

function findGone({ documents: pages, removed }: ReleaseFacts): string | undefined {
  if (removed.length < MIN_PAGES.gone || removed.length <= (pages.before ?? 0) * MAX_SHARE) return;
  return `${removed.length} of ${pages.before} indexed pages are gone from the sources (${named(removed)})`;
}

function findRetitled({ documents: pages, retitled }: ReleaseFacts): string | undefined {
  if (retitled.length < MIN_PAGES.renamed || retitled.length <= (pages.before ?? 0) * MAX_SHARE) return;
  const [first] = retitled;
  return `${retitled.length} of ${pages.before} pages have another title (${first?.source} was "${first?.was}" and is "${first?.is}")`;
}

function findBeheaded({ beheaded: { lost, had } }: ReleaseFacts): string | undefined {
  if (lost.length < MIN_PAGES.beheaded || lost.length <= had * MAX_SHARE) return;
  return `${lost.length} of ${had} pages with headings have lost most of them (${named(lost)})`;
}

function findShrunk({ text }: ReleaseFacts): string | undefined {
  if (text === undefined || text.after >= text.before * (1 - MAX_SHARE)) return;
  const share = Math.round((1 - text.after / text.before) * 100);
  return `the pages that stay have lost ${share} % of their text`;
}

function findCopies({ documents: pages, copies }: ReleaseFacts): string | undefined {
  // A first build has nothing to compare with, and some handbooks do hold everything twice.
  if (copies === undefined || !pages.before) return;
  const rise = copies.after / pages.after - copies.before / pages.before;
  if (copies.after - copies.before < MIN_PAGES.copied || rise <= MAX_COPIES_RISE) return;
  return `${copies.after} of ${pages.after} pages repeat the text of another page, ${copies.before} did before (${named(copies.examples)})`;
}

function findLookalikes({ changed, lookalikes }: ReleaseFacts): string | undefined {
  const more = lookalikes.after - lookalikes.before;
  if (more < MIN_PAGES.alike - 1 || more <= changed * MAX_ALIKE) return;
  return `${lookalikes.after + 1} of ${changed} changed pages now say the same (${named(lookalikes.examples)})`;
}

function findSame({ documents: pages, same }: ReleaseFacts): string | undefined {
  if (same === undefined || pages.before) return;
  if (same.pages < MIN_PAGES.alike || same.pages <= pages.after * MAX_ALIKE) return;
  return `${same.pages} of ${pages.after} pages have one and the same title and text (${named(same.examples)})`;
}

function named(sources: string[]): string {
  return `${sources.slice(0, 3).join(', ')}${sources.length > 3 ? ', …' : ''}`;
}

function examples({ lost }: Recall): string {
  return lost
    .slice(0, 3)
    .map(({ question, source }) => `"${question}" for ${source}`)
    .join(', ');
}
