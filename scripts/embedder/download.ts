import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { CountersignError, VendorRefused } from '../../src/errors.ts';
import { type HubFile, refusal, unreachable } from './hub.ts';

const MAX_ATTEMPTS = 5;
/** A transfer that brings nothing for this long is dead, however open it looks. */
const SILENCE_MS = 30_000;

/**
 * Fetches a file whole and right, or throws. What has arrived stays in a `.part` file named after the checksum, and
 * the next attempt, of this run or a later one, goes on behind it.
 */
export async function download(
  file: HubFile,
  target: string,
  onBytes: (total: number) => void,
  backoffMs = 1_000,
): Promise<void> {
  const { kind, value } = file.checksum;
  // Of an earlier run that was broken off at a later file.
  if (existsSync(target) && (await checksumOf(target, kind)) === value) return;
  const part = `${target}.${value.slice(0, 16)}.part`;
  await mkdir(dirname(target), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    try {
      await fetchRest(file, part, onBytes);
      break;
    } catch (error) {
      const isPassing = error instanceof CountersignError && error.retry === 'later';
      if (!isPassing || attempt === MAX_ATTEMPTS) throw error;
      await sleep(backoffMs * 2 ** (attempt - 1));
    }
  }
  if ((await checksumOf(part, kind)) !== value) {
    await rm(part, { force: true });
    const reason = `${file.url.host} sent other bytes than the hub announced; nothing was installed`;
    throw new VendorRefused('The model hub', reason, { retry: 'never' });
  }
  await rename(part, target);
}

async function fetchRest(file: HubFile, part: string, onBytes: (total: number) => void): Promise<void> {
  const there = existsSync(part) ? (await stat(part)).size : 0;
  if (file.size !== undefined && there === file.size) return onBytes(there);
  const stop = new AbortController();
  const response = await get(file.url, there, stop.signal);
  if (response.status === 416) {
    // More than the file has: left by something else.
    await rm(part, { force: true });
    return fetchRest(file, part, onBytes);
  }
  const isRest =
    response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${there}-`);
  if (response.status !== 200 && !isRest) throw refusal(file.url, response.status);
  let total = isRest ? there : 0;
  let silence = setTimeout(() => stop.abort(), SILENCE_MS);
  const watch = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      clearTimeout(silence);
      silence = setTimeout(() => stop.abort(), SILENCE_MS);
      total += bytes.length;
      onBytes(total);
      done(null, bytes);
    },
  });
  try {
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(body, watch, createWriteStream(part, { flags: isRest ? 'a' : 'w' }));
  } catch (error) {
    // A full disk is no matter of the network, and no second attempt helps.
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw error;
    throw unreachable(file.url, error);
  } finally {
    clearTimeout(silence);
  }
  if (file.size !== undefined && total < file.size) throw unreachable(file.url, new Error('it broke off'));
}

async function get(url: URL, from: number, signal: AbortSignal): Promise<Response> {
  try {
    const headers = new Headers({ 'accept-encoding': 'identity' });
    if (from > 0) headers.set('range', `bytes=${from}-`);
    return await fetch(url, { headers, signal });
  } catch (error) {
    throw unreachable(url, error);
  }
}

/** Git names a file by the SHA-1 of its length and its content. */
async function checksumOf(path: string, kind: 'sha256' | 'git'): Promise<string> {
  const hash = createHash(kind === 'git' ? 'sha1' : 'sha256');
  if (kind === 'git') hash.update(`blob ${(await stat(path)).size}\0`);
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}
