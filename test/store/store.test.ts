import { createSqlite } from '../../src/adapters/sqlite.ts';
import { describeStore } from '../contract/store.ts';

describeStore('SQLite', async () => createSqlite({ file: ':memory:' }));
