import { parseArgs } from 'node:util';
import { monotonicFactory } from 'ulid';
import { createSqlite } from '../src/adapters/sqlite.ts';
import { systemClock } from '../src/clock.ts';
import { loadOfflineConfig, readEnvironment } from '../src/config.ts';
import type { RolledBack } from '../src/knowledge/rollback.ts';
import type { ReindexResult } from '../src/knowledge/types.ts';
import { createReleases, type Releases } from '../src/releases.ts';
import { stateFile } from '../src/state-file.ts';
import { migrate } from '../src/store/migrate.ts';
import { createTickets } from '../src/tickets.ts';
import { runCommand, UsageError } from './command-line.ts';
import { openAnswering } from './open-answering.ts';
import { createReindexBar } from './progress.ts';

const HELP = `npm run reindex -- [options]
Brings the index to what the sources in KNOWLEDGE hold. The bot may run meanwhile: it serves the old index until
the new one is complete and has passed the gate, and finds the new one by itself.

  --dry-run       find out what would change and whether it would be refused, build nothing
  --force         index every page anew, and release what the gate would refuse: many pages gone, renamed or alike,
                  probe questions that no longer find their page. Never released: an empty index, a broken embedder
  --probes FILE   the team's own probe questions, a line each: {"question": "…", "gold": ["page.md"]}
                  (DATA_DIR/probes.jsonl is used when it is there)
  --rollback      serve the version before; the schedule waits then until somebody re-indexes by hand
  --json          print the result as JSON
  --help          this text
Exit code: 0 done, 1 failed or refused, 2 wrong usage or configuration.`;

runCommand(async () => {
  const { values } = parseArgs({
    options: {
      'dry-run': { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      probes: { type: 'string' },
      rollback: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  if (values.rollback && (values['dry-run'] || values.force || values.probes !== undefined))
    throw new UsageError('--rollback goes with --json alone');
  return withReleases(async (releases) => {
    const print = (result: ReindexResult | RolledBack, text: string) =>
      console.log(values.json ? JSON.stringify(result) : text);
    if (values.rollback) {
      const rolledBack = await releases.rollback({ by: 'operator' });
      print(rolledBack, describeRollback(rolledBack));
      return 0;
    }
    const result = await reindex(releases, { ...values, dryRun: values['dry-run'] });
    print(result, describe(result, values['dry-run']));
    return result.refused === undefined ? 0 : 1;
  });
});

async function reindex(
  releases: Releases,
  options: { dryRun: boolean; force: boolean; probes?: string | undefined },
): Promise<ReindexResult> {
  const { dryRun, force, probes } = options;
  const bar = createReindexBar();
  try {
    return await releases.run({ by: 'operator' }, { dryRun, force, probes, onProgress: bar.onProgress });
  } finally {
    bar.stop();
  }
}

/** The same index and the same memory of runs as the bot's. */
async function withReleases(work: (releases: Releases) => Promise<number>): Promise<number> {
  const db = createSqlite({ file: stateFile(loadOfflineConfig(readEnvironment())) });
  try {
    await migrate(db);
    const answering = await openAnswering(createTickets(db, systemClock));
    try {
      return await work(createReleases({ ...answering, db, clock: systemClock, newId: monotonicFactory() }));
    } finally {
      await answering.close();
    }
  } finally {
    await db.destroy();
  }
}

function describe(result: ReindexResult, dryRun: boolean): string {
  const head = dryRun ? 'Would be indexed' : 'Indexed';
  const { needed, costUsd } = result.embeddings;
  const cost = costUsd === null ? '' : `, about $${costUsd.toFixed(2)}`;
  const counts = [
    `${result.pages} pages (${result.chunks} passages) in ${result.ms} ms`,
    `added ${result.added}, changed ${result.changed}, removed ${result.removed}, unchanged ${result.unchanged}`,
    ...(needed === 0 ? [] : [`passages to embed: ${needed}${cost}`]),
  ];
  const failed = result.failed.map(({ source, reason }) => `  failed: ${source} ${reason}`);
  const warnings = result.warnings.map((warning) => `  careful: ${warning}`);
  const refused = result.refused === undefined ? [] : [`  would be refused: ${result.refused}`];
  return [`${head}: ${counts.join('\n  ')}`, ...warnings, ...failed, ...refused].join('\n');
}

function describeRollback({ from, to, warnings }: RolledBack): string {
  const date = new Date(to.builtAt).toISOString();
  return [
    `Serves now: version ${to.version} of ${date}, ${to.pages} pages (${to.passages} passages)`,
    `  left: ${from === undefined ? 'a version that could not be read' : `version ${from.version}`}`,
    '  the schedule waits until somebody re-indexes by hand; --rollback again takes this back',
    ...warnings.map((warning) => `  careful: ${warning}`),
  ].join('\n');
}
