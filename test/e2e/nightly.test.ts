import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestBot, type TestBot } from '../helpers/bot.ts';
import { botPosts, shownText } from '../helpers/slack-message.ts';

let folder: string;
let t: TestBot;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-nightly-'));
  writeFileSync(join(folder, 'plans.md'), '# Plans\n\nThere are two plans, Hobby and Pro.\n');
  writeFileSync(join(folder, 'broken.md'), Buffer.from([0xff, 0xfe, 0x00, 0xd8]));
  t = await createTestBot({ env: { KNOWLEDGE: folder, REINDEX_CRON: '*/2 * * * * *' } });
});

afterAll(async () => {
  await t.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('staff hear of a page that the nightly re-index left out while nobody says anything', async () => {
  const told = await t.server.waitFor(() => {
    const [post] = botPosts(t.server, 'C0MANAGERS');
    return post !== undefined && shownText(post);
  }, 8_000);
  expect(told).toMatch(/nightly re-index left out 1 pages: .*broken\.md \(/);
});
