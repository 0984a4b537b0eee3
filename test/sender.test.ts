import { describe, expect, onTestFinished, test } from 'vitest';
import type { Content } from '../src/conversation/content.ts';
import { VendorRefused, VendorUnreachable } from '../src/errors.ts';
import type { Destination, Messenger } from '../src/ports.ts';
import { createSender } from '../src/sender.ts';
import { doubtUnsettled, enqueue, type OutboxRow, type Target } from '../src/store/outbox.ts';
import { createFakeClock } from './helpers/clock.ts';
import { openTestDatabase } from './helpers/database.ts';
import { createIds } from './helpers/ids.ts';
import { createLogbook } from './helpers/logbook.ts';

interface Attempt {
  at: number;
  key: string;
  destination: Destination;
  text: string;
}

/** A Slack that notes every attempt, and fails as the test says. A post that "arrived" can be found. */
function createFakeMessenger(elapsed: () => number) {
  const attempts: Attempt[] = [];
  const lookups: { at: number; key: string; since: number }[] = [];
  const arrived = new Map<string, string>();
  const fake = {
    attempts,
    lookups,
    arrived,
    onSend: async (_attempt: Attempt, _number: number): Promise<void> => undefined,
    onFind: async (_key: string, _number: number): Promise<void> => undefined,
  };
  const messenger: Messenger = {
    async send(destination, content, key) {
      const text = content.kind === 'line' ? content.text : content.kind;
      const attempt = { at: elapsed(), key, destination, text };
      attempts.push(attempt);
      await fake.onSend(attempt, attempts.length);
      arrived.set(key, `${attempts.length}.000000`);
      return 'channel' in destination ? { channel: destination.channel, ts: arrived.get(key) ?? '' } : {};
    },
    async find(destination, key, since) {
      lookups.push({ at: elapsed(), key, since });
      await fake.onFind(key, lookups.length);
      const ts = arrived.get(key);
      return ts && 'channel' in destination ? { channel: destination.channel, ts } : undefined;
    },
  };
  return { fake, messenger };
}

async function createTestSender() {
  const clock = createFakeClock();
  const db = await openTestDatabase();
  const log = createLogbook();
  const { fake, messenger } = createFakeMessenger(clock.elapsed);
  const dead: { key: string; reason: string }[] = [];
  const desk = { onDead: async (row: OutboxRow, reason: string) => void dead.push({ key: row.key, reason }) };
  const sender = createSender({
    db,
    clock,
    log,
    messenger,
    onDead: (_db, row, reason) => desk.onDead(row, reason),
  });
  onTestFinished(() => sender.stop(0));
  const newId = createIds();
  return {
    ...{ clock, db, log, slack: fake, dead, desk, sender },
    put: (key: string, target: Target | string = 'C1', content: Content = { kind: 'line', text: key }) =>
      enqueue(
        db,
        { key, target: typeof target === 'string' ? { to: 'channel', channel: target } : target, content },
        { newId, now: clock.now() },
      ),
    row: async (key: string) => db.selectFrom('outbox').selectAll().where('key', '=', key).executeTakeFirst(),
  };
}

const limited = (retryAfterMs: number) =>
  new VendorRefused('Slack', 'rate limited', { retry: 'later', retryAfterMs });
const lost = () => new VendorUnreachable('Slack', 'the answer was lost');
const refused = (reason: string) => new VendorRefused('Slack', reason, { retry: 'never' });
const fail = (...errors: (Error | undefined)[]) => {
  return async (_what: unknown, number: number) => {
    const error = errors[number - 1];
    if (error) throw error;
  };
};

