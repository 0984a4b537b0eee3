import { readFileSync, statSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../../errors.ts';

/** The versions a folder serves; the previous one is kept for whoever is still reading it, and to go back. */
export interface Pointer {
  current: string;
  previous: string | undefined;
}

const POINTER = 'CURRENT';

export function indexFile(folder: string, version: string): string {
  return join(folder, `index-${version}.sqlite`);
}

export function buildFile(folder: string, version: string): string {
  return join(folder, `building-${version}.sqlite`);
}

/** Changes with every switch, whichever process made it; undefined before the first. */
export function readPointerStamp(folder: string): string | undefined {
  const stats = statSync(join(folder, POINTER), { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.ino}-${stats.mtimeNs}-${stats.size}`;
}

export function readPointer(folder: string): Pointer | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, POINTER), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new StoreError(`The index folder ${folder} cannot be read; check its permissions`, error);
  }
  const [current, previous] = text.split('\n');
  return current ? { current, previous: previous || undefined } : undefined;
}

/** Makes a finished build the version that serves, in one step that survives power loss. */
export async function switchTo(folder: string, version: string): Promise<void> {
  const before = readPointer(folder);
  await flush(buildFile(folder, version));
  await rename(buildFile(folder, version), indexFile(folder, version));
  await flush(folder);
  await writePointer(folder, version, before?.current);
}

/** Lets the previous version serve and keeps the present one as the previous, in one step. */
export async function goBack(folder: string): Promise<void> {
  const pointer = readPointer(folder);
  if (pointer?.previous !== undefined) await writePointer(folder, pointer.previous, pointer.current);
}

async function writePointer(folder: string, current: string, previous: string | undefined): Promise<void> {
  const draft = join(folder, `${POINTER}.new`);
  const handle = await open(draft, 'w');
  await handle.writeFile(`${current}\n${previous ?? ''}\n`);
  await handle.sync();
  await handle.close();
  await rename(draft, join(folder, POINTER));
  await flush(folder);
}

/** Removes versions nobody needs and what killed builds left. Only the holder of the lock may call it. */
export async function removeLeftOvers(folder: string): Promise<void> {
  const pointer = readPointer(folder);
  const kept = new Set([pointer?.current, pointer?.previous].map((version) => `index-${version}.sqlite`));
  for (const name of await readdir(folder)) {
    const isOurs = /^(?:index|building)-[0-9A-Z]+\.sqlite(?:-\w+)?$/.test(name);
    if (!isOurs || kept.has(name.replace(/-\w+$/, ''))) continue;
    // On Windows a file that another process reads cannot be removed; the next build tries again.
    await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}

async function flush(path: string): Promise<void> {
  // Windows cannot open a folder to flush it; renames are durable there without.
  const handle = await open(path, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
