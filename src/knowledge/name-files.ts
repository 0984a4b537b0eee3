import { sep } from 'node:path';
import type { FailedPage } from './types.ts';

/** A file of a kind that is read, found in one of the roots. */
export interface PageFile {
  source: string;
  path: string;
  bytes: number;
  /** Size, both times and inode: an editor that keeps the one changes the other. */
  stamp: string;
}

export interface FileListing {
  files: PageFile[];
  failed: FailedPage[];
  unlisted: string[];
}

/** What was found in one root. All paths are inside it, with forward slashes. */
export interface WalkedRoot {
  root: string;
  found: { inside: string; file: Omit<PageFile, 'source'> }[];
  failed: FailedPage[];
  /** Beginnings of paths below which nothing could be listed. */
  unlisted: string[];
}

/**
 * Gives every file its source: its path, and for a path that an earlier root has too, or may have where it could not
 * be listed, the name of its root before it. The same file reached twice counts once.
 */
export function nameFiles(roots: WalkedRoot[]): FileListing {
  const listing: FileListing = { files: [], failed: [], unlisted: [] };
  const taken = new Set<string>();
  const paths = new Set<string>();
  for (const { root, found, failed, unlisted } of roots) {
    const nameOf = (inside: string) => {
      const names = namesIn(root, inside);
      const isFree = (name: string) => !taken.has(name) && !before.some((one) => name.startsWith(one));
      const name = names.find(isFree) ?? names.at(-1) ?? inside;
      taken.add(name);
      return name;
    };
    const before = [...listing.unlisted];
    for (const { inside, file } of found) {
      if (paths.has(file.path)) continue;
      paths.add(file.path);
      listing.files.push({ ...file, source: nameOf(inside) });
    }
    for (const one of failed) listing.failed.push({ ...one, source: nameOf(one.source) });
    // Which of its names a page below has is known only to whoever could list it.
    listing.unlisted.push(...unlisted.flatMap((inside) => namesIn(root, inside)));
  }
  return listing;
}

/** All that a page may be called, shortest first. */
function namesIn(root: string, inside: string): string[] {
  const folders = root.split(sep);
  return [inside, ...folders.map((_, at) => [...folders.slice(folders.length - 1 - at), inside].join('/'))];
}
