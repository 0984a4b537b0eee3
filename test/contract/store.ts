import { describe, onTestFinished } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import type { Database } from '../../src/store/schema.ts';
import { describeAnswers } from './store/answers.ts';
import { describeAudit } from './store/audit.ts';
import { describeCitations } from './store/citations.ts';
import { describeEscalations } from './store/escalations.ts';
import { describeInbox } from './store/inbox.ts';
import { describeJobRuns } from './store/job-runs.ts';
import { describeMigrations } from './store/migrations.ts';
import { describeOutbox } from './store/outbox.ts';
import { describeSettledThreads } from './store/settled-threads.ts';
import { describeThreads } from './store/threads.ts';

/** What every database has to do for the store. `create` gives an empty one that nobody else uses. */
export function describeStore(name: string, create: () => Promise<Database>): void {
  const createClosed = async () => {
    const db = await create();
    onTestFinished(() => db.destroy());
    return db;
  };
  const open = async () => {
    const db = await createClosed();
    await migrate(db);
    return db;
  };
  describe(`the store on ${name}`, () => {
    describe('migrations', () => describeMigrations(createClosed));
    describe('inbox', () => describeInbox(open));
    describe('outbox', () => describeOutbox(open));
    describe('threads', () => describeThreads(open));
    describe('settled threads', () => describeSettledThreads(open));
    describe('answers and feedback', () => describeAnswers(open));
    describe('citations and recalls', () => describeCitations(open));
    describe('escalations', () => describeEscalations(open));
    describe('audit', () => describeAudit(open));
    describe('job runs', () => describeJobRuns(open));
  });
}
