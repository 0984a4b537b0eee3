import { refuse } from '../refused.ts';
import type { Json } from '../types.ts';

export type Arguments = ReturnType<typeof createArguments>;

/** Reads the arguments of a call, which arrive as form fields (nested values as JSON text) or as one JSON object. */
export function createArguments(raw: Json) {
  const held = (name: string): unknown => (raw[name] === '' ? undefined : (raw[name] ?? undefined));
  return {
    raw,
    has: (name: string) => raw[name] !== undefined && raw[name] !== null,
    text(name: string): string | undefined {
      const value = held(name);
      return value === undefined ? undefined : String(value);
    },
    requireText(name: string, error = 'invalid_arguments'): string {
      const messages = [`[ERROR] missing required field: ${name}`];
      return (
        this.text(name) ??
        refuse(error, error === 'invalid_arguments' ? { response_metadata: { messages } } : {})
      );
    },
    flag(name: string): boolean | undefined {
      const value = held(name);
      return value === undefined
        ? undefined
        : value === true || value === 'true' || value === 1 || value === '1';
    },
    count: (name: string) => (held(name) === undefined ? undefined : Number(held(name))),
    /** A nested value, given as JSON text in a form or as it is in a JSON body. */
    json(name: string, error: string): unknown {
      const value = held(name);
      if (typeof value !== 'string') return value;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        return refuse(error);
      }
    },
  };
}

const MOST_ITEMS = 1000;

/** One page of a list; the cursor is opaque to the caller, as in Slack. */
export function paginate<T>(items: T[], args: Arguments, usual: number): { page: T[]; next: string } {
  const cursor = args.text('cursor');
  const start = cursor ? Number(Buffer.from(cursor, 'base64').toString().replace('from:', '')) : 0;
  if (!Number.isInteger(start)) refuse('invalid_cursor');
  const limit = args.count('limit') ?? usual;
  if (!Number.isInteger(limit) || limit < 0 || limit > MOST_ITEMS) refuse('invalid_limit');
  const end = start + (limit || usual);
  const next = end < items.length ? Buffer.from(`from:${end}`).toString('base64') : '';
  return { page: items.slice(start, end), next };
}
