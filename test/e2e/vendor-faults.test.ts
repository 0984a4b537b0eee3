import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CallFault } from '../../src/local/faults.ts';
import type { Frame } from '../../src/local/frames.ts';
import { createTestBot, type TestBot } from '../helpers/bot.ts';
import { decisionsOn, demandRefund, toldInThread } from '../helpers/refund.ts';
import { botPosts, botReplies, shownText, sourceLinks, waitForReplies } from '../helpers/slack-message.ts';

const QUESTION = 'How do I cancel our subscription?';

let t: TestBot;

beforeAll(async () => {
  t = await createTestBot();
});

afterEach(() => t.server.faults.clear());
afterAll(() => t.stop());

const ask = (channel: string) => ({ channel, ts: t.server.as('U0ALICE').says(channel, QUESTION) });

const callsTo = (method: string, channel: string): Frame[] =>
  t.server.frames
    .all()
    .filter(({ name, body }) => name === method && (body as { channel?: string }).channel === channel);

const spoil = (channel: string, fault: CallFault, times = 1) =>
  t.server.faults.onCall('chat.postMessage', fault, { times, when: (args) => args.channel === channel });

describe('a post that Slack refuses for a while', () => {
  test('by 429 is made once the time is over, never before, and other channels do not wait', async () => {
    const [slow, quick] = [t.newRoom(), t.newRoom()];
    spoil(slow, { type: 'rate-limited', retryAfterSeconds: 2 });
    const limited = ask(slow);
    const other = ask(quick);
    await waitForReplies(t.server, quick, other.ts);
    expect(botReplies(t.server, slow, limited.ts)).toEqual([]);
    await t.settled();
    const [refused, made, ...more] = callsTo('chat.postMessage', slow);
    expect(Number(made?.at) - Number(refused?.at)).toBeGreaterThanOrEqual(2_000);
    expect(more).toEqual([]);
    expect(botReplies(t.server, slow, limited.ts)).toHaveLength(1);
  });

  test('as an edit of a card by 429 is made later, and the customer is told at once', async () => {
    const demand = await demandRefund(t);
    t.server.faults.onCall('chat.update', { type: 'rate-limited', retryAfterSeconds: 1 });
    t.server.as('U0MAYA').reacts(demand.card.channel, demand.card.ts, 'white_check_mark');
    await t.settled();
    const edits = t.server.frames.all().filter(({ name }) => name === 'chat.update');
    expect(edits).toHaveLength(2);
    expect(Number(edits[1]?.at) - Number(edits[0]?.at)).toBeGreaterThanOrEqual(1_000);
    expect(toldInThread(t, demand)).toHaveLength(1);
    expect(await decisionsOn(t, demand)).toHaveLength(1);
  });
});

describe('a reply stands in its thread exactly once', () => {
  const failures: [string, CallFault, number][] = [
    ['Slack’s answer to the post is lost', { type: 'dropped-after-processing' }, 1],
    ['the connection breaks before the post', { type: 'dropped' }, 1],
    ['Slack answers with status 503', { type: 'status', status: 503 }, 1],
    ['Slack answers with a page of HTML', { type: 'html' }, 1],
    ['Slack has an internal error', { type: 'error', error: 'internal_error' }, 1],
  ];

  // Side by side, because each takes the time a post needs to become visible.
  test(`when ${failures.map(([when]) => when).join(', or ')}`, async () => {
    t.server.faults.hideNewPosts(1_000);
    const asked = failures.map(([when, fault, times]) => {
      const channel = t.newRoom();
      spoil(channel, fault, times);
      return { when, ...ask(channel) };
    });
    await t.settled(15_000);
    const counts = asked.map(({ when, channel, ts }) => [when, botReplies(t.server, channel, ts).length]);
    expect(counts).toEqual(failures.map(([when]) => [when, 1]));
    const [lost, broken] = asked;
    expect(callsTo('chat.postMessage', lost?.channel ?? '')).toHaveLength(1);
    expect(callsTo('conversations.replies', lost?.channel ?? '')).not.toEqual([]);
    expect(callsTo('chat.postMessage', broken?.channel ?? '')).toHaveLength(2);
  });

  test('and the card once, when Slack’s answer to it is lost; a decision on it counts', async () => {
    t.clock.advance(10_000);
    spoil('C0MANAGERS', { type: 'dropped-after-processing' });
    const demand = await demandRefund(t);
    expect(botPosts(t.server, 'C0MANAGERS').filter(({ ts }) => ts === demand.card.ts)).toHaveLength(1);
    expect(callsTo('conversations.history', 'C0MANAGERS')).not.toEqual([]);
    t.server.as('U0MAYA').reacts(demand.card.channel, demand.card.ts, 'x');
    await t.settled();
    expect(await decisionsOn(t, demand)).toEqual([{ verdict: 'denied', by: 'U0MAYA', via: 'reaction' }]);
  });
});

