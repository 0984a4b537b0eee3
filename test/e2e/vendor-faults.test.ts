import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { CallFault } from '../../src/local/faults.ts';
import type { Frame } from '../../src/local/frames.ts';
import { findBreak } from '../../src/store/audit.ts';
import { createTestBot, type TestBot } from '../helpers/bot.ts';
import { cardsOf, DEMAND, decisionsOn, demandRefund, toldInThread } from '../helpers/refund.ts';
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

test('a member whom Slack does not show costs nobody the answer', async () => {
  // What is known of people is remembered for ten minutes.
  t.clock.advance(10 * 60_000);
  const hidden = { type: 'error', error: 'user_not_visible' } as const;
  t.server.faults.onCall('users.info', hidden, { times: 9, when: ({ user }) => user === 'U0ARUN' });
  const { channel, ts } = ask(t.newRoom());
  const [answer] = await waitForReplies(t.server, channel, ts);
  expect(answer && sourceLinks(answer)).not.toEqual([]);
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
  t.server.as('U0ALICE').says(channel, 'How do I cancel it, then?', { threadTs: ts });
  await t.settled();
  // A colleague has the thread now.
  expect(botReplies(t.server, channel, ts)).toHaveLength(1);
  const reference = /Reference: (\w+)/.exec(line ?? '')?.[1];
  expect(line).toMatch(/could not answer this just now.*colleague/);
  expect(line).not.toMatch(/index|database|error/i);
  const told = botPosts(t.server, 'C0MANAGERS')
    .map(shownText)
    .filter((text) => text.includes(String(reference)));
  expect(told).toEqual([expect.stringMatching(/no knowledge index yet[\s\S]*reindex/)]);
  expect(told[0]).toContain(QUESTION);
  expect(told[0]).toContain(`/archives/${channel}/p${ts.replace('.', '')}`);
  expect(t.logged).toContainEqual(
    expect.objectContaining({ level: 'error', message: 'an item was given up' }),
  );
  const next = ask(t.newRoom());
  const [answer] = await waitForReplies(t.server, next.channel, next.ts);
  expect(answer && sourceLinks(answer)).not.toEqual([]);
});

describe('while Slack does not say who the author of a message is', () => {
  const hide = (user: string) => {
    // What is known of people is remembered for ten minutes; staff are told once an hour, so an hour begins here.
    t.clock.advance(3_600_000 - (t.clock.now() % 3_600_000) + 10 * 60_000);
    const fault = { type: 'error', error: 'internal_error' } as const;
    t.server.faults.onCall('users.info', fault, { times: 99, when: (args) => args.user === user });
  };
  const givenUp = () => t.logged.filter(({ message }) => message === 'an item was given up').length;
  const says = async (user: string, channel: string, text: string, threadTs?: string) => {
    const before = givenUp();
    const ts = t.server.as(user).says(channel, text, threadTs === undefined ? {} : { threadTs });
    await until(() => givenUp() > before);
    await t.settled();
    return ts;
  };
  const toldOf = (channel: string) =>
    botPosts(t.server, 'C0MANAGERS')
      .map(shownText)
      .filter((text) => text.includes(channel));

  test('the bot does not talk over staff, who are told once an hour', async () => {
    const { channel, ts } = ask(t.newRoom());
    await t.settled();
    hide('U0SAM');
    await says('U0SAM', channel, 'I look into this, Alice.', ts);
    const own = await says('U0SAM', channel, 'Shall we move the call to ten?');
    expect(botReplies(t.server, channel, ts)).toHaveLength(1);
    expect(botReplies(t.server, channel, own)).toEqual([]);
    expect(toldOf(channel)).toEqual([expect.stringMatching(/who wrote a message.*said nothing/)]);
  });

  test('a customer known from before gets the calm line, unless a person has the thread', async () => {
    const channel = t.newRoom();
    const taken = t.server.as('U0ALICE').says(channel, '@sam good morning');
    await t.settled();
    hide('U0ALICE');
    t.server.as('U0SAM').says(channel, 'Good morning, I am on it.', { threadTs: taken });
    await t.settled();
    await says('U0ALICE', channel, 'How long will it take?', taken);
    const toSam = await says('U0ALICE', channel, '@sam How long will it take?');
    const free = await says('U0ALICE', channel, QUESTION);
    expect(botReplies(t.server, channel, taken)).toEqual([]);
    expect(botReplies(t.server, channel, toSam)).toEqual([]);
    expect(botReplies(t.server, channel, free).map(shownText)).toEqual([
      expect.stringMatching(/could not answer this just now/),
    ]);
  });

  test('a person never heard before gets no line, and staff are told', async () => {
    const channel = t.newRoom();
    hide('U0ARUN');
    const ts = await says('U0ARUN', channel, QUESTION);
    expect(botReplies(t.server, channel, ts)).toEqual([]);
    expect(toldOf(channel)).toHaveLength(1);
  });
});

