import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestBot, type TestBot } from '../helpers/bot.ts';
import {
  botPosts,
  botReplies,
  eventIds,
  shownText,
  sourceLinks,
  timesDelivered,
  waitForReplies,
} from '../helpers/slack-message.ts';
import { ROOT } from '../helpers/source-facts.ts';

const QUESTION = 'How do I cancel our subscription?';
const OFF_TOPIC = 'Which restaurant near your office is good for a team dinner?';
const STAFF = 'C0STAFF';
/** Short, so that a lost acknowledgement is followed by its redelivery within the test. */
const ACK_TIMEOUT_MS = 400;

let t: TestBot;

beforeAll(async () => {
  t = await createTestBot({
    env: { STAFF_CHANNEL: STAFF },
    server: { ackTimeoutMs: ACK_TIMEOUT_MS },
    arrange: (server) => server.addChannel({ id: STAFF, members: ['U0SAM', 'U0MAYA', 'U0BOT'] }),
  });
});

afterAll(() => t.stop());

const ask = (text: string, channel = t.newRoom(), threadTs?: string) => {
  const more = threadTs === undefined ? {} : { threadTs };
  return { channel, ts: t.server.as('U0ALICE').says(channel, text, more) };
};

const repliesTo = ({ channel, ts }: { channel: string; ts: string }) => botReplies(t.server, channel, ts);

describe('a question', () => {
  test('is answered in its thread within two seconds, with links to pages of the knowledge base', async () => {
    const { channel, ts } = ask(QUESTION);
    const [answer] = await waitForReplies(t.server, channel, ts);
    const posted = t.server.frames.all().find(({ name, body }) => {
      return name === 'chat.postMessage' && (body as { thread_ts?: string }).thread_ts === ts;
    });
    const links = answer ? sourceLinks(answer) : [];
    expect(links).toContain('https://help.tidemark.example/billing/cancel-subscription');
    expect(links.filter((link) => !knownPages().has(link))).toEqual([]);
    expect(answer?.threadTs).toBe(ts);
    expect(Number(posted?.at) - Number(ts) * 1_000).toBeLessThan(2_000);
    await t.settled();
    expect(repliesTo({ channel, ts })).toHaveLength(1);
    expect(botPosts(t.server, channel)).toEqual([]);
  });

  test('off the subject gets one reply that says so, and staff get the question with a link to the thread', async () => {
    const { channel, ts } = ask(OFF_TOPIC);
    await t.settled();
    const replies = repliesTo({ channel, ts });
    expect(replies.map(shownText)).toEqual([expect.stringMatching(/could not find this.*colleague/s)]);
    const permalink = `/archives/${channel}/p${ts.replace('.', '')}`;
    const handovers = botPosts(t.server, STAFF).filter((post) => shownText(post).includes(permalink));
    expect(handovers.map(shownText)).toEqual([expect.stringContaining(OFF_TOPIC)]);
    expect(shownText(handovers[0] ?? expect.fail())).toContain(`<#${channel}>`);
    expect(botPosts(t.server, 'C0MANAGERS')).toEqual([]);
  });

  test('asked in words that Slack would read as markup reaches staff as it was typed', async () => {
    const { channel, ts } = ask(
      'Is <!channel> & *the* `weather` <http://evil.example|nice> in Paris tomorrow?',
    );
    await t.settled();
    const permalink = `/archives/${channel}/p${ts.replace('.', '')}`;
    const handover = botPosts(t.server, STAFF).find((post) => shownText(post).includes(permalink));
    expect(handover && shownText(handover)).toContain('Is <!channel> & *the* `weather`');
    expect(JSON.stringify(handover?.blocks)).not.toContain('"type":"broadcast"');
  });

  test('whose message and app_mention arrive in either order, each four times, gets one reply', async () => {
    for (const isReversed of [false, true]) {
      const channel = t.newRoom();
      t.server.faults.dropAcks(1_000);
      if (isReversed) t.server.faults.reorderEvents(2);
      const { ts } = ask(`@countersign ${QUESTION}`, channel);
      const ids = await t.server.waitFor(() => {
        const found = eventIds(t.server, ts);
        return found.length === 2 && found.every((id) => timesDelivered(t.server, id) === 4) && found;
      });
      t.server.faults.clear();
      await t.settled();
      expect(namesInOrder(ids)).toEqual(isReversed ? ['app_mention', 'message'] : ['message', 'app_mention']);
      expect(repliesTo({ channel, ts })).toHaveLength(1);
      expect(await countInbox(`message:${channel}:${ts}`)).toBe(1);
    }
  });

  test('delivered again after its answer, under the old event id and under a new one, stays at one reply', async () => {
    const { channel, ts } = ask(QUESTION);
    await waitForReplies(t.server, channel, ts);
    const [id = ''] = eventIds(t.server, ts);
    const first = t.server.frames.all().find(({ body }) => JSON.stringify(body).includes(id));
    const { payload } = (first ?? expect.fail()).body as { payload: { event: { type: string } } };
    t.server.sendEvent(payload.event);
    t.server.faults.redeliverLast();
    await t.settled();
    expect(eventIds(t.server, ts)).toHaveLength(2);
    expect(repliesTo({ channel, ts })).toHaveLength(1);
  });
});