describe('sending', () => {
  test('sends a row once, keeps where it ended up, and is idle after that', async () => {
    const { put, row, sender, clock, slack } = await createTestSender();
    await put('a');
    sender.start();
    await clock.advance(600_000);
    expect(slack.attempts).toEqual([
      { at: 0, key: 'a', destination: { to: 'channel', channel: 'C1' }, text: 'a' },
    ]);
    expect(await row('a')).toMatchObject({ state: 'sent', channel: 'C1', ts: '1.000000', attempts: 1 });
  });

  test('sends what comes later as soon as it is woken', async () => {
    const { put, sender, clock, slack } = await createTestSender();
    sender.start();
    await clock.advance(5_000);
    await put('a');
    sender.wake();
    await clock.advance(0);
    expect(slack.attempts.map(({ at }) => at)).toEqual([5_000]);
  });

  test('keeps to one message a second and channel after a burst of four', async () => {
    const { put, sender, clock, slack } = await createTestSender();
    for (let number = 1; number <= 7; number++) await put(`m${number}`);
    sender.start();
    await clock.advance(10_000);
    expect(slack.attempts.map(({ key }) => key)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7']);
    expect(slack.attempts.map(({ at }) => at)).toEqual([0, 0, 0, 0, 1_000, 2_000, 3_000]);
  });

  test('allows another burst after a rest', async () => {
    const { put, sender, clock, slack } = await createTestSender();
    for (let number = 1; number <= 4; number++) await put(`a${number}`);
    sender.start();
    await clock.advance(2_000);
    for (let number = 1; number <= 4; number++) await put(`b${number}`);
    sender.wake();
    await clock.advance(10_000);
    expect(slack.attempts.slice(4).map(({ at }) => at)).toEqual([2_000, 2_000, 3_000, 4_000]);
  });

  test('paces each channel by itself', async () => {
    const { put, sender, clock, slack } = await createTestSender();
    for (let number = 1; number <= 6; number++)
      for (const channel of ['C1', 'C2']) await put(`${channel}-${number}`, channel);
    sender.start();
    await clock.advance(10_000);
    for (const channel of ['C1', 'C2']) {
      const own = slack.attempts.filter(({ key }) => key.startsWith(channel));
      expect(own.map(({ at }) => at)).toEqual([0, 0, 0, 0, 1_000, 2_000]);
    }
  });

  test('has one message of a channel under way, while other channels go on', async () => {
    const { put, sender, clock, slack } = await createTestSender();
    await put('slow');
    await put('next');
    await put('other', 'C2');
    slack.onSend = async ({ key }) => {
      if (key === 'slow') await clock.sleep(3_000);
    };
    sender.start();
    await clock.advance(10_000);
    expect(slack.attempts.map(({ key, at }) => [key, at])).toEqual([
      ['slow', 0],
      ['other', 0],
      ['next', 3_000],
    ]);
  });

  test('edits the message a row became, with its newest state alone', async () => {
    const { put, sender, clock, slack } = await createTestSender();
    await put('card');
    await put('card:1', { to: 'edit', of: 'card' }, { kind: 'line', text: 'old' });
    await put('card:2', { to: 'edit', of: 'card' }, { kind: 'line', text: 'new' });
    sender.start();
    await clock.advance(10_000);
    expect(slack.attempts.map(({ destination, text }) => [destination, text])).toEqual([
      [{ to: 'channel', channel: 'C1' }, 'card'],
      [{ to: 'message', channel: 'C1', ts: '1.000000' }, 'new'],
    ]);
  });
});

describe('when Slack says "later"', () => {
  test('waits exactly as long as Slack asks, holding the channel back and no other', async () => {
    const { put, row, sender, clock, slack, dead } = await createTestSender();
    slack.onSend = async (attempt) => {
      if (attempt.key === 'a' && attempt.at < 30_000) throw limited(30_000);
    };
    await put('a');
    await put('b');
    await put('other', 'C2');
    sender.start();
    await clock.advance(60_000);
    expect(slack.attempts.map(({ key, at }) => [key, at])).toEqual([
      ['a', 0],
      ['other', 0],
      ['a', 30_000],
      ['b', 30_000],
    ]);
    expect(slack.lookups).toEqual([]);
    expect(await row('a')).toMatchObject({ state: 'sent', attempts: 2 });
    expect(dead).toEqual([]);
  });

  test('without a time it waits longer each time, and looks for nothing: it did not happen', async () => {
    const { put, sender, clock, slack } = await createTestSender();
    const busy = () => new VendorRefused('Slack', 'accesslimited', { retry: 'later' });
    slack.onSend = fail(busy(), busy(), busy());
    await put('a');
    sender.start();
    await clock.advance(60_000);
    expect(slack.attempts.map(({ at }) => at)).toEqual([0, 1_000, 3_000, 7_000]);
    expect(slack.lookups).toEqual([]);
  });
});

describe('when it is not known whether a message arrived', () => {
  test('it is looked for first, and not sent again when it is there', async () => {
    const { put, row, sender, clock, slack } = await createTestSender();
    slack.onSend = async ({ key }) => {
      slack.arrived.set(key, '7.000001');
      throw lost();
    };
    await put('a');
    const createdAt = clock.now();
    sender.start();
    await clock.advance(60_000);
    expect(slack.attempts).toHaveLength(1);
    expect(slack.lookups).toEqual([{ at: 2_000, key: 'a', since: createdAt }]);
    expect(await row('a')).toMatchObject({ state: 'sent', channel: 'C1', ts: '7.000001' });
  });

  test('it is sent again when it is not there', async () => {
    const { put, row, sender, clock, slack } = await createTestSender();
    slack.onSend = fail(lost());
    await put('a');
    await put('b');
    sender.start();
    await clock.advance(60_000);
    expect(slack.attempts.map(({ key, at }) => [key, at])).toEqual([
      ['a', 0],
      ['a', 2_000],
      ['b', 2_000],
    ]);
    expect(await row('a')).toMatchObject({ state: 'sent', attempts: 2 });
  });

  test('nothing is sent while it cannot be looked for', async () => {
    const { put, sender, clock, slack, dead } = await createTestSender();
    slack.onSend = fail(lost());
    slack.onFind = fail(lost(), limited(20_000));
    await put('a');
    sender.start();
    await clock.advance(60_000);
    expect(slack.lookups.map(({ at }) => at)).toEqual([2_000, 3_000, 23_000]);
    expect(slack.attempts.map(({ at }) => at)).toEqual([0, 23_000]);
    expect(dead).toEqual([]);
  });

  test('it is given up and told when it can never be looked for, and the channel goes on', async () => {
    const { put, row, sender, clock, slack, dead } = await createTestSender();
    slack.onSend = fail(lost());
    slack.onFind = fail(refused('channel_not_found'));
    await put('a');
    await put('b');
    sender.start();
    await clock.advance(60_000);
    expect(await row('a')).toMatchObject({ state: 'dead' });
    expect(dead).toEqual([{ key: 'a', reason: expect.stringContaining('channel_not_found') }]);
    expect(slack.attempts.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  test('a row under way when the process ended is looked for at the next start', async () => {
    const { put, row, db, sender, clock, slack } = await createTestSender();
    await put('there');
    await put('not there', 'C2');
    slack.arrived.set('there', '7.000001');
    await db.updateTable('outbox').set({ state: 'sending', attempts: 1 }).execute();
    await doubtUnsettled(db);
    sender.start();
    await clock.advance(60_000);
    expect(slack.attempts.map(({ key }) => key)).toEqual(['not there']);
    expect(await row('there')).toMatchObject({ state: 'sent', ts: '7.000001' });
    expect(await row('not there')).toMatchObject({ state: 'sent' });
  });

  test('it is tried eight times at most', async () => {
    const { put, row, sender, clock, slack, dead } = await createTestSender();
    slack.onSend = async () => {
      throw lost();
    };
    await put('a');
    sender.start();
    await clock.advance(600_000);
    expect(slack.attempts).toHaveLength(8);
    expect(await row('a')).toMatchObject({ state: 'dead' });
    expect(dead).toHaveLength(1);
  });
});

describe('when Slack says "never"', () => {
  test.each([refused('not_in_channel'), new TypeError('a defect of ours')])(
    'the row is dead and told once, and the channel goes on: %s',
    async (error) => {
      const { put, row, sender, clock, slack, dead, log } = await createTestSender();
      slack.onSend = fail(error);
      await put('a');
      await put('b');
      sender.start();
      await clock.advance(600_000);
      expect(slack.attempts.map(({ key }) => key)).toEqual(['a', 'b']);
      expect(await row('a')).toMatchObject({ state: 'dead', error: error.message });
      expect(dead).toEqual([{ key: 'a', reason: error.message }]);
      expect(log.of('error')).toEqual(['a message could not be delivered']);
    },
  );

  test('an edit of a message that was never sent is given up, too', async () => {
    const { put, sender, clock, slack, dead } = await createTestSender();
    slack.onSend = fail(refused('not_in_channel'));
    await put('card');
    await put('card:1', { to: 'edit', of: 'card' });
    sender.start();
    await clock.advance(60_000);
    expect(slack.attempts).toHaveLength(1);
    expect(dead.map(({ key }) => key)).toEqual(['card', 'card:1']);
  });

  test('it goes on also when nobody can be told', async () => {
    const { put, row, sender, clock, slack, desk } = await createTestSender();
    slack.onSend = fail(refused('not_in_channel'));
    desk.onDead = async () => {
      throw new Error('the staff channel is gone');
    };
    await put('a');
    await put('b');
    sender.start();
    await clock.advance(60_000);
    expect(await row('a')).toMatchObject({ state: 'dead' });
    expect(await row('b')).toMatchObject({ state: 'sent' });
  });

  test('a row that cannot be read blocks nothing', async () => {
    const { put, row, db, sender, clock } = await createTestSender();
    await put('a');
    await put('b');
    await db.updateTable('outbox').set({ content: '{' }).where('key', '=', 'a').execute();
    sender.start();
    await clock.advance(60_000);
    expect(await row('a')).toMatchObject({ state: 'dead' });
    expect(await row('b')).toMatchObject({ state: 'sent' });
  });
});
