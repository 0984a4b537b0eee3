import { toError, VendorRefused, VendorUnreachable } from '../../src/errors.ts';

/** Where a file of a repository is and what it must be. */
export interface HubFile {
  /** Where its bytes are; a content network for large files. */
  url: URL;
  /** SHA-256 of the content for large files, the id git gives it for small ones. */
  checksum: { kind: 'sha256' | 'git'; value: string };
  size: number | undefined;
  /** The version of the repository, so that all files are taken from one and the same. */
  commit: string | undefined;
}

const HUB = 'The model hub';
const MAX_REDIRECTS = 5;
const HEAD_TIMEOUT_MS = 30_000;

/**
 * Asks the hub about a file; undefined = the repository has no such file. The checksum is believed from the hub's
 * own host alone, never from the content network it sends us to.
 */
export async function findHubFile(where: {
  hub: string;
  repository: string;
  revision: string;
  file: string;
}): Promise<HubFile | undefined> {
  const { hub, repository, revision, file } = where;
  const hubUrl = new URL(hub.endsWith('/') ? hub : `${hub}/`);
  let url = new URL(`${repository}/resolve/${revision}/${file}`, hubUrl);
  const known = { etag: undefined as string | undefined, size: undefined as number | undefined };
  let commit: string | undefined;
  for (let hop = 0; hop < MAX_REDIRECTS; hop++) {
    const { status, headers } = await head(url);
    if (status === 404) return undefined;
    if (status >= 400) throw refusal(url, status);
    const isRedirect = status >= 300;
    known.etag ??=
      headers.get('x-linked-etag') ?? (isRedirect ? undefined : (headers.get('etag') ?? undefined));
    known.size ??= readSize(
      headers.get('x-linked-size') ?? (isRedirect ? null : headers.get('content-length')),
    );
    commit ??= headers.get('x-repo-commit') ?? undefined;
    const location = isRedirect ? headers.get('location') : null;
    if (location === null) return describe(url, file, known, commit);
    url = new URL(location, url);
    // The hub redirects within itself when a repository was renamed, and away from itself for the bytes.
    if (url.host !== hubUrl.host) return describe(url, file, known, commit);
  }
  throw new VendorRefused(HUB, `${file} is redirected without end`, { retry: 'never' });
}

export function refusal(url: URL, status: number): VendorRefused {
  const remedies: Record<number, string> = {
    401: 'there is no such repository, or it is not public',
    403: 'the repository is not open to everybody',
    404: 'there is no such file',
  };
  const why = remedies[status] ?? 'try again later';
  return new VendorRefused(HUB, `status ${status} for ${url.origin}${url.pathname}; ${why}`, {
    retry: status === 429 || status >= 500 ? 'later' : 'never',
  });
}

export function unreachable(url: URL, error: unknown): VendorUnreachable {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  const detail = `${url.host}: ${toError(error).message}${cause}; is there a way to the internet? --hub names a mirror`;
  return new VendorUnreachable(HUB, `${detail}, --from FOLDER takes a copy`, error);
}

async function head(url: URL): Promise<Response> {
  try {
    const signal = AbortSignal.timeout(HEAD_TIMEOUT_MS);
    // A compressed reply has another length, and at some servers another etag.
    const headers = { 'accept-encoding': 'identity' };
    return await fetch(url, { method: 'HEAD', redirect: 'manual', headers, signal });
  } catch (error) {
    throw unreachable(url, error);
  }
}

function describe(
  url: URL,
  file: string,
  known: { etag: string | undefined; size: number | undefined },
  commit: string | undefined,
): HubFile {
  const value = known.etag?.replace(/^W\//, '').replaceAll('"', '').toLowerCase() ?? '';
  const kind = /^[0-9a-f]{64}$/.test(value) ? 'sha256' : /^[0-9a-f]{40}$/.test(value) ? 'git' : undefined;
  if (kind !== undefined) return { url, checksum: { kind, value }, size: known.size, commit };
  throw new VendorRefused(HUB, `it announces no checksum of ${file}, so the file cannot be trusted`, {
    retry: 'never',
  });
}

function readSize(header: string | null): number | undefined {
  const size = Number(header ?? Number.NaN);
  return Number.isSafeInteger(size) && size >= 0 ? size : undefined;
}
