import { ConfigError, CountersignError, VendorRefused, VendorUnreachable } from '../../errors.ts';

export const VENDOR = 'Weaviate';

/** What the operator has to know; the dates are those of the maker's notice of October 2026. */
const GRAPHQL_OFF =
  'WEAVIATE_URL: this server has GraphQL switched off, and weaviate-ts-client can search through nothing else. ' +
  'On a server of your own unset DISABLE_GRAPHQL (from the first minor release after 2027-05-01 switch it on). ' +
  'New clusters of Weaviate Cloud have no GraphQL, unused ones lose it on 2026-12-01 and all on 2027-05-01: ' +
  'use a server of your own there, or INDEX=embedded. See docs/weaviate.md';

/** Parts of the server's own words that name a cause; anything else it says may quote what was stored or asked. */
const CAUSES: [RegExp, string, retry?: 'later'][] = [
  [/vector lengths? don'?t match|vector.{0,40}(length|dimension)/i, 'the vectors are of different lengths'],
  [/read-?only|disk usage|no space left/i, 'its disk is full or read-only', 'later'],
  [/not enough memory|memory.{0,20}(limit|pressure)|out of memory/i, 'it has not enough memory', 'later'],
  [/tenant.{0,80}(not found|not active)/i, 'a tenant is missing or not active'],
  [/already exists|already in use/i, 'it exists already'],
  [/context deadline|timeout|timed out|leader/i, 'it was too slow itself', 'later'],
];

/** What can be known of whatever was thrown. */
interface Failure {
  status: number | undefined;
  /** May quote customers; never leaves this adapter. */
  said: string;
}

/** The answer to a request of our own that was refused. */
export class RestRefused extends Error {
  readonly status: number;

  constructor(status: number, said: string) {
    super(said);
    this.status = status;
  }
}

/**
 * What the client threw, as one of our errors. Nothing of the original is kept: its message holds the whole request,
 * with the customer's words and their vector.
 */
export function toWeaviateError(thrown: unknown, signal?: AbortSignal): CountersignError {
  if (thrown instanceof CountersignError) return thrown;
  if (signal?.aborted) return new VendorUnreachable(VENDOR, 'no answer within the time allowed');
  const failure = readFailure(thrown);
  if (isGraphqlOff(failure)) return new ConfigError([GRAPHQL_OFF]);
  if (failure.status === undefined) return new VendorUnreachable(VENDOR, describeBreak(thrown));
  return new VendorRefused(VENDOR, ...judge(failure));
}

export function readFailure(thrown: unknown): Failure {
  if (thrown instanceof RestRefused) return { status: thrown.status, said: thrown.message };
  const response = readResponse(thrown);
  if (response) return response;
  const message = thrown instanceof Error ? thrown.message : '';
  const [, status, said] = message.match(/^usage error \((\d{3})\): ([\s\S]*)/) ?? [];
  return status ? { status: Number(status), said: said ?? '' } : { status: undefined, said: message };
}

/** Before the first class the server has no schema to search, which is not the same as "switched off". */
function isGraphqlOff({ status, said }: Failure): boolean {
  if (/no graphql provider present/i.test(said)) return false;
  return status === 410 || (status === 422 && /graphql api is disabled|graphql.{0,30}disabled/i.test(said));
}

/** What graphql-request throws: the answer is on `response`, the whole request is in its message. */
function readResponse(thrown: unknown): Failure | undefined {
  if (!(thrown instanceof Error && 'response' in thrown)) return undefined;
  const { status, errors, error } = thrown.response as { status?: number; errors?: unknown; error?: unknown };
  if (typeof status !== 'number') return undefined;
  return { status, said: JSON.stringify(errors ?? error ?? '') };
}

function judge({ status = 0, said }: Failure): [string, { retry: 'never' | 'later' }] {
  if (status === 401) return ['WEAVIATE_API_KEY is not accepted', { retry: 'never' }];
  if (status === 403) return ['the key may not do this', { retry: 'never' }];
  if (status === 429) return ['too many requests', { retry: 'later' }];
  const [, cause, retry] = CAUSES.find(([pattern]) => pattern.test(said)) ?? [];
  const reason = cause ?? (status === 200 ? 'the query failed' : `status ${status}`);
  return [reason, { retry: retry ?? (status >= 500 ? 'later' : 'never') }];
}

function describeBreak(thrown: unknown): string {
  if (thrown instanceof SyntaxError) return 'the answer is no JSON';
  let at = thrown;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    if (/^[A-Z][A-Z0-9_]{2,40}$/.test(code)) return `no connection (${code})`;
    at = at.cause;
  }
  return 'no connection';
}
