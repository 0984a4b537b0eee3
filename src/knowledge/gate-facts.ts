import { setImmediate } from 'node:timers/promises';
import type { PlannedPage, ReindexPlan } from './reindex-plan.ts';
import { isTicket } from './ticket-source.ts';
import type { Passage } from './types.ts';

/** What a release would do to the pages, in numbers; made of the plan alone, before anything is built. */
export interface ReleaseFacts {
  /** Pages before (null in a first build) and after. */
  pages: { before: number | null; after: number };
  /** The same without former conversations: those come and go with the customers' traffic, as no editor's doing. */
  documents: { before: number | null; after: number };
  /** Passages before and after, counted from the plan. */
  passages: { before: number | null; after: number };
  removed: string[];
  changed: number;
  /** Pages whose title is another than before. */
  retitled: { source: string; was: string; is: string }[];
  /** Pages that have lost more than half of their headings, and how many pages had any. */
  beheaded: { lost: string[]; had: number };
  /** Characters of all pages that stay, before and after; undefined when too little changes to matter. */
  text: { before: number; after: number } | undefined;
  /** Pages with the text of another page, beyond the first of each. */
  copies: { before: number; after: number; examples: string[] } | undefined;
  /** The same among the changed pages alone, figures and the page's own name left aside. */
  lookalikes: { before: number; after: number; examples: string[] };
  /** The most pages that share title and text. */
  same: { pages: number; examples: string[] } | undefined;
}

/** What a plan touches less of than this cannot trip any check that is about the whole. */
export const WHOLE_FROM = 0.1;

/** Whether so much changes that the gate has to look at every page and not only at those that change. */
export function touchesMuch(plan: ReindexPlan): boolean {
  return plan.added + plan.changed + plan.removals.length >= plan.before.length * WHOLE_FROM;
}

/** `former`: by page what the index holds, of all pages where the plan touches much, else of those it touches. */
export async function measureRelease(
  whole: ReindexPlan,
  formerPages: Map<string, Passage[]>,
): Promise<ReleaseFacts> {
  const isWhole = touchesMuch(whole);
  const plan = withoutTickets(whole);
  const former = new Map([...formerPages].filter(([source]) => !isTicket(source)));
  const fresh = new Map(
    plan.upserts.filter(({ change }) => change !== 'same').map((one) => [one.page.source, one.passages]),
  );
  const changed = plan.upserts.filter(({ change }) => change === 'changed').map(({ page }) => page.source);
  const removed = new Set(plan.removals);
  const staying = [...former].filter(([source]) => !removed.has(source));
  const after = new Map([...staying, ...fresh]);
  await setImmediate();
  const passages = countPassages(whole, formerPages);
  await setImmediate();
  const retitled = findRetitled(changed, former, fresh);
  await setImmediate();
  const facts: ReleaseFacts = {
    pages: countPages(whole),
    documents: countPages(plan),
    passages,
    removed: plan.removals,
    changed: plan.changed,
    retitled,
    beheaded: await findBeheaded(changed, former, fresh),
    text: isWhole
      ? { before: lengthOf(staying), after: lengthOf(staying.map(([source]) => [source, after.get(source)])) }
      : undefined,
    copies: undefined,
    lookalikes: await findLookalikes(changed, former, fresh),
    same: undefined,
  };
  if (!isWhole) return facts;
  const copies = await groupPages(after, (_, passages) => textOf(passages));
  const before = await groupPages(former, (_, passages) => textOf(passages));
  facts.copies = { before: before.surplus, after: copies.surplus, examples: copies.largest };
  const same = await groupPages(after, (_, passages) => `${passages[0]?.title}\n${textOf(passages)}`);
  facts.same = { pages: same.size, examples: same.largest };
  return facts;
}

function withoutTickets(plan: ReindexPlan): ReindexPlan {
  const upserts = plan.upserts.filter(({ page }) => !isTicket(page.source));
  const count = (change: PlannedPage['change']) => upserts.filter((one) => one.change === change).length;
  return {
    ...plan,
    upserts,
    before: plan.before.filter(({ source }) => !isTicket(source)),
    removals: plan.removals.filter((source) => !isTicket(source)),
    added: count('added'),
    changed: count('changed'),
  };
}

function countPages({ base, before, added, removals }: ReindexPlan): ReleaseFacts['pages'] {
  return {
    before: base === undefined ? null : before.length,
    after: before.length + added - removals.length,
  };
}

