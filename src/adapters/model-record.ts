import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../errors.ts';

/** What the install command writes beside a model, so that a file changed later is noticed before it is loaded. */
export const RECORD_FILE = 'countersign.json';

const RECORD = z.object({
  name: z.string(),
  source: z.string(),
  licence: z.string(),
  files: z.record(z.string().regex(/^(?!.*\.\.)[\w./-]+$/), z.string().regex(/^[0-9a-f]{64}$/)),
  queryPrefix: z.string().optional(),
  passagePrefix: z.string().optional(),
  pooling: z.enum(['mean', 'cls']).optional(),
  maxTokens: z.number().int().min(8).max(8192).optional(),
});

export type ModelRecord = z.infer<typeof RECORD>;

/** The record of a folder; undefined where a model was put by hand. */
export function readModelRecord(folder: string): ModelRecord | undefined {
  const path = join(folder, RECORD_FILE);
  if (!existsSync(path)) return undefined;
  const parsed = RECORD.safeParse(parseJson(readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConfigError([
    `${path} cannot be read (${issue?.path.join('.')}: ${issue?.message}); remove the model by ` +
      'npm run embedder -- remove NAME and install it again',
  ]);
}

/** SHA-256 of each file. The recorded ones must be as they were recorded; a text for each that is not. */
export async function checkFiles(
  folder: string,
  files: readonly string[],
  record: ModelRecord | undefined,
): Promise<{ hashes: Map<string, string>; problems: string[] }> {
  const hashes = new Map<string, string>();
  const problems: string[] = [];
  for (const file of new Set([...files, ...Object.keys(record?.files ?? {})])) {
    const path = join(folder, file);
    const recorded = record?.files[file];
    if (!existsSync(path)) {
      problems.push(`${path} is missing`);
      continue;
    }
    const hash = await hashFile(path);
    hashes.set(file, hash);
    if (record === undefined || recorded === hash) continue;
    problems.push(
      recorded === undefined
        ? `${path} is no part of the model as it was installed`
        : `${path} is not the file that was installed (SHA-256 ${hash.slice(0, 12)}…, not ${recorded.slice(0, 12)}…)`,
    );
  }
  return { hashes, problems };
}

export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path, { highWaterMark: 256 * 1024 })) hash.update(part as Buffer);
  return hash.digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
