import { setImmediate } from 'node:timers/promises';
import type { Embedder, IndexChange, KnowledgeIndex } from '../ports.ts';
import type { Searchable } from './find-candidates.ts';
import type { ProbeFacts, Recall } from './gate.ts';
import { WHOLE_FROM } from './gate-facts.ts';
import type { GoldenQuestion } from './probe-file.ts';
import { readPassagesOf } from './read-passages-of.ts';
import type { ReindexPlan } from './reindex-plan.ts';
import { createSearch, type Search } from './search.ts';
import { readQueryTerms } from './terms.ts';
import { isTicket } from './ticket-source.ts';
import type { Passage } from './types.ts';

/** A search takes about 3 ms in 10,000 passages, so this is a second and a half. */
const MAX_PROBES = 500;
/** A small change costs little, so trying it must cost little too: so many of its pages, so many beside it. */
const FEW = { written: 6, beside: 4 };
const VECTOR_PROBES = 10;
/** A page counts as found among the first five, which is what an answer is made of. */
const FIRST = 5;
/** Two passages a page come back at most. */
const PASSAGES = FIRST * 2;

interface Probe {
  question: string;
  /** Pages of which one has to be found. */
  gold: string[];
  tenant: string | undefined;
  /** What the same page was asked by before; undefined = it was not there. */
  former: string | undefined;
}

/**
 * Asks a version that is not serving yet. What it does not find is asked of the serving one as well: only what was
 * found before can be lost.
 */
export async function probeBuild(parts: {
  index: KnowledgeIndex;
  build: Searchable;
  embedder: Embedder | undefined;
  plan: ReindexPlan;
  former: Map<string, Passage[]>;
  changes: IndexChange[];
  questions: GoldenQuestion[] | undefined;
  /** A forced run repairs what serves, so what serves is not asked: it may be damaged. */
  force: boolean;
  onProgress: (done: number, total: number) => void;
}): Promise<ProbeFacts> {
  const { index, build, embedder, plan, questions, onProgress } = parts;
  const hasBase = plan.base !== undefined && !parts.force;
  const { kept, fresh } = await titleProbes(parts);
  const golden = (questions ?? []).map(
    ({ question, gold }): Probe => ({ question, gold, tenant: undefined, former: question }),
  );
  const total = kept.length + fresh.length + golden.length;
  let done = 0;
  const step = () => onProgress(done++, total);
  // Titles are asked by their words alone: that needs no embedder, and finds out whether the page is there.
  const byWords = { before: hasBase ? searchOf(index) : undefined, after: searchOf(build) };
  const byAll = {
    before: hasBase ? searchOf(index, embedder) : undefined,
    after: searchOf(build, embedder),
  };
  const facts: ProbeFacts = {
    kept: await recallOf(kept, byWords, step),
    fresh: await recallOf(fresh, byWords, step),
    questions: questions && (await recallOf(golden, byAll, step)),
    // Loading all vectors takes longer than writing a few; each of those was looked at when it was made.
    vectors: isSmallChange(plan) ? undefined : await probeVectors(build, parts.changes),
  };
  onProgress(total, total);
  return facts;
}

function searchOf(index: Searchable, embedder?: Embedder | undefined): Search {
  // Whether the best one is good enough to answer with is not asked here.
  return createSearch({ index, embedder, threshold: 0 });
}

async function recallOf(
  probes: Probe[],
  search: { before: Search | undefined; after: Search },
  step: () => void,
): Promise<Recall> {
  const recall: Recall = { asked: probes.length, found: 0, lost: [] };
  for (const probe of probes) {
    step();
    if (await isFound(search.after, probe, probe.question)) recall.found += 1;
    else if (search.before && probe.former !== undefined) {
      const wasFound = await isFound(search.before, probe, probe.former);
      if (wasFound) recall.lost.push({ question: probe.question, source: probe.gold[0] ?? '' });
    }
    await setImmediate();
  }
  return recall;
}

