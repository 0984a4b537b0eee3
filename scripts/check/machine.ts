import { mkdir, open, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createCustomerFile } from '../../src/adapters/customer-file.ts';
import type { OfflineConfig } from '../../src/config.ts';
import { createMarkdownSource } from '../../src/knowledge/load-markdown.ts';
import { createPrompt } from '../../src/pipeline/prompt.ts';
import { type Finding, failed, failure, ok, skipped } from './finding.ts';

/** What the bot needs of this machine: pages to read, records, a folder to write to, a model. */
export async function* checkMachine(config: OfflineConfig): AsyncGenerator<Finding> {
  for (const source of config.knowledge.sources) yield await checkKnowledge(source);
  yield checkCustomers(config.customers.source);
  yield await checkStore(config.store.dataDir);
  yield checkModel(config);
}

/** Reads every page once, as the next re-index will. */
async function checkKnowledge(source: string): Promise<Finding> {
  const check = `knowledge ${source}`;
  try {
    const { pages, failed: unread } = await createMarkdownSource([source]).list();
    const problems = [...unread];
    for (const page of pages) {
      const read = await page.read();
      if ('failed' in read) problems.push(read.failed);
    }
    const total = pages.length + unread.length;
    if (problems.length === 0) return ok(check, total === 1 ? '1 page' : `${total} pages`);
    const lines = problems.map(({ source: page, reason }) => `${page} ${reason}`).join('\n');
    return failed(
      check,
      `${problems.length} of ${total} pages cannot be used\n${lines}`,
      'mend these files; the others are used',
    );
  } catch (error) {
    return failure(check, error);
  }
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