test('an answer whose layout Slack refuses arrives as plain words', async () => {
  const channel = t.newRoom();
  spoil(channel, { type: 'error', error: 'invalid_blocks' });
  const { ts } = ask(channel);
  await t.settled();
  const replies = botReplies(t.server, channel, ts);
  expect(replies).toHaveLength(1);
  expect(replies[0]?.blocks).toBeUndefined();
  expect(replies[0]?.text).toMatch(/cancel/i);
});

test('a message that Slack refuses for good is told to staff with the reason and the remedy', async () => {
  const channel = t.newRoom();
  spoil(channel, { type: 'error', error: 'not_in_channel' });
  const { ts } = ask(channel);
  await t.settled();
  expect(botReplies(t.server, channel, ts)).toEqual([]);
  const told = botPosts(t.server, 'C0MANAGERS').at(-1);
  expect(told && shownText(told)).toMatch(new RegExp(`${channel}.*not_in_channel.*Invite me`));
});

test('a question asked while both sockets are broken is answered once when they are back', async () => {
  t.server.faults.severAll();
  const { channel, ts } = ask(t.newRoom());
  await waitForReplies(t.server, channel, ts, 1, 12_000);
  await t.settled();
  expect(t.server.sockets()).toBe(2);
  expect(botReplies(t.server, channel, ts)).toHaveLength(1);
});

test('when answering fails, the customer gets a calm line with a reference, and staff get the reason', async () => {
  const index = join(t.dataDir, 'index', readdirSync(join(t.dataDir, 'index'))[0] ?? '');
  renameSync(index, `${index}-away`);
  const channel = t.newRoom();
  const { ts } = ask(channel);
  const [line] = await untilReplied(channel, ts);
  renameSync(`${index}-away`, index);
  await t.settled();
  const reference = /Reference: (\w+)/.exec(line ?? '')?.[1];
  expect(line).toMatch(/could not answer this just now.*colleague/);
  expect(line).not.toMatch(/index|database|error/i);
  const told = botPosts(t.server, 'C0MANAGERS')
    .map(shownText)
    .filter((text) => text.includes(String(reference)));
  expect(told).toEqual([expect.stringMatching(/no knowledge index yet[\s\S]*reindex/)]);
  expect(told[0]).toContain(QUESTION);
  expect(t.logged).toContainEqual(
    expect.objectContaining({ level: 'error', message: 'an item was given up' }),
  );
  const next = ask(t.newRoom());
  const [answer] = await waitForReplies(t.server, next.channel, next.ts);
  expect(answer && sourceLinks(answer)).not.toEqual([]);
});

/** Moves the clock through the retries; the Home tab that is opened makes the bot look at it. */
async function untilReplied(channel: string, ts: string): Promise<string[]> {
  for (let step = 0; step < 100; step += 1) {
    const replies = botReplies(t.server, channel, ts);
    if (replies.length > 0) return replies.map(shownText);
    t.clock.advance(1_000);
    t.server.as('U0ALICE').opensHome();
    await sleep(50);
  }
  throw new Error('Nobody was told anything.');
}