describe('no reply goes to', () => {
  test.each([
    ['thanks', 'thanks!'],
    ['a greeting', 'Good morning everyone 👋'],
    ['an announcement', 'FYI: our office is closed on Monday.'],
    ['a message that mentions a person', '@Sam Okafor how do I cancel our subscription?'],
    ['a message that begins with the first name of a member', 'Arun, how do we cancel our subscription?'],
    ['a greeting by the first name of a member', 'Hi Sam, how do I cancel our subscription?'],
  ])('%s', async (_what, text) => {
    const asked = ask(text);
    await t.settled();
    expect(await stateInInbox(asked)).toBe('done');
    expect(repliesTo(asked)).toEqual([]);
    expect(JSON.stringify(botPosts(t.server, STAFF))).not.toContain(asked.channel);
  });

  test('another bot', async () => {
    const channel = t.newRoom();
    t.server.join(channel, 'U0CIBOT');
    const ts = t.server.as('U0CIBOT').says(channel, QUESTION);
    await t.settled();
    expect(repliesTo({ channel, ts })).toEqual([]);
  });

  test('a member of the staff, also when an integration posts in their name', async () => {
    const channel = t.newRoom();
    const first = t.server.as('U0SAM').says(channel, QUESTION);
    const second = t.server.as('U0SAM').says(channel, QUESTION, { viaApp: 'B0CIBOT' });
    await t.settled();
    expect([...repliesTo({ channel, ts: first }), ...repliesTo({ channel, ts: second })]).toEqual([]);
  });

  test('a question in a channel that is not a customer channel', async () => {
    const { id } = t.server.addChannel({ id: 'C0OTHER', members: ['U0ALICE', 'U0BOT'] });
    const asked = ask(QUESTION, id);
    await t.settled();
    expect(repliesTo(asked)).toEqual([]);
  });
});

describe('in a thread where staff spoke', () => {
  const startThread = async () => {
    const asked = ask('Sam, are you there?');
    const sam = (text: string) => t.server.as('U0SAM').says(asked.channel, text, { threadTs: asked.ts });
    const alice = (text: string) => ask(text, asked.channel, asked.ts);
    sam('I have a look at it.');
    alice(QUESTION);
    await t.settled();
    expect(repliesTo(asked)).toEqual([]);
    return { asked, sam, alice };
  };

  test('the bot stays silent until they give it back', async () => {
    const { asked, sam, alice } = await startThread();
    sam('back to you');
    await t.settled();
    expect(repliesTo(asked)).toEqual([]);
    alice(QUESTION);
    await t.settled();
    expect(repliesTo(asked)).toHaveLength(1);
  });

  test('the bot answers when it is mentioned, but not when the mention stands in a quote', async () => {
    const { asked, alice } = await startThread();
    alice(`> @countersign ${QUESTION}\nThis is what I asked before.`);
    await t.settled();
    expect(repliesTo(asked)).toEqual([]);
    alice(`@countersign ${QUESTION}`);
    await t.settled();
    expect(repliesTo(asked)).toHaveLength(1);
  });

  test('the bot answers again when their hold is over', async () => {
    const { asked, alice } = await startThread();
    t.clock.advance(61 * 60_000);
    alice(QUESTION);
    await t.settled();
    expect(repliesTo(asked)).toHaveLength(1);
  });
});

test('after a hand-over the thread belongs to a person', async () => {
  const asked = ask(OFF_TOPIC);
  await t.settled();
  ask(QUESTION, asked.channel, asked.ts);
  await t.settled();
  expect(repliesTo(asked)).toHaveLength(1);
});

test('a press on Helpful or Not helpful is kept, the last one of a person counts', async () => {
  const { channel, ts } = ask(QUESTION);
  const [answer] = await waitForReplies(t.server, channel, ts);
  const press = async (value: string) =>
    t.server.as('U0ALICE').clicks(channel, answer?.ts ?? '', 'answer.feedback', { value });
  const id = /yes:(\w+)/.exec(JSON.stringify(answer?.blocks))?.[1];
  await press(`yes:${id}`);
  await t.settled();
  expect((await press(`no:${id}`)).acked).toBe(true);
  await t.settled();
  const kept = await t.db.selectFrom('feedback').selectAll().where('answer_id', '=', String(id)).execute();
  expect(kept).toMatchObject([{ user: 'U0ALICE', helpful: 0 }]);
});

function knownPages(): Set<string> {
  const folder = join(ROOT, 'knowledge');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  const urls = files.map((name) => /^url: (.+)$/m.exec(readFileSync(join(folder, name), 'utf8'))?.[1] ?? '');
  return new Set(urls);
}

function namesInOrder(ids: string[]): string[] {
  const frames = t.server.frames.all().filter(({ direction }) => direction === 'to-bot');
  return ids.map((id) => frames.find(({ body }) => JSON.stringify(body).includes(id))?.name ?? '');
}

async function countInbox(subject: string): Promise<number> {
  return (await t.db.selectFrom('inbox').select('id').where('subject', '=', subject).execute()).length;
}

async function stateInInbox({ channel, ts }: { channel: string; ts: string }): Promise<string | undefined> {
  const subject = `message:${channel}:${ts}`;
  const row = await t.db
    .selectFrom('inbox')
    .select('state')
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.state;
}
