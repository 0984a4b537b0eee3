import type { WeaviateObject } from 'weaviate-ts-client';
import { InvariantError } from '../../errors.ts';
import { type FieldTerms, readPageTerms, readPassageTerms } from '../../knowledge/terms.ts';
import type { Passage } from '../../knowledge/types.ts';
import type { IndexChange, IndexedPage } from '../../ports.ts';
import { writeCounts, writeSearched } from './counts.ts';
import { type Classes, objectId, tenantName } from './schema.ts';
import { writeVectors } from './vectors.ts';

/** Kept with every page, to list pages and count passages without reading them. */
export interface PageRecord extends IndexedPage {
  tenant: string | undefined;
  passages: number;
}

/** A page and its passages as they are sent. */
export function objectsOf(classes: Classes, change: IndexChange, dimensions: number | undefined) {
  const { page, passages } = change;
  const tenant = tenantOf(change);
  const record: PageRecord = { ...page, tenant, passages: passages.length };
  const objects = [recordObject(classes, record)];
  if (passages.length === 0) return { record, objects };
  const vectors = passages.map((_, place) => vectorOf(change, place, dimensions));
  objects.push(pageObject(classes, change, { tenant, vectors }));
  for (const [place, passage] of passages.entries()) {
    objects.push(passageObject(classes, passage, { place, tenant, vector: vectors[place] }));
  }
  return { record, objects };
}

/** All passages of a page concern one customer or everybody; in doubt nothing is stored. */
function tenantOf({ page, passages }: IndexChange): string | undefined {
  const tenants = new Set(passages.map(({ tenant }) => tenant));
  if (tenants.size > 1) throw new InvariantError(`the passages of ${page.source} are of different tenants`);
  return passages[0]?.tenant;
}

/**
 * The server stores the objects of a batch in any order, and the first vector it stores fixes the length for all: one
 * of another length can make it refuse the good ones, and fail every later search. So it must never get there.
 */
function vectorOf(
  { page, passages, vectors }: IndexChange,
  at: number,
  dimensions: number | undefined,
): number[] | undefined {
  if (dimensions === undefined && !vectors) return undefined;
  const vector = vectors?.[at];
  const length = vectors?.length === passages.length ? (vector?.length ?? 0) : 0;
  if (!vector || length !== dimensions) {
    throw new InvariantError(
      `passage ${at} of ${page.source} has a vector of length ${length}, not ${dimensions ?? 'none'}`,
    );
  }
  if (!vector.every(Number.isFinite) || vector.every((value) => value === 0)) {
    throw new InvariantError(`the vector of passage ${at} of ${page.source} is no direction`);
  }
  return Array.from(vector);
}

function passageObject(
  classes: Classes,
  passage: Passage,
  more: { place: number; tenant: string | undefined; vector: number[] | undefined },
): WeaviateObject {
  const terms = readPassageTerms(passage);
  const { id, source, url, updated, title, headings, text } = passage;
  const properties = {
    ...searched(terms),
    ...{ passageId: id, source, shownTitle: title, shownHeadings: JSON.stringify(headings), shownText: text },
    ...present({ url, updated, tenant: more.tenant }),
    place: more.place,
  };
  return {
    class: more.tenant === undefined ? classes.passages : classes.ownPassages,
    id: objectId('passage', source, id),
    properties,
    ...(more.vector ? { vector: more.vector } : {}),
    ...partition(more.tenant),
  };
}

function pageObject(
  classes: Classes,
  { page, passages }: IndexChange,
  { tenant, vectors }: { tenant: string | undefined; vectors: (number[] | undefined)[] },
): WeaviateObject {
  const { source } = page;
  return {
    class: tenant === undefined ? classes.pages : classes.ownPages,
    id: objectId('page', source),
    properties: {
      ...searched(readPageTerms(passages)),
      source,
      ...present({ tenant, vectors: writeVectors(vectors) }),
    },
    ...partition(tenant),
  };
}

function recordObject(classes: Classes, record: PageRecord): WeaviateObject {
  const { source, hash, stamp, tenant, passages } = record;
  const properties = { kind: 'page', source, hash, stamp, passages, ...present({ tenant }) };
  return { class: classes.records, id: objectId('record', source), properties };
}

export function readRecord(properties: Record<string, unknown>): PageRecord {
  const { source, hash, stamp, tenant, passages } = properties;
  return {
    ...{ source: String(source), hash: String(hash), stamp: String(stamp) },
    tenant: optional(tenant),
    passages: Number(passages),
  };
}

/** What a query has to ask for to give a passage back. */
export const PASSAGE_FIELDS = 'passageId source url updated tenant shownTitle shownHeadings shownText place';

export function readPassage(properties: Record<string, unknown>): Passage {
  const { passageId, source, url, updated, tenant, shownTitle, shownHeadings, shownText } = properties;
  return {
    id: String(passageId),
    source: String(source),
    title: String(shownTitle),
    url: optional(url),
    updated: optional(updated),
    tenant: optional(tenant),
    headings: JSON.parse(String(shownHeadings)) as string[],
    text: String(shownText),
  };
}

function searched(terms: FieldTerms): { terms: string; counts: string } {
  return { terms: writeSearched(terms), counts: writeCounts(terms) };
}

function partition(tenant: string | undefined): { tenant?: string } {
  return tenant === undefined ? {} : { tenant: tenantName(tenant) };
}

/** The server keeps no difference between null and absent. */
function present(fields: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function optional(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
