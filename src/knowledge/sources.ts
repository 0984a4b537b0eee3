import { createFolderSource } from './load-folder.ts';
import type { PageSource } from './types.ts';
import { createWebSource, type WebParts } from './web-source.ts';

/** Reads what `KNOWLEDGE` names: folders, files and tables of this machine, pages and sitemaps of the web. */
export function createSources(knowledge: string[], parts: WebParts): PageSource[] {
  const urls = knowledge.filter(isWebAddress);
  const roots = knowledge.filter((item) => !isWebAddress(item));
  return [
    ...(roots.length > 0 ? [createFolderSource(roots)] : []),
    ...(urls.length > 0 ? [createWebSource({ ...parts, urls })] : []),
  ];
}

export function isWebAddress(item: string): boolean {
  return /^https?:/i.test(item);
}
