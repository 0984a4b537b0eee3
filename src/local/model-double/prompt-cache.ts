import { createHash } from 'node:crypto';
import type { Block, MessagesRequest, WireUsage } from './wire.ts';

const TTL_MS: Record<string, number> = { '5m': 5 * 60_000, '1h': 60 * 60_000 };
const CHARS_PER_TOKEN = 4;

export type ReadPromptCache = (request: MessagesRequest) => Pick<WireUsage, 'input_tokens'> & {
  cache_creation_input_tokens: number;
  cache_read_input_tokens: number;
  cache_creation: { ephemeral_5m_input_tokens: number; ephemeral_1h_input_tokens: number };
};

/**
 * The prompt cache for the prefix that ends with the last marked block of the system part. Too short a prefix is
 * not cached and nothing says so, as with the vendor.
 */
export function createPromptCache(now: () => number): ReadPromptCache {
  const expires = new Map<string, number>();
  return (request) => {
    const { prefix, ttl } = findPrefix(request);
    const total = countTokens(JSON.stringify([request.tools ?? [], request.system ?? '', request.messages]));
    const cached = countTokens(prefix);
    if (ttl === undefined || cached < leastTokens(request.model)) return figures(total, 0, 0, '5m');
    const key = createHash('sha256').update(`${request.model}\n${prefix}`).digest('hex');
    const isHit = (expires.get(key) ?? 0) > now();
    expires.set(key, now() + (TTL_MS[ttl] ?? 0));
    const rest = Math.max(0, total - cached);
    return isHit ? figures(rest, 0, cached, ttl) : figures(rest, cached, 0, ttl);
  };
}

export function countTokens(text: string): number {
  return Math.ceil(text.length / CHARS_PER_TOKEN);
}

function leastTokens(model: string): number {
  return model.includes('haiku-4') ? 4096 : 512;
}

function findPrefix(request: MessagesRequest): { prefix: string; ttl: string | undefined } {
  const system = Array.isArray(request.system) ? request.system : [];
  const last = system.findLastIndex((block) => 'cache_control' in block);
  const mark = system[last]?.cache_control as { ttl?: string } | undefined;
  const blocks: Block[] = system.slice(0, last + 1);
  return {
    prefix: JSON.stringify([request.tools ?? [], blocks.map(({ type, text }) => ({ type, text }))]),
    ttl: mark && (mark.ttl ?? '5m'),
  };
}

function figures(rest: number, written: number, read: number, ttl: string): ReturnType<ReadPromptCache> {
  return {
    input_tokens: rest,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: read,
    cache_creation: {
      ephemeral_5m_input_tokens: ttl === '1h' ? 0 : written,
      ephemeral_1h_input_tokens: ttl === '1h' ? written : 0,
    },
  };
}
