import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSqlite } from '../../src/adapters/sqlite.ts';
import { createCommandHandler } from '../../src/handlers/command.ts';
import type { Desk } from '../../src/handlers/desk.ts';
import type { ReindexResult } from '../../src/knowledge/types.ts';
import { createLogger } from '../../src/log.ts';
import type { Releases } from '../../src/releases.ts';
import type { InboxItem } from '../../src/store/inbox.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Database } from '../../src/store/schema.ts';

const RESULT: ReindexResult = {
  ...{ pages: 3, added: 1, changed: 0, removed: 0, unchanged: 2, failed: [], chunks: 9, ms: 5 },
  ...{ version: 'v2', embeddings: { needed: 0, costUsd: null }, warnings: [], gate: null },
};
const VERSION = { version: 'v1', pages: 3, passages: 9, builtAt: 1, embedder: undefined };

let db: Database;

beforeEach(async () => {
  db = createSqlite({ file: ':memory:' });
  await migrate(db);
});

afterEach(() => db.destroy());

test('what is shown last is the result, also when the last progress comes with it', async () => {
  const rows = await runWith('', {
    run: async (_, options) => {
      for (let done = 1; done <= 5; done += 1) options?.onProgress?.({ phase: 'reading', done, total: 5 });
      return RESULT;
    },
  });
  expect(rows.at(-1)).toMatchObject({ kind: 'reindex-result', result: RESULT });
});

test('what is shown last of a run that failed is why', async () => {
  const rows = await runWith('', {
    run: async (_, options) => {
      options?.onProgress?.({ phase: 'reading', done: 1, total: 5 });
      throw new Error('the folder is not there');
    },
  });
  expect(rows.at(-1)).toMatchObject({ kind: 'reindex-failed', reason: 'the folder is not there' });
});

test.each(['dry-run', ' Dry run ', '--dry-run'])(
  '%s changes nothing and shows what would change',
  async (text) => {
    let dryRun: boolean | undefined;
    const rows = await runWith(text, {
      run: async (_, options) => {
        dryRun = options?.dryRun;
        return RESULT;
      },
    });
    expect(dryRun).toBe(true);
    expect(rows.at(-1)).toMatchObject({ kind: 'reindex-plan', result: RESULT });
  },
);

test('status is answered in private', async () => {
  const status = { active: VERSION, previous: undefined, lastRun: undefined, held: undefined };
  const rows = await runWith('status', { status: async () => status });
  expect(rows).toMatchObject([{ kind: 'reindex-status' }]);
});

test('a status that cannot be read is answered with why', async () => {
  const rows = await runWith('status', {
    status: async () => {
      throw new Error('the file is damaged');
    },
  });
  expect(rows).toMatchObject([{ kind: 'line', text: expect.stringContaining('the file is damaged') }]);
});

test.each(['', 'status'])(
  'a command %j that is given up is told to the person, begun or not',
  async (text) => {
    const handler = createCommandHandler(createDesk(), {
      releases: { run: async () => RESULT } as Partial<Releases> as Releases,
      wakeSender: () => undefined,
    });
    const body = {
      ...{ command: '/reindex', text, user: 'U0SAM' },
      channel: 'C0MANAGERS',
      responseUrl: 'http://x/',
    };
    const item = { id: 'i1', kind: 'command', body: JSON.stringify(body) } as InboxItem;
    if (text === '') await handler.handle(item);
    await db.transaction().execute((on) => handler.giveUp?.(on, item, 'Slack refused') ?? expect.fail());
    const rows = await db.selectFrom('outbox').select(['destination', 'content']).orderBy('id').execute();
    const failures = rows.filter(({ content }) =>
      content.includes('could not be carried out: Slack refused'),
    );
    const targets = failures.map(({ destination }) => (JSON.parse(destination) as { to: string }).to);
    expect(targets).toEqual(text === '' ? ['response', 'edit'] : ['response']);
  },
);

test('a roll-back says what serves now, and is kept with who asked for it', async () => {
  const asked: unknown[] = [];
  const rows = await runWith('rollback', {
    rollback: async (by) => {
      asked.push(by);
      return { from: { ...VERSION, version: 'v2' }, to: VERSION, warnings: [] };
    },
  });
  expect(asked).toEqual([{ by: 'staff', user: 'U0SAM', id: 'i1' }]);
  expect(rows.at(-1)).toMatchObject({ kind: 'rolled-back', rolledBack: { to: { version: 'v1' } } });
  const audit = await db.selectFrom('audit').select(['actor', 'action', 'subject']).execute();
  expect(audit).toEqual([{ actor: 'U0SAM', action: 'index.rolled_back', subject: 'v1' }]);
});

test('a word it does not know is answered with those it knows, and nothing is run', async () => {
  const rows = await runWith('nwo', {});
  expect(rows).toMatchObject([{ kind: 'line', text: expect.stringContaining('/reindex rollback') }]);
});

/** Runs the command while every row is sent as soon as it stands there; returns what was sent, in order. */
async function runWith(text: string, releases: Partial<Releases>): Promise<unknown[]> {
  const sent: unknown[] = [];
  const send = async () => {
    const rows = await db
      .selectFrom('outbox')
      .selectAll()
      .where('state', '=', 'pending')
      .orderBy('id')
      .execute();
    for (const row of rows) sent.push(JSON.parse(row.content));
    await db.updateTable('outbox').set({ state: 'sent' }).where('state', '=', 'pending').execute();
  };
  const parts = { releases: releases as Releases, wakeSender: () => undefined };
  const handler = createCommandHandler(createDesk(), parts);
  const body = {
    command: '/reindex',
    text,
    user: 'U0SAM',
    channel: 'C0MANAGERS',
    responseUrl: 'http://x/',
  };
  const handled = await handler.handle({
    id: 'i1',
    kind: 'command',
    body: JSON.stringify(body),
  } as InboxItem);
  await send();
  if (!('commit' in handled)) throw new Error('the command was parked');
  await db.transaction().execute(handled.commit);
  await send();
  // What would come after the end has had its chance by now.
  await new Promise((resolve) => setTimeout(resolve, 20));
  await send();
  return sent;
}

function createDesk(): Desk {
  let ids = 0;
  const sam = { id: 'U0SAM', teamId: 'T0HOME', name: 'Sam', firstName: 'Sam' };
  const plain = { isBot: false, isGuest: false, isDeleted: false, isStranger: false };
  return {
    db,
    clock: { now: () => 1_000, sleep: async () => undefined },
    newId: () => {
      ids += 1;
      return `id${String(ids).padStart(4, '0')}`;
    },
    log: createLogger({ level: 'error' }),
    directory: {
      self: async () => ({ userId: 'U0BOT', botId: 'B0BOT', teamId: 'T0HOME' }),
      person: async () => ({ ...sam, ...plain }),
    },
    settings: { managerChannel: 'C0MANAGERS', homeTeams: [] },
  } as unknown as Desk;
}
