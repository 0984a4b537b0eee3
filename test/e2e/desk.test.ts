import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestBot, type TestBot } from '../helpers/bot.ts';
import { demandRefund } from '../helpers/refund.ts';
import { botPosts, shownText } from '../helpers/slack-message.ts';
import { ROOT } from '../helpers/source-facts.ts';

let t: TestBot;
let knowledge: string;

beforeAll(async () => {
  knowledge = mkdtempSync(join(tmpdir(), 'countersign-knowledge-'));
  for (const folder of ['billing', 'reliability']) {
    cpSync(join(ROOT, 'knowledge', folder), join(knowledge, folder), { recursive: true });
  }
  t = await createTestBot({ env: { KNOWLEDGE: knowledge } });
});

afterAll(async () => {
  await t.stop();
  rmSync(knowledge, { recursive: true, force: true });
});

const reindex = async (user: string, channel: string, words = '') => {
  t.clock.advance(10_000);
  const answer = await t.server.as(user).runs(channel, '/reindex', words);
  await t.settled();
  return answer;
};

const editsOf = (ts: string | undefined) =>
  t.server.frames
    .all()
    .filter(({ name, body }) => name === 'chat.update' && (body as { ts?: string }).ts === ts);

describe('/reindex', () => {
  test('by staff is answered in private at once and shows one message that ends as the result', async () => {
    writeFileSync(join(knowledge, 'new.md'), '# Parrots\n\nA parrot may sit on the shoulder during calls.\n');
    writeFileSync(join(knowledge, 'billing', 'proration.md'), '# Proration\n\nDays are counted exactly.\n');
    writeFileSync(join(knowledge, 'picture.md'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0xff]));
    rmSync(join(knowledge, 'reliability', 'sla.md'));
    const before = t.server.ephemerals('U0SAM').length;
    const answer = await reindex('U0SAM', 'C0MANAGERS');
    expect(answer.acked).toBe(true);
    const told = t.server.ephemerals('U0SAM').slice(before);
    expect(told.map(shownText)).toEqual([expect.stringMatching(/Re-indexing now.*here/)]);
    const posts = botPosts(t.server, 'C0MANAGERS').filter((post) => /re-?index/i.test(post.text));
    expect(posts).toHaveLength(1);
    const result = shownText(posts[0] ?? expect.fail());
    expect(result).toMatch(/Re-indexed/);
    expect(result).toMatch(
      /\*Pages\* \d+ · \*Added\* 1 · \*Changed\* 1 · \*Removed\* 1 · \*Unchanged\* \d+ · \*Failed\* 1/,
    );
    expect(result).toContain('picture.md');
    expect(editsOf(posts[0]?.ts).length).toBeGreaterThan(0);
  });

  test('makes what was written just now answerable', async () => {
    writeFileSync(
      join(knowledge, 'otter.md'),
      '# Otters\n\nAn otter may hold the microphone during webinars.\n',
    );
    await reindex('U0MAYA', 'C0MANAGERS');
    const channel = t.newRoom();
    const ts = t.server.as('U0ALICE').says(channel, 'May an otter hold the microphone during webinars?');
    await t.settled();
    expect(t.server.thread(channel, ts).map(shownText).join()).toContain('An otter may hold the microphone');
  });

  test('in another channel than the manager channel reports in a direct message', async () => {
    await reindex('U0SAM', 'C0ACME');
    const told = t.server.ephemerals('U0SAM').at(-1);
    expect(told && shownText(told)).toMatch(/Re-indexing now.*direct messages/);
    expect(told?.channel).toBe('C0ACME');
    expect(botPosts(t.server, 'C0ACME')).toEqual([]);
    const direct = [...t.server.workspace.channels.values()].find(
      ({ isIm, members }) => isIm && members.includes('U0SAM') && members.includes('U0BOT'),
    );
    const posts = botPosts(t.server, String(direct?.id));
    expect(posts.map(shownText)).toEqual([expect.stringMatching(/Re-indexed/)]);
  });

  test('by somebody who is not staff is refused and changes nothing', async () => {
    const posts = botPosts(t.server, 'C0MANAGERS').length;
    const answer = await reindex('U0GUEST', 'C0MANAGERS');
    expect(answer.acked).toBe(true);
    expect(t.server.ephemerals('U0GUEST').map(shownText)).toEqual([
      expect.stringContaining('Only staff can re-index'),
    ]);
    expect(botPosts(t.server, 'C0MANAGERS')).toHaveLength(posts);
  });

  test('that fails says why in the same message, and the former index serves on', async () => {
    const gone = `${knowledge}-away`;
    cpSync(knowledge, gone, { recursive: true });
    for (const folder of ['billing', 'reliability']) rmSync(join(knowledge, folder), { recursive: true });
    await reindex('U0SAM', 'C0MANAGERS');
    const post = botPosts(t.server, 'C0MANAGERS').at(-1);
    expect(post && shownText(post)).toMatch(
      /Re-indexing failed; the former index still serves[\s\S]*are gone from the sources/,
    );
    mkdirSync(knowledge, { recursive: true });
    cpSync(gone, knowledge, { recursive: true });
    rmSync(gone, { recursive: true });
    const channel = t.newRoom();
    const ts = t.server.as('U0ALICE').says(channel, 'How do I cancel our subscription?');
    await t.settled();
    expect(t.server.thread(channel, ts).map(shownText).join()).toContain('billing/cancel-subscription');
  });

  test('dry-run says what would change, changes nothing and comes from no release', async () => {
    const before = await t.db.selectFrom('job_runs').select('slot').execute();
    writeFileSync(join(knowledge, 'newt.md'), '# Newts\n\nNewts sign contracts at dusk.\n');
    await reindex('U0SAM', 'C0MANAGERS', 'dry-run');
    const post = botPosts(t.server, 'C0MANAGERS').at(-1);
    expect(post && shownText(post)).toMatch(/Dry run: nothing was changed[\s\S]*\*Added\* 1/);
    expect(await t.db.selectFrom('job_runs').select('slot').execute()).toEqual(before);
  });

  test('rollback serves the version before, the schedule waits, and status says so until the next /reindex', async () => {
    await reindex('U0SAM', 'C0MANAGERS');
    const status = async () => {
      await reindex('U0MAYA', 'C0ACME', 'status');
      const told = t.server.ephemerals('U0MAYA').at(-1);
      return told ? shownText(told) : '';
    };
    expect(await status()).toMatch(/\*Serves\* \w+[\s\S]*\*Last run\* .*from Slack .*released, \d+ pages/);
    await reindex('U0SAM', 'C0MANAGERS', 'rollback');
    const post = botPosts(t.server, 'C0MANAGERS').at(-1);
    expect(post && shownText(post)).toMatch(/Rolled back[\s\S]*\*Serves now\*/);
    const channel = t.newRoom();
    const ts = t.server.as('U0ALICE').says(channel, 'When do newts sign contracts?');
    await t.settled();
    expect(t.server.thread(channel, ts).map(shownText).join()).not.toContain('at dusk');
    expect(await status()).toMatch(/rolled back, from[\s\S]*Runs of the schedule wait/);
    await reindex('U0SAM', 'C0MANAGERS');
    expect(await status()).not.toContain('Runs of the schedule wait');
  });

  test('given twice at once runs to an end both times, and both say how it ended', async () => {
    const before = botPosts(t.server, 'C0MANAGERS').length;
    t.clock.advance(10_000);
    writeFileSync(join(knowledge, 'heron.md'), '# Herons\n\nHerons stand still.\n');
    await Promise.all([
      t.server.as('U0SAM').runs('C0MANAGERS', '/reindex'),
      t.server.as('U0MAYA').runs('C0MANAGERS', '/reindex'),
    ]);
    await t.settled();
    const posts = botPosts(t.server, 'C0MANAGERS').slice(before).map(shownText);
    expect(posts).toHaveLength(2);
    for (const post of posts) expect(post).toMatch(/Re-indexed|Re-indexing failed/);
  });
});