/** A page of the same title will do: who asks by the title alone cannot mean the one and not the other. */
async function isFound(search: Search, probe: Probe, question: string): Promise<boolean> {
  const { passages } = await search([{ text: question, weight: 1 }], {
    limit: PASSAGES,
    tenant: probe.tenant,
  });
  const first = [...new Map(passages.map((passage) => [passage.source, passage])).values()].slice(0, FIRST);
  return first.some(({ source, title }) => probe.gold.includes(source) || title === question);
}

/** A few pages of many. */
function isSmallChange({ upserts, before }: ReindexPlan): boolean {
  return upserts.length < before.length * WHOLE_FROM && before.length > MAX_PROBES;
}

/** Changed and new pages first, and of the rest as many as the size of the change asks for; always the same ones. */
async function titleProbes(parts: {
  index: KnowledgeIndex;
  plan: ReindexPlan;
  former: Map<string, Passage[]>;
}): Promise<{ kept: Probe[]; fresh: Probe[] }> {
  const { index, plan, former } = parts;
  const isSmall = isSmallChange(plan);
  const isNew = new Set(
    plan.upserts.filter(({ change }) => change === 'added').map(({ page }) => page.source),
  );
  const written = sample(
    plan.upserts.filter(({ page, change }) => change !== 'same' && !isTicket(page.source)),
    ({ page }) => page.source,
    isSmall ? FEW.written : MAX_PROBES,
  ).flatMap(({ page, passages }) => toProbe(passages[0], former.get(page.source)?.[0]?.title));
  const beside = isSmall ? FEW.beside : MAX_PROBES - written.length;
  const touched = new Set([
    ...plan.removals,
    ...plan.upserts.filter(({ change }) => change !== 'same').map(({ page }) => page.source),
  ]);
  const others = plan.before
    .map(({ source }) => source)
    .filter((source) => !touched.has(source) && !isTicket(source));
  const chosen = sample(others, (source) => source, beside);
  const known = new Map([
    ...former,
    ...plan.upserts.map(({ page, passages }) => [page.source, passages] as const),
  ]);
  const unknown = chosen.filter((source) => !known.has(source));
  const read = await readPassagesOf(index, unknown);
  const unchanged = chosen.flatMap((source) => {
    const passage = (known.get(source) ?? read.get(source))?.[0];
    return toProbe(passage, passage?.title);
  });
  const fresh = written.filter(({ gold }) => gold.some((source) => isNew.has(source)));
  return { kept: [...written.filter((probe) => !fresh.includes(probe)), ...unchanged], fresh };
}

/** Some titles hold nothing to search for, such as "How to". */
function toProbe(passage: Passage | undefined, former: string | undefined): Probe[] {
  if (passage === undefined || readQueryTerms([{ text: passage.title, weight: 1 }]).length === 0) return [];
  return [{ question: passage.title, gold: [passage.source], tenant: passage.tenant, former }];
}

/** The same whenever it is drawn, and spread over the folders: in the order of a hash of the source. */
function sample<T>(all: T[], sourceOf: (one: T) => string, count: number): T[] {
  if (all.length <= count) return all;
  const keyed = all.map((one) => ({ one, key: hashOf(sourceOf(one)) }));
  keyed.sort((a, b) => a.key - b.key);
  return keyed.slice(0, Math.max(0, count)).map(({ one }) => one);
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Whether a passage is found by the vector it was given: texts and vectors may have been mixed up on the way. */
async function probeVectors(build: Searchable, changes: IndexChange[]): Promise<ProbeFacts['vectors']> {
  const pages = sample(changes, ({ page }) => page.source, VECTOR_PROBES);
  const asked = pages.flatMap(({ passages: [passage], vectors }) => {
    const vector = vectors?.[0];
    return passage && vector ? [{ passage, vector }] : [];
  });
  if (asked.length === 0) return undefined;
  let found = 0;
  for (const { passage, vector } of asked) {
    const nearest = await build.candidates({ terms: [], vector, tenant: passage.tenant, limit: FIRST });
    // Passages of the same words have the same vector.
    const isThere = nearest.some(({ passage: { id, text } }) => id === passage.id || text === passage.text);
    if (isThere) found += 1;
    await setImmediate();
  }
  return { asked: asked.length, found };
}
