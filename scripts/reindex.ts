import { parseArgs } from 'node:util';
import type { ReindexResult } from '../src/knowledge/types.ts';
import { runCommand } from './command-line.ts';
import { openAnswering } from './open-answering.ts';
import { createReindexBar } from './progress.ts';

const HELP = `npm run reindex -- [options]
Brings the index to what the sources in KNOWLEDGE hold. The bot may run meanwhile: it serves the old index until
the new one is complete, and finds the new one by itself.

  --dry-run   find out what would change, change nothing
  --force     index every page anew, and accept that many pages are gone
  --json      print the result as JSON
  --help      this text
Exit code: 0 done, 1 failed, 2 wrong usage or configuration.`;

runCommand(async () => {
  const { values } = parseArgs({
    options: {
      'dry-run': { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const answering = await openAnswering();
  const bar = createReindexBar();
  try {
    const result = await answering.reindex({
      dryRun: values['dry-run'],
      force: values.force,
      onProgress: bar.onProgress,
    });
    bar.stop();
    console.log(values.json ? JSON.stringify(result) : describe(result, values['dry-run']));
    return 0;
  } finally {
    bar.stop();
    await answering.close();
  }
});

function describe(result: ReindexResult, dryRun: boolean): string {
  const head = dryRun ? 'Would be indexed' : 'Indexed';
  const counts = [
    `${result.pages} pages (${result.chunks} passages) in ${result.ms} ms`,
    `added ${result.added}, changed ${result.changed}, removed ${result.removed}, unchanged ${result.unchanged}`,
  ];
  const failed = result.failed.map(({ source, reason }) => `  failed: ${source} ${reason}`);
  return [`${head}: ${counts.join('\n  ')}`, ...failed].join('\n');
}
