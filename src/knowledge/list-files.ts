import type { BigIntStats, Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { ConfigError } from '../errors.ts';
import { type FileListing, nameFiles, type PageFile, type WalkedRoot } from './name-files.ts';
import { findReader } from './page-readers.ts';
import { isTable } from './read-table.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** The kinds of files, as an operator is told. */
const KINDS = '.md, .mdx, .html, .htm, .txt, .pdf, .docx, .csv and .jsonl';

interface Walk extends WalkedRoot {
  /** Real paths of the folders above and beside: a link that leads back up would never end. */
  visited: Set<string>;
}

/** All files that can be read in the folders (and single files) that `KNOWLEDGE` names. */
export async function listFiles(roots: string[]): Promise<FileListing> {
  const walks: Walk[] = [];
  const problems: string[] = [];
  // A folder named twice counts once.
  const different = new Map(roots.map((root) => [resolve(root), root]));
  for (const root of different.values()) {
    const walk: Walk = { root: resolve(root), found: [], visited: new Set(), failed: [], unlisted: [] };
    const problem = await listRoot(root, walk);
    if (problem) problems.push(`KNOWLEDGE: ${problem}`);
    walks.push(walk);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return nameFiles(walks);
}

/** Returns what is wrong with the root as a whole. */
async function listRoot(root: string, walk: Walk): Promise<string | undefined> {
  const stats = await statOf(walk.root);
  if (stats === 'ENOENT') {
    return `${root} does not exist; give the path of a folder with pages, absolute or from where the bot is started`;
  }
  if (typeof stats === 'string') return `${root} ${whyUnreadable(stats)}`;
  if (stats.isFile()) {
    if (!isReadable(root)) return `${root} is not a file that can be read; ${KINDS} are`;
    walk.found.push({ inside: basename(root), file: fileOf(walk.root, stats) });
    walk.root = resolve(walk.root, '..');
    return undefined;
  }
  const reason = await listFolder(walk, '');
  if (reason) return `${root} cannot be listed (${reason}); check its permissions`;
  if (walk.found.length > 0 || walk.failed.length > 0) return undefined;
  return `${root} holds no page (${KINDS} are read); name another folder, or take it off the list`;
}

/** Adds what is below a folder to the walk; returns why it cannot be listed, if it cannot. */
async function listFolder(walk: Walk, inside: string): Promise<string | undefined> {
  const path = join(walk.root, inside);
  let entries: Dirent[];
  try {
    const real = await realpath(path);
    if (walk.visited.has(real)) return undefined;
    walk.visited.add(real);
    entries = await readdir(path, { withFileTypes: true });
  } catch (error) {
    return reasonOf(error);
  }
  // In code point order, so that the same folder is always read, and reported, in the same order.
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const shown = entries.filter(isShown);
  const looked = await Promise.all(shown.map((entry) => statOf(join(path, entry.name))));
  for (const [at, entry] of shown.entries()) {
    await listEntry(
      walk,
      entry,
      inside === '' ? entry.name : `${inside}/${entry.name}`,
      looked[at] ?? 'ENOENT',
    );
  }
  return undefined;
}

function isShown(entry: Dirent): boolean {
  if (entry.name.startsWith('.') || entry.name === 'node_modules') return false;
  return !entry.isFile() || isReadable(entry.name);
}

/** What stands at a path, or why that cannot be told. */
function statOf(path: string): Promise<BigIntStats | string> {
  return stat(path, { bigint: true }).catch((error: unknown) => reasonOf(error));
}

async function listEntry(
  walk: Walk,
  entry: Dirent,
  inside: string,
  stats: BigIntStats | string,
): Promise<void> {
  if (typeof stats !== 'string' && stats.isFile()) {
    if (isReadable(entry.name)) walk.found.push({ inside, file: fileOf(join(walk.root, inside), stats) });
    return;
  }
  if (typeof stats !== 'string' && !stats.isDirectory()) return;
  const reason = typeof stats === 'string' ? stats : await listFolder(walk, inside);
  if (reason === undefined) return;
  if (isReadable(entry.name) && !entry.isDirectory()) {
    walk.failed.push({ source: inside, reason: whyUnreadable(reason) });
    // The rows of a table are pages of their own.
    if (isTable(entry.name)) walk.unlisted.push(`${inside}#`);
  } else if (extname(entry.name) === '' || entry.isDirectory()) {
    // A link without a target may be a folder that is not mounted: what was below it must not be removed.
    walk.failed.push({
      source: `${inside}/`,
      reason: `the folder cannot be listed (${reason}); nothing below it was changed`,
    });
    walk.unlisted.push(`${inside}/`);
  }
}

function isReadable(name: string): boolean {
  return findReader(name) !== undefined || isTable(name);
}

function fileOf(path: string, stats: BigIntStats): Omit<PageFile, 'source'> {
  const stamp = `${stats.size}-${stats.mtimeNs}-${stats.ctimeNs}-${stats.ino}`;
  return { path, bytes: Number(stats.size), stamp };
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
