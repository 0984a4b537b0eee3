import { mkdir, open, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createCustomerFile } from '../../src/adapters/customer-file.ts';
import { systemClock } from '../../src/clock.ts';
import type { OfflineConfig } from '../../src/config.ts';
import { createSources, isWebAddress } from '../../src/knowledge/sources.ts';
import type { FailedPage, PageListing } from '../../src/knowledge/types.ts';
import { createLogger } from '../../src/log.ts';
import { createPrompt } from '../../src/pipeline/prompt.ts';
import { type Finding, failed, failure, ok, skipped } from './finding.ts';

/** What the bot needs of this machine: pages to read, records, a folder to write to, a model. */
export async function* checkMachine(config: OfflineConfig): AsyncGenerator<Finding> {
  for (const source of config.knowledge.sources) yield await checkKnowledge(source);
  yield checkCustomers(config.customers.source);
  yield await checkStore(config.store.dataDir);
  yield checkModel(config);
}

/** Of a site, which is asked slowly, a few pages tell whether the bot may read it. */
const WEB_PAGES = 3;

/** Reads every page once, as the next re-index will; of a site the first ones. */
async function checkKnowledge(source: string): Promise<Finding> {
  const check = `knowledge ${source}`;
  try {
    const { pages, failed: unread } = await listPages(source);
    const read = isWebAddress(source) ? pages.slice(0, WEB_PAGES) : pages;
    const problems = [...unread, ...(await readPages(read))];
    const total = read.length + unread.length;
    if (problems.length === 0) {
      const some = read.length < pages.length ? `, ${read.length} of them read` : '';
      return ok(check, `${pages.length === 1 ? '1 page' : `${pages.length} pages`}${some}`);
    }
    const lines = problems.map((page) => `${page.source} ${page.reason}`).join('\n');
    return failed(
      check,
      `${problems.length} of ${total} pages cannot be used\n${lines}`,
      'mend these pages; the others are used',
    );
  } catch (error) {
    return failure(check, error);
  }
}

async function listPages(source: string): Promise<PageListing> {
  const log = createLogger({ level: 'error' });
  const lists = createSources([source], { fetch, clock: systemClock, log }).map((one) => one.list());
  const [listing] = await Promise.all(lists);
  return listing ?? { pages: [], failed: [], unlisted: [] };
}

async function readPages(pages: PageListing['pages']): Promise<FailedPage[]> {
  const problems: FailedPage[] = [];
  for (const page of pages) {
    const outcome = await page.read();
    if ('failed' in outcome) problems.push(outcome.failed);
    if ('gone' in outcome) problems.push({ source: page.source, reason: 'is not there (status 404 or 410)' });
  }
  return problems;
}

function checkCustomers(file: string | undefined): Finding {
  if (file === undefined)
    return skipped('customer records', 'CUSTOMERS is unset: answers know nothing of the customer');
  try {
    createCustomerFile(file);
    return ok('customer records', file);
  } catch (error) {
    return failure('customer records', error);
  }
}

/** Writes for real: permissions alone do not tell of a full disk or a read-only mount. */
async function checkStore(dataDir: string): Promise<Finding> {
  const folder = resolve(dataDir);
  try {
    const created = await mkdir(folder, { recursive: true });
    const probe = join(folder, `.check-${process.pid}`);
    try {
      const file = await open(probe, 'wx');
      await file.writeFile('x').finally(() => file.close());
    } finally {
      await rm(probe, { force: true });
      if (created !== undefined) await rm(created, { recursive: true });
    }
    return ok('store', `${folder} can be written`);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : error;
    return failed(
      'store',
      `${folder} cannot be written (${reason})`,
      'set DATA_DIR to a folder this user may write',
    );
  }
}

function checkModel({ pipeline }: OfflineConfig): Finding {
  try {
    createPrompt(pipeline.promptVersion);
    return ok('model', 'extractive: answers are passages word for word, no key needed');
  } catch (error) {
    return failure('model', error);
  }
}
