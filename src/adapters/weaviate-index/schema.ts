import { createHash } from 'node:crypto';
import { generateUuid5, type WeaviateClass } from 'weaviate-ts-client';
import { BM25 } from '../../knowledge/bm25.ts';
import { TERMS_FORMAT } from '../../knowledge/terms.ts';

/** Raise it with every change of the classes; a version of another format counts as none. */
const SCHEMA_FORMAT = 1;
export const INDEX_FORMAT = SCHEMA_FORMAT * 1_000 + TERMS_FORMAT;

/** Everybody's passages and pages, those of single customers, and the list of all pages. */
export type Kind = 'passages' | 'pages' | 'ownPassages' | 'ownPages' | 'records';
export type Classes = Record<Kind, string>;

const LETTERS: Record<Kind, string> = {
  passages: 'p',
  pages: 'd',
  ownPassages: 'tp',
  ownPages: 'td',
  records: 'r',
};

/** Names stand unescaped in queries and in file names of the server. */
export const INDEX_NAME = /^[A-Z][A-Za-z0-9]{0,39}$/;
const VERSION = '[0-9A-Z]{26}';

export function classesOf(name: string, version: string): Classes {
  const of = (kind: Kind) => `${name}_${LETTERS[kind]}_${version}`;
  return {
    passages: of('passages'),
    pages: of('pages'),
    ownPassages: of('ownPassages'),
    ownPages: of('ownPages'),
    records: of('records'),
  };
}

/** The version a class belongs to, or undefined when it is not one of this index. */
export function versionOf(name: string, className: string): string | undefined {
  return className.match(new RegExp(`^${name}_(?:${Object.values(LETTERS).join('|')})_(${VERSION})$`))?.[1];
}

/** Id of an object, the same in every version. The separator keeps ('ab', 'c') and ('a', 'bc') apart. */
export function objectId(kind: 'passage' | 'page' | 'record' | 'terms' | 'meta', ...parts: string[]): string {
  return generateUuid5(['countersign', kind, ...parts].join(' | '));
}

/**
 * Name of a customer's partition. Ids of Slack stand as they are; anything else, and whatever looks like the form
 * made here, becomes a hash, so that two customers never share one.
 */
export function tenantName(tenant: string): string {
  if (/^[A-Za-z0-9_-]{4,64}$/.test(tenant) && !tenant.startsWith('hash-')) return tenant;
  return `hash-${createHash('sha256').update(tenant).digest('hex').slice(0, 48)}`;
}

type Property = NonNullable<WeaviateClass['properties']>[number];

const kept = (name: string, isFiltered = false): Property => ({
  name,
  dataType: ['text'],
  tokenization: 'field',
  indexFilterable: isFiltered,
  indexSearchable: false,
});

/**
 * All terms of a text as terms.ts makes them, one space apart, a title's as often as it counts: what the server
 * searches is the one text that bm25.ts scores, with the same stems and the same count of texts a term stands in.
 */
const SEARCHED: Property = {
  name: 'terms',
  dataType: ['text'],
  tokenization: 'whitespace',
  indexFilterable: true,
  indexSearchable: true,
};

const int = (name: string): Property => ({ name, dataType: ['int'], indexFilterable: false });

const PASSAGE: Property[] = [
  ...[SEARCHED, kept('counts'), kept('source', true), kept('tenant')],
  ...[kept('passageId'), kept('url'), kept('updated')],
  ...[kept('shownTitle'), kept('shownHeadings'), kept('shownText')],
  int('place'),
];

const PAGE: Property[] = [SEARCHED, kept('counts'), kept('source'), kept('tenant'), kept('vectors')];

const RECORD: Property[] = [
  ...[kept('kind'), kept('source'), kept('hash'), kept('stamp'), kept('tenant'), kept('meta'), kept('terms')],
  int('passages'),
];

/** One shard, because BM25 is counted shard by shard; the terms are stemmed and free of stop words already. */
export function classOf(classes: Classes, kind: Kind, hasVectors: boolean): WeaviateClass {
  const isOwn = kind === 'ownPassages' || kind === 'ownPages';
  const isPassage = kind === 'passages' || kind === 'ownPassages';
  const properties = isPassage ? PASSAGE : kind === 'records' ? RECORD : PAGE;
  return {
    class: classes[kind],
    description: 'Part of a version of the Countersign knowledge index; made and removed by it',
    vectorizer: 'none',
    vectorIndexType: 'hnsw',
    vectorIndexConfig: { distance: 'cosine', skip: !(hasVectors && isPassage) },
    invertedIndexConfig: {
      bm25: BM25,
      stopwords: { preset: 'none' },
    },
    ...(isOwn ? { multiTenancyConfig: { enabled: true } } : { shardingConfig: { desiredCount: 1 } }),
    properties,
  };
}
