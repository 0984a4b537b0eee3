import { prepareSuite } from '../../src/evaluation/prepare-suite.ts';
import { UsageError } from '../command-line.ts';
import type { EvaluateOptions } from './options.ts';

/** Makes a suite of public data. */
export async function prepare({ data, to, json }: EvaluateOptions): Promise<number> {
  if (data === undefined || to === undefined)
    throw new UsageError('prepare needs --data and --to; see --help');
  const sets = prepareSuite(data, to);
  const names = sets.map(({ name }) => name);
  console.log(
    json
      ? JSON.stringify({ sets })
      : `${names.join(', ')}: in ${to}. Judge them with: npm run evaluate -- retrieval --suite ${to}`,
  );
  return 0;
}