function countPassages(plan: ReindexPlan, former: Map<string, Passage[]>): ReleaseFacts['passages'] {
  const fresh = new Map(
    plan.upserts.filter(({ change }) => change !== 'same').map((one) => [one.page.source, one.passages]),
  );
  const count = (source: string) => former.get(source)?.length ?? 0;
  const gone = [...fresh.keys(), ...plan.removals].reduce((sum, source) => sum + count(source), 0);
  const come = [...fresh.values()].reduce((sum, passages) => sum + passages.length, 0);
  const same = plan.upserts.filter(({ change }) => change === 'same');
  // Without a base that could be read, what is written anew is all there is.
  const kept =
    plan.base === undefined ? same.reduce((sum, one) => sum + one.passages.length, 0) : plan.base.passages;
  return { before: plan.base?.passages ?? null, after: kept - gone + come };
}

function findRetitled(
  changed: string[],
  former: Map<string, Passage[]>,
  fresh: Map<string, Passage[]>,
): ReleaseFacts['retitled'] {
  return changed.flatMap((source) => {
    const was = former.get(source)?.[0]?.title;
    const is = fresh.get(source)?.[0]?.title ?? '';
    return was === undefined || was === is ? [] : [{ source, was, is }];
  });
}

/** Pages looked at before others may have a turn. */
const PAGES_A_SLICE = 200;

async function findBeheaded(
  changed: string[],
  former: Map<string, Passage[]>,
  fresh: Map<string, Passage[]>,
): Promise<ReleaseFacts['beheaded']> {
  const lost: string[] = [];
  for (const [at, source] of changed.entries()) {
    if (at % PAGES_A_SLICE === 0) await setImmediate();
    const before = headingsOf(former.get(source));
    const after = headingsOf(fresh.get(source));
    const kept = [...before].filter((heading) => after.has(heading)).length;
    if (before.size > 0 && kept < before.size / 2 && after.size < before.size / 2) lost.push(source);
  }
  await setImmediate();
  const had = [...former.values()].filter((passages) => headingsOf(passages).size > 0).length;
  return { lost, had };
}

function headingsOf(passages: Passage[] = []): Set<string> {
  return new Set(passages.flatMap(({ headings }) => headings));
}

async function findLookalikes(
  changed: string[],
  former: Map<string, Passage[]>,
  fresh: Map<string, Passage[]>,
): Promise<ReleaseFacts['lookalikes']> {
  const only = (pages: Map<string, Passage[]>) =>
    new Map(changed.map((source) => [source, pages.get(source) ?? []]));
  const before = await groupPages(only(former), looksOf);
  const after = await groupPages(only(fresh), looksOf);
  return { before: before.surplus, after: after.surplus, examples: after.largest };
}

/** How many pages there are beyond one of each kind, and the largest kind. */
async function groupPages(
  pages: Map<string, Passage[]>,
  keyOf: (source: string, passages: Passage[]) => string,
): Promise<{ surplus: number; size: number; largest: string[] }> {
  const groups = new Map<string, string[]>();
  let seen = 0;
  for (const [source, passages] of pages) {
    const key = keyOf(source, passages);
    const group = groups.get(key);
    // A page without a passage is no copy of another one: nothing of either can be found.
    if (passages.length === 0) continue;
    if (group) group.push(source);
    else groups.set(key, [source]);
    seen += 1;
    if (seen % 50 === 0) await setImmediate();
  }
  const largest = [...groups.values()].reduce<string[]>((a, b) => (b.length > a.length ? b : a), []);
  return { surplus: seen - groups.size, size: largest.length, largest: largest.slice(0, 3) };
}

function textOf(passages: Passage[]): string {
  return passages
    .map(({ text }) => text)
    .join('\n')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** An error page often names the address that was asked and a number of its own. */
function looksOf(source: string, passages: Passage[]): string {
  const own = new Set(source.toLowerCase().match(/\p{L}+/gu));
  const words = textOf(passages).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !/\p{N}/u.test(word) && !own.has(word)).join(' ');
}

function lengthOf(pages: (readonly [string, Passage[] | undefined])[]): number {
  return pages.reduce(
    (sum, [, passages = []]) => sum + passages.reduce((length, { text }) => length + text.length, 0),
    0,
  );
}
