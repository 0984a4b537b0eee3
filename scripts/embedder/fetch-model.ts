import { readdir, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { VendorRefused } from '../../src/errors.ts';
import { FURTHER_FILES, NEEDED_FILES } from '../../src/model-folders.ts';
import { download } from './download.ts';
import { findHubFile, type HubFile } from './hub.ts';

/** Fetches all files of a model, of one version of its repository, into a folder. */
export async function fetchModel(from: { hub: string; repository: string }, folder: string): Promise<void> {
  const found = await findFiles(from);
  const bar = createBytesBar();
  try {
    for (const [name, file] of found) {
      bar.start(name, file.size);
      await download(file, join(folder, name), bar.update);
    }
    await removeOthers(folder, new Set(found.keys()));
  } finally {
    bar.stop();
  }
}

async function findFiles(from: { hub: string; repository: string }): Promise<Map<string, HubFile>> {
  const files = new Map<string, HubFile>();
  let revision = 'main';
  for (const name of [...NEEDED_FILES, ...FURTHER_FILES]) {
    const file = await findHubFile({ ...from, revision, file: name });
    if (file !== undefined) files.set(name, file);
    else if (NEEDED_FILES.includes(name)) {
      const reason = `${from.repository} has no ${name}; npm run embedder -- list names repositories that have`;
      throw new VendorRefused('The model hub', reason, { retry: 'never' });
    }
    revision = file?.commit ?? revision;
  }
  return files;
}

/** What a run for another version of the model left there. */
async function removeOthers(folder: string, kept: Set<string>): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    if (entry.isFile() && !kept.has(name)) await rm(path, { force: true });
  }
}

/** One bar for the file that is on its way; nothing where stderr is no terminal. */
function createBytesBar() {
  const bar = new SingleBar(
    { format: '{file} [{bar}] {megabytes} MB', clearOnComplete: true, stream: process.stderr },
    Presets.rect,
  );
  const shown = process.stderr.isTTY === true;
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  return {
    start(file: string, size = 0) {
      if (!shown) return;
      bar.stop();
      bar.start(size, 0, { file, megabytes: megabytes(0) });
    },
    update(bytes: number) {
      if (shown) bar.update(bytes, { megabytes: megabytes(bytes) });
    },
    stop() {
      if (shown) bar.stop();
    },
  };
}