describe('when Slack gives no link to the thread', () => {
  const askOnce = async (text: string) => {
    t.clock.advance(10_000);
    const channel = t.newRoom();
    const fault = { type: 'error', error: 'internal_error' } as const;
    t.server.faults.onCall('chat.getPermalink', fault, {
      times: 9,
      when: (args) => args.channel === channel,
    });
    const before = t.logged.length;
    const ts = t.server.as('U0ALICE').says(channel, text);
    await t.settled();
    expect(t.logged.slice(before).filter(({ message }) => /^an item/.test(message))).toEqual([]);
    expect(botReplies(t.server, channel, ts)).toHaveLength(1);
    expect(callsTo('chat.getPermalink', channel)).toHaveLength(1);
    return shownText(botPosts(t.server, 'C0MANAGERS').at(-1) ?? expect.fail());
  };

  test('a hand-over is made all the same, at the first try, and says so', async () => {
    const told = await askOnce('Which restaurant near your office is good for a team dinner?');
    expect(told).toMatch(/A customer needs a person[\s\S]*link to the thread is not available/);
  });

  test('a refund card comes all the same, at the first try, and says so', async () => {
    expect(await askOnce(DEMAND)).toMatch(/\*Thread\*\nnot available/);
  });
});

describe('a refund card that cannot be shown because the bot was removed from the manager channel', () => {
  const UNDELIVERED = expect.stringMatching(
    /^I could not pass your request on just now\. Please ask your contact/,
  );
  let own: TestBot;

  beforeAll(async () => {
    own = await createTestBot({
      env: { STAFF_CHANNEL: 'C0STAFF' },
      arrange: (server) => {
        server.addChannel({ id: 'C0STAFF', name: 'staff', members: ['U0SAM', 'U0BOT'] });
        server.leave('C0MANAGERS', 'U0BOT');
      },
    });
  });
  afterAll(() => own.stop());

  const demandOf = async (channel: string, threadTs?: string) => {
    const ts = own.server.as('U0ALICE').says(channel, DEMAND, threadTs === undefined ? {} : { threadTs });
    await own.settled();
    return ts;
  };
  const escalationsIn = (channel: string) =>
    own.db.selectFrom('escalations').select(['id', 'state']).where('channel', '=', channel).execute();

  test('is told to the customer, to staff elsewhere, to the operator and to the audit', async () => {
    const channel = own.newRoom();
    const ts = await demandOf(channel);
    const replies = botReplies(own.server, channel, ts).map(shownText);
    expect(replies).toEqual([expect.stringMatching(/passed your refund request/), UNDELIVERED]);
    const [escalation, ...more] = await escalationsIn(channel);
    expect([escalation?.state, more]).toEqual(['superseded', []]);
    const audit = await own.db
      .selectFrom('audit')
      .select('action')
      .where('subject', '=', String(escalation?.id))
      .orderBy('seq')
      .execute();
    expect(audit.map(({ action }) => action)).toEqual(['refund.opened', 'refund.undelivered']);
    expect(await findBreak(own.db)).toBeUndefined();
    expect(own.logged).toContainEqual(
      expect.objectContaining({
        level: 'error',
        escalation: escalation?.id,
        remedy: expect.stringMatching(/Invite the bot to MANAGER_CHANNEL \(C0MANAGERS\)/),
      }),
    );
    expect(botPosts(own.server, 'C0STAFF').map(shownText)).toEqual([
      expect.stringMatching(
        new RegExp(`refund request.*${channel}.*C0MANAGERS.*Invite the bot to MANAGER_CHANNEL`),
      ),
    ]);
  });

  test('leaves the thread free: a question is answered, and a new demand comes to a card', async () => {
    const channel = own.newRoom();
    const ts = await demandOf(channel);
    own.server.as('U0ALICE').says(channel, QUESTION, { threadTs: ts });
    await own.settled();
    expect(botReplies(own.server, channel, ts).map(shownText)).toEqual([
      expect.anything(),
      UNDELIVERED,
      expect.stringMatching(/cancel/i),
    ]);
    own.server.join('C0MANAGERS', 'U0BOT', 'U0MAYA');
    const again = await demandOf(channel, ts);
    expect((await escalationsIn(channel)).map(({ state }) => state).sort()).toEqual(['open', 'superseded']);
    expect(cardsOf(own, channel, again)).toHaveLength(1);
  });

  test('is told to the customer also where staff have no other channel', async () => {
    spoil('C0MANAGERS', { type: 'error', error: 'not_in_channel' }, 9);
    const channel = t.newRoom();
    const before = botPosts(t.server, 'C0MANAGERS').length;
    const ts = t.server.as('U0ALICE').says(channel, DEMAND);
    await t.settled();
    expect(botReplies(t.server, channel, ts).map(shownText)).toEqual([expect.anything(), UNDELIVERED]);
    expect(botPosts(t.server, 'C0MANAGERS')).toHaveLength(before);
  });
});

async function untilReplied(channel: string, ts: string): Promise<string[]> {
  await until(() => botReplies(t.server, channel, ts).length > 0);
  return botReplies(t.server, channel, ts).map(shownText);
}

/** Moves the clock through the retries; the Home tab that is opened makes the bot look at it. */
async function until(isDone: () => boolean): Promise<void> {
  for (let step = 0; step < 100; step += 1) {
    if (isDone()) return;
    t.clock.advance(1_000);
    t.server.as('U0MAYA').opensHome();
    await sleep(50);
  }
  throw new Error('Nothing came of it.');
}
