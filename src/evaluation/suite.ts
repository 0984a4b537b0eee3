import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError, toError } from '../errors.ts';
import { FIGURES } from './retrieval.ts';
import type { Targets } from './retrieval-report.ts';

/** A data set of a suite, with paths that can be opened. */
export interface SuiteSet {
  name: string;
  knowledge: string[];
  dataset: string;
  targets?: Targets | undefined;
}

/** Names the data sets of a folder; paths in it are relative to the folder. */
export const SUITE_FILE = 'suite.json';

const SUITE = z.object({
  sets: z
    .array(
      z.object({
        name: z.string().min(1),
        knowledge: z.array(z.string().min(1)).min(1),
        dataset: z.string().min(1),
        targets: z
          .record(z.string(), z.record(z.string(), z.partialRecord(z.enum(FIGURES), z.number())))
          .optional(),
      }),
    )
    .min(1),
});

export type SuiteFile = z.infer<typeof SUITE>;

export function readSuite(folder: string): SuiteSet[] {
  const file = join(folder, SUITE_FILE);
  try {
    const { sets } = SUITE.parse(JSON.parse(readFileSync(file, 'utf8')));
    return sets.map(({ name, knowledge, dataset, targets }) => ({
      name,
      knowledge: knowledge.map((path) => join(folder, path)),
      dataset: join(folder, dataset),
      targets,
    }));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : toError(error).message;
    throw new ConfigError([
      `--suite: ${file} cannot be read: ${reason}; "npm run evaluate -- prepare" makes such a folder`,
    ]);
  }
}