describe('the Home tab', () => {
  const home = async (user: string) => {
    t.server.as(user).opensHome();
    await t.settled();
    return JSON.stringify(t.server.home(user)?.blocks);
  };

  test('shows staff the figures of the desk and what waits for a decision', async () => {
    const { ts } = await demandRefund(t, 'C0ACME');
    const shown = await home('U0MAYA');
    expect(shown).toMatch(/\*Refund requests\*\\n[1-9]/);
    expect(shown).toMatch(/\*Questions\*\\n[1-9]/);
    expect(shown).toMatch(/\*Pages\*\\n\d+/);
    expect(shown).toContain(`p${ts.replace('.', '')}`);
  });

  test.each(['U0ALICE', 'U0GUEST'])(
    'shows %s, who is not staff, the help page and no figure',
    async (user) => {
      const shown = await home(user);
      expect(shown).toContain('Hello, I am Countersign');
      expect(shown).not.toMatch(/Refund request|24 hours/);
    },
  );
});

describe('when the bot is added to a channel', () => {
  test('staff are told what it will do there, and the channel is not bothered', async () => {
    t.server.join('C0GENERAL', 'U0BOT', 'U0MAYA');
    await t.settled();
    const told = botPosts(t.server, 'C0MANAGERS').at(-1);
    expect(told && shownText(told)).toMatch(/added to #general.*not in CUSTOMER_CHANNELS.*C0GENERAL/);
    expect(botPosts(t.server, 'C0GENERAL')).toEqual([]);
  });

  test('staff are not told of anybody else who joins', async () => {
    const before = botPosts(t.server, 'C0MANAGERS').length;
    t.server.join('C0GENERAL', 'U0GUEST', 'U0MAYA');
    await t.settled();
    expect(botPosts(t.server, 'C0MANAGERS')).toHaveLength(before);
  });
});
