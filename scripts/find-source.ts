import { loadConfig, readEnvironment } from '../src/config.ts';
import { createFolderSource } from '../src/knowledge/load-folder.ts';
import { isWebAddress } from '../src/knowledge/sources.ts';
import type { Page } from '../src/knowledge/types.ts';
import type { FindSource } from '../src/local/source-page.ts';
import { localEnvironment } from './local-environment.ts';

/** Looks a cited page up by its address in the folders that the bot knows, read afresh each time. */
export function createFindSource(): FindSource {
  return async (url) => {
    const settings = localEnvironment(readEnvironment(), { apiUrl: 'http://127.0.0.1/', port: 0 });
    // A page of the web opens where it stands.
    const folders = loadConfig(settings).knowledge.sources.filter((source) => !isWebAddress(source));
    const { pages } = await createFolderSource(folders).list();
    for (const listed of pages) {
      const outcome = await listed.read();
      if ('page' in outcome && outcome.page.url === url) return toSource(outcome.page);
    }
    return undefined;
  };
}

function toSource({ title, body }: Page): { title: string; text: string } {
  return { title, text: body.trim() };
}
