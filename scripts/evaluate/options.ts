import { parseArgs } from 'node:util';
import { RESAMPLES, type Resampling } from '../../src/evaluation/bootstrap.ts';
import { type Gate, readGate } from '../../src/evaluation/retrieval-gate.ts';
import { UsageError } from '../command-line.ts';

export interface EvaluateOptions {
  what?: string | undefined;
  knowledge: string[];
  dataset?: string | undefined;
  suite?: string | undefined;
  /** Value of EMBEDDINGS for this run. */
  embeddings?: string | undefined;
  configurations?: string | undefined;
  /** Address of a server that is judged beside ours. */
  weaviate?: string | undefined;
  sweep: boolean;
  targets: number[];
  overlaps: number[];
  gates: Gate[];
  report?: string | undefined;
  /** Where the same goes as Markdown and as a picture; both belong into documentation. */
  markdown?: string | undefined;
  picture?: string | undefined;
  date: string;
  resampling: Resampling;
  data?: string | undefined;
  to?: string | undefined;
  json: boolean;
  help: boolean;
}

/** Reads the flags. `today` is `YYYY-MM-DD`. */
export function readOptions(args: string[], today: string): EvaluateOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      knowledge: { type: 'string', multiple: true, default: [] },
      dataset: { type: 'string' },
      suite: { type: 'string' },
      embeddings: { type: 'string' },
      configurations: { type: 'string' },
      weaviate: { type: 'string' },
      sweep: { type: 'boolean', default: false },
      targets: { type: 'string', default: '400,600,900,1200,1800' },
      overlaps: { type: 'string', default: '0,150' },
      gate: { type: 'string', multiple: true, default: [] },
      report: { type: 'string' },
      markdown: { type: 'string' },
      picture: { type: 'string' },
      date: { type: 'string', default: today },
      seed: { type: 'string', default: '1' },
      data: { type: 'string' },
      to: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { gate, seed, targets, overlaps, date, ...rest } = values;
  if (positionals.length > 1) throw new UsageError(`"${positionals[1]}" is one word too many; see --help`);
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw new UsageError(`--date: "${date}" is not YYYY-MM-DD`);
  return {
    ...rest,
    date,
    what: positionals[0],
    targets: readNumbers('--targets', targets, 200),
    overlaps: readNumbers('--overlaps', overlaps, 0),
    gates: gate.map(requireGate),
    resampling: { seed: readSeed(seed), resamples: RESAMPLES },
  };
}

function requireGate(text: string): Gate {
  const gate = readGate(text);
  if (typeof gate === 'string') throw new UsageError(`--gate: ${gate}`);
  return gate;
}

function readSeed(text: string): number {
  const seed = Number(text);
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new UsageError(`--seed: "${text}" is not a whole number from 0`);
}

function readNumbers(flag: string, text: string, atLeast: number): number[] {
  const numbers = text.split(',').map((one) => Number(one.trim() || Number.NaN));
  const wrong = numbers.findIndex((one) => !Number.isInteger(one) || one < atLeast);
  if (wrong < 0) return numbers;
  throw new UsageError(`${flag}: "${text.split(',')[wrong]}" is not a whole number from ${atLeast}`);
}
