import { readQueryTerms } from '../../src/knowledge/terms.ts';
import type { IndexChange, IndexQuery } from '../../src/ports.ts';
import { change, ticket } from '../contract/knowledge-index.ts';
import type { WordEmbedder } from './word-embedder.ts';

/** Words that pages for everybody and tickets of every customer share, so that only the wall keeps them apart. */
const TOPICS = ['refund', 'invoice', 'webhook', 'password', 'export', 'domain', 'backup', 'alert'];
const TROUBLES = ['fails', 'is late', 'is missing', 'came twice', 'shows an error', 'cannot be opened'];

/** What one customer's tickets hold and nobody else may ever see. */
export interface Canary {
  tenant: string;
  token: string;
  tickets: IndexChange[];
}

/** Names that look alike, and such as a server could take for something else. */
const ODD_TENANTS = ['c0acme00', 'C0ACME0', 'C0ACME000', 'ab', 'hash-', 'C0 "ACME"', '__proto__', 'null'];

export function makeCanaries(count: number): Canary[] {
  const plain = Array.from({ length: count - ODD_TENANTS.length }, (_, at) => {
    return `C0ACME${String(at).padStart(2, '0')}`;
  });
  return [...plain, ...ODD_TENANTS].map((tenant, at) => {
    const token = `canary${(at + 17) * 7919}x`;
    const topic = TOPICS[at % TOPICS.length] ?? '';
    const trouble = TROUBLES[at % TROUBLES.length] ?? '';
    const body = `Your ${topic} ${trouble}. We credited it under ${token}.\n`;
    const more = `The key of the account is ${token}, and the ${topic} works again.\n`;
    const tickets = [
      ticket(`ticket/${at}/first`, tenant, body),
      ticket(`ticket/${at}/second`, tenant, `## ${topic} once more\n\n${more}`),
    ];
    return { tenant, token, tickets };
  });
}

export function sharedPages(): IndexChange[] {
  return TOPICS.flatMap((topic) =>
    TROUBLES.map((trouble) => {
      const body = `When your ${topic} ${trouble}, open the settings of the account.\n`;
      return change(`help/${topic}-${trouble.replaceAll(' ', '-')}.md`, `The ${topic} ${trouble}`, body);
    }),
  );
}

export async function withVectors(changes: IndexChange[], embedder: WordEmbedder): Promise<IndexChange[]> {
  return Promise.all(
    changes.map(async (one) => {
      const texts = one.passages.map(({ text }) => text);
      return { ...one, vectors: await embedder.embed(texts, 'passage') };
    }),
  );
}

/** A question with whoever asks it; `aimed`: made to bring up what another customer owns. */
export interface WallQuestion {
  kind: string;
  text: string;
  tenant: string | undefined;
  query: IndexQuery;
}

/** Questions of all kinds in turn, from a source of numbers between 0 and 1. */
export function createQuestions(parts: {
  canaries: Canary[];
  embedder: WordEmbedder;
  random: () => number;
}): () => Promise<WallQuestion> {
  const { canaries, embedder, random } = parts;
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const askers = [...canaries.map(({ tenant }) => tenant), undefined, undefined, 'C0NOBODY', 'C0ACME'];
  const words = () => {
    const count = 1 + Math.floor(random() * 4);
    return Array.from({ length: count }, () => `${pick(TOPICS)} ${pick(TROUBLES)}`).join(' ');
  };
  const noise = () => Array.from({ length: 6 }, () => random().toString(36).slice(2, 8)).join(' ');
  const foreign = () => {
    const { token, tickets } = pick(canaries);
    const { text, source } = pick(pick(tickets).passages);
    return pick([token, text, `${text} ${token} ${token}`, `${source} ${token}`, text.toUpperCase()]);
  };
  const vectorOf = async (text: string) => (await embedder.embed([text], 'query'))[0] as Float32Array;
  const direction = () => {
    const vector = Float32Array.from({ length: 32 }, () => random() - 0.5);
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  };
  const kinds: [string, () => string, (text: string) => Promise<Pick<IndexQuery, 'terms' | 'vector'>>][] = [
    ['words', words, async (text) => ({ terms: termsOf(text) })],
    ['vector', words, async (text) => ({ terms: [], vector: await vectorOf(text) })],
    ['mixed', words, async (text) => ({ terms: termsOf(text), vector: await vectorOf(text) })],
    ['random', noise, async (text) => ({ terms: termsOf(text), vector: direction() })],
    ['aimed by words', foreign, async (text) => ({ terms: termsOf(text) })],
    ['aimed by vector', foreign, async (text) => ({ terms: [], vector: await vectorOf(text) })],
    ['aimed by both', foreign, async (text) => ({ terms: termsOf(text), vector: await vectorOf(text) })],
  ];
  let asked = 0;
  return async () => {
    const [kind, write, read] = kinds[asked++ % kinds.length] as (typeof kinds)[number];
    const [text, tenant, limit] = [write(), pick(askers), pick([1, 5, 10, 60])];
    return { kind, text, tenant, query: { ...(await read(text)), tenant, limit } };
  };
}

function termsOf(text: string): IndexQuery['terms'] {
  return readQueryTerms([{ text, weight: 1 }]);
}
