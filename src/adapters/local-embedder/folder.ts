import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type ModelTraits, readModelTraits } from '../../embedding-models.ts';
import { ConfigError, toError } from '../../errors.ts';
import { FURTHER_FILES, missingFiles, NEEDED_FILES } from '../../model-folders.ts';
import { checkFiles, readModelRecord } from '../model-record.ts';

/** A model on this disk, known to be what was installed, with all that its files leave unsaid. */
export interface LocalModel {
  id: string;
  folder: string;
  queryPrefix: string;
  passagePrefix: string;
  pooling: 'mean' | 'cls';
  maxTokens: number;
}

/**
 * Attention costs the square of the length, and a passage is a few hundred word pieces: models that take thousands
 * are cut here.
 */
const MOST_TOKENS = 512;

type Json = Record<string, unknown>;

/** Throws a ConfigError when a file is missing, or is not the one that was installed. */
export async function readLocalModel(path: string): Promise<LocalModel> {
  const folder = resolve(path);
  const missing = missingFiles(folder);
  if (missing.length > 0) {
    throw new ConfigError([
      `EMBEDDINGS_MODEL: ${folder} is no model folder: ${missing.join(', ')} is missing`,
    ]);
  }
  const record = readModelRecord(folder);
  const further = FURTHER_FILES.filter((file) => existsSync(join(folder, file)));
  const { hashes, problems } = await checkFiles(folder, [...NEEDED_FILES, ...further], record);
  if (problems.length > 0) {
    const remedy = 'remove the model by npm run embedder -- remove NAME and install it again';
    throw new ConfigError(problems.map((problem) => `EMBEDDINGS_MODEL: ${problem}; ${remedy}`));
  }
  const known = readModelTraits(record?.source ?? basename(folder));
  const traits = { ...readTraits(folder, known), ...pick(record) };
  // Anything that changes the vectors is part of the id, or vectors of two kinds would stand in one index.
  const parts = [NEEDED_FILES.map((file) => hashes.get(file)), traits];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return { id: `local:${record?.name ?? basename(folder)}@${hash.slice(0, 12)}`, folder, ...traits };
}

type Traits = Omit<LocalModel, 'id' | 'folder'>;

function readTraits(folder: string, known: ModelTraits): Traits {
  const config = readJson(folder, 'config.json');
  const { pooling_mode_cls_token: cls, pooling_mode_mean_tokens: mean } = readJson(
    folder,
    '1_Pooling/config.json',
  );
  const ofFile = cls === true ? 'cls' : mean === true ? 'mean' : undefined;
  return {
    queryPrefix: known.queryPrefix,
    passagePrefix: known.passagePrefix,
    pooling: ofFile ?? known.pooling,
    maxTokens: readMaxTokens(folder, config, known),
  };
}

function readMaxTokens(folder: string, config: Json, known: ModelTraits): number {
  const trained = readJson(folder, 'sentence_bert_config.json').max_seq_length ?? known.maxTokens;
  if (typeof trained === 'number') return Math.min(trained, MOST_TOKENS);
  const limits = [
    readJson(folder, 'tokenizer_config.json').model_max_length,
    // Models of the RoBERTa family number positions from 2 on.
    typeof config.max_position_embeddings === 'number' ? config.max_position_embeddings - 2 : undefined,
  ];
  return Math.min(MOST_TOKENS, ...limits.filter((limit) => typeof limit === 'number'));
}

function pick(record: Partial<Traits> | undefined): Partial<Traits> {
  const { queryPrefix, passagePrefix, pooling, maxTokens } = record ?? {};
  const all = { queryPrefix, passagePrefix, pooling, maxTokens };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function readJson(folder: string, file: string): Json {
  const path = join(folder, file);
  if (!existsSync(path)) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Json) : {};
  } catch (error) {
    throw new ConfigError([`EMBEDDINGS_MODEL: ${path} is no JSON (${toError(error).message})`]);
  }
}
