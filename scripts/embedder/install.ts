import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import {
  checkFiles,
  type ModelRecord,
  RECORD_FILE,
  readModelRecord,
} from '../../src/adapters/model-record.ts';
import { findKnownModel, KNOWN_MODELS } from '../../src/embedding-models.ts';
import { ConfigError } from '../../src/errors.ts';
import { FURTHER_FILES, missingFiles, modelsFolder, NEEDED_FILES } from '../../src/model-folders.ts';
import { UsageError } from '../command-line.ts';
import { fetchModel } from './fetch-model.ts';

interface Order {
  /** A known name or OWNER/NAME; undefined = the first of the list. */
  model: string | undefined;
  from: string | undefined;
  name: string | undefined;
  hub: string;
  dataDir: string;
  say: (line: string, result: unknown) => void;
}

/** What is put where, under which name. */
interface Plan {
  name: string;
  source: string;
  licence: string;
  fill(folder: string): Promise<void>;
}

export async function installModel(order: Order): Promise<number> {
  const plan = planOf(order);
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(plan.name)) {
    throw new UsageError(`"${plan.name}" is no name for a folder; give another by --name`);
  }
  const folder = resolve(modelsFolder(order.dataDir), plan.name);
  if (await isIntact(folder)) {
    order.say(`${plan.name} is installed already, and every file is as it was fetched.`, {
      name: plan.name,
      folder,
    });
    return 0;
  }
  // Named with a dot until it is whole, so that nothing takes it for a model.
  const aside = resolve(modelsFolder(order.dataDir), `.${plan.name}.incomplete`);
  await mkdir(aside, { recursive: true });
  await plan.fill(aside);
  const record = await createRecord(aside, plan);
  await writeFile(join(aside, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`);
  await rm(folder, { recursive: true, force: true });
  await rename(aside, folder);
  order.say(describe(plan, folder), { ...record, folder });
  return 0;
}

function planOf({ model, from, name, hub }: Order): Plan {
  if (from !== undefined) {
    const missing = missingFiles(from);
    if (missing.length > 0) throw new ConfigError([`--from ${from}: ${missing.join(', ')} is missing there`]);
    const folder = basename(resolve(from)).toLowerCase();
    return {
      name: name ?? folder,
      // A copy keeps the words for questions and passages that its name stands for.
      source: folder,
      licence: findKnownModel(folder)?.licence ?? 'as its publisher says',
      fill: (to) => copyModel(from, to),
    };
  }
  const wanted = model ?? KNOWN_MODELS[0]?.name ?? '';
  const known = findKnownModel(wanted);
  const repository = known?.repository ?? wanted;
  if (known === undefined && !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    const names = KNOWN_MODELS.map((one) => one.name).join(', ');
    throw new UsageError(`"${wanted}" is neither ${names} nor OWNER/NAME of a repository.`);
  }
  return {
    name: name ?? known?.name ?? basename(repository).toLowerCase(),
    source: repository,
    licence: known?.licence ?? 'as its publisher says',
    fill: (to) => fetchModel({ hub, repository }, to),
  };
}

async function copyModel(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  for (const file of [...NEEDED_FILES, ...FURTHER_FILES]) {
    if (existsSync(join(from, file))) await cp(join(from, file), join(to, file), { dereference: true });
  }
}

async function createRecord(folder: string, { name, source, licence }: Plan): Promise<ModelRecord> {
  const files = [...NEEDED_FILES, ...FURTHER_FILES].filter((file) => existsSync(join(folder, file)));
  const { hashes } = await checkFiles(folder, files, undefined);
  return { name, source, licence, files: Object.fromEntries(hashes) };
}

async function isIntact(folder: string): Promise<boolean> {
  if (!existsSync(folder) || missingFiles(folder).length > 0) return false;
  try {
    const record = readModelRecord(folder);
    return record !== undefined && (await checkFiles(folder, NEEDED_FILES, record)).problems.length === 0;
  } catch {
    return false;
  }
}

function describe({ name, source, licence }: Plan, folder: string): string {
  return [
    `Installed ${name} (from ${source}, licence: ${licence}) in ${folder}`,
    'Next: npm run embedder -- test, then npm run reindex. With EMBEDDINGS unset or auto it is used from now on;',
    `where several models are installed, EMBEDDINGS_MODEL=${name} chooses it.`,
  ].join('\n');
}
