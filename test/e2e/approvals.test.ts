import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBot } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { createLogger } from '../../src/log.ts';
import { findBreak } from '../../src/store/audit.ts';
import { createTestBot, type TestBot, testEnvironment } from '../helpers/bot.ts';
import { auditOf, cardsOf, type Demand, decisionsOn, demandRefund, toldInThread } from '../helpers/refund.ts';
import { botPosts, buttonsOf, shownText } from '../helpers/slack-message.ts';

/** Long enough to do something inside it on a busy machine, short enough to wait for. */
const HOLD_SECONDS = 1.5;
const YES = 'white_check_mark';

let t: TestBot;

beforeAll(async () => {
  t = await createTestBot({ env: { APPROVAL_HOLD_SECONDS: String(HOLD_SECONDS) } });
});

afterAll(() => t.stop());

const cardNow = ({ card }: Demand) => t.server.workspace.findMessage(card.channel, card.ts) ?? expect.fail();
const shownNow = (demand: Demand) => shownText(cardNow(demand));
const react = async (user: string, { card }: Demand, name = YES) => {
  t.server.as(user).reacts(card.channel, card.ts, name);
  await t.settled();
};
const unreact = async (user: string, { card }: Demand, name = YES) => {
  t.server.as(user).unreacts(card.channel, card.ts, name);
  await t.settled();
};
const until = (demand: Demand, shown: RegExp) =>
  t.server.waitFor(() => shown.test(shownNow(demand)) && demand, 8_000).then(() => t.settled());
const afterTheHold = async () => {
  await new Promise((resolve) => setTimeout(resolve, HOLD_SECONDS * 1_000 + 700));
  await t.settled();
};
const managers = () => t.server.workspace.channels.get('C0MANAGERS') ?? expect.fail();

describe('a vote', () => {
  test('is held with a countdown, and the customer hears of it when it counts', async () => {
    const demand = await demandRefund(t);
    await react('U0MAYA', demand);
    expect(shownNow(demand)).toMatch(/Approved by <@U0MAYA>.*Counts in \d seconds.*remove the reaction/);
    expect(toldInThread(t, demand)).toEqual([]);
    expect(await decisionsOn(t, demand)).toEqual([]);
    await until(demand, /Refund approved/);
    expect(toldInThread(t, demand)).toEqual([expect.stringMatching(/approved your refund/)]);
    expect(await decisionsOn(t, demand)).toEqual([{ verdict: 'approved', by: 'U0MAYA', via: 'reaction' }]);
    expect(await auditOf(t, demand)).toEqual([
      ...['countersign refund.opened', 'U0MAYA approval.voted', 'U0MAYA refund.approved'],
    ]);
  });

  test('is taken back by removing the reaction', async () => {
    const demand = await demandRefund(t);
    await react('U0MAYA', demand);
    await unreact('U0MAYA', demand);
    expect(shownNow(demand)).not.toContain('Counts in');
    await afterTheHold();
    expect([toldInThread(t, demand), await decisionsOn(t, demand)]).toEqual([[], []]);
    expect(buttonsOf(cardNow(demand))).toEqual(['Approve', 'Deny']);
  });

  test('by button is taken back by a button', async () => {
    const demand = await demandRefund(t);
    const maya = t.server.as('U0MAYA');
    await maya.clicks(demand.card.channel, demand.card.ts, 'refund.approve');
    await t.settled();
    expect(buttonsOf(cardNow(demand))).toEqual(['Approve', 'Deny', 'Take back']);
    await maya.clicks(demand.card.channel, demand.card.ts, 'refund.undo');
    await afterTheHold();
    expect(await decisionsOn(t, demand)).toEqual([]);
  });

  test('of approval gives way to a denial inside the hold', async () => {
    const demand = await demandRefund(t);
    await react('U0MAYA', demand);
    await react('U0OMAR', demand, 'x');
    await until(demand, /Refund denied/);
    expect(await decisionsOn(t, demand)).toEqual([{ verdict: 'denied', by: 'U0OMAR', via: 'reaction' }]);
    expect(toldInThread(t, demand)).toEqual([expect.stringMatching(/cannot approve/)]);
  });

  test('of somebody who approves and denies counts neither way, and they are told so once', async () => {
    const demand = await demandRefund(t);
    await react('U0MAYA', demand);
    await react('U0MAYA', demand, 'x');
    await afterTheHold();
    expect(await decisionsOn(t, demand)).toEqual([]);
    expect(t.server.ephemerals('U0MAYA').map(shownText)).toContainEqual(
      expect.stringMatching(/approve and deny at the same time/),
    );
    await unreact('U0MAYA', demand);
    await until(demand, /Refund denied/);
  });

  test('whose removal never arrived does not count: the card itself is looked at last', async () => {
    const demand = await demandRefund(t);
    await react('U0MAYA', demand);
    const message = cardNow(demand);
    message.reactions = [];
    await afterTheHold();
    expect(await decisionsOn(t, demand)).toEqual([]);
    expect(await auditOf(t, demand)).toContain('U0MAYA approval.withdrawn');
  });

  test('of somebody who is no member of the staff any more when the hold ends does not count', async () => {
    const demand = await demandRefund(t);
    await react('U0MAYA', demand);
    const maya = t.server.workspace.users.get('U0MAYA') ?? expect.fail();
    maya.isDeleted = true;
    await afterTheHold();
    maya.isDeleted = false;
    expect(await decisionsOn(t, demand)).toEqual([]);
    expect(await auditOf(t, demand)).toContain('U0MAYA approval.struck');
    expect(shownNow(demand)).not.toContain('Counts in');
  });

  test('taken back after the decision changes nothing, and the person is told so', async () => {
    const demand = await demandRefund(t);
    await react('U0OMAR', demand);
    await until(demand, /Refund approved/);
    await unreact('U0OMAR', demand);
    expect(t.server.ephemerals('U0OMAR').map(shownText)).toContainEqual(
      expect.stringMatching(/already approved; taking your vote back changes nothing/),
    );
    expect(toldInThread(t, demand)).toHaveLength(1);
  });

  test('is decided when Slack answers again', async () => {
    const demand = await demandRefund(t);
    await react('U0MAYA', demand);
    t.server.faults.onCall('reactions.get', { type: 'status', status: 500 });
    await afterTheHold();
    expect(await decisionsOn(t, demand)).toEqual([]);
    await until(demand, /Refund approved/);
  });
});

test('a hold outlives the process: what ended meanwhile is decided by the next one', async () => {
  const demand = await demandRefund(t);
  await react('U0MAYA', demand);
  await t.bot.stop();
  await new Promise((resolve) => setTimeout(resolve, HOLD_SECONDS * 1_000));
  expect(await decisionsOn(t, demand)).toEqual([]);
  const env = { ...testEnvironment(t.server, t.dataDir), APPROVAL_HOLD_SECONDS: String(HOLD_SECONDS) };
  const log = createLogger({ level: 'error', write: () => undefined, clock: t.clock });
  const next = await createBot(loadConfig(env), { clock: t.clock, log });
  t = { ...t, bot: next };
  await next.start();
  await until(demand, /Refund approved/);
  expect(await decisionsOn(t, demand)).toHaveLength(1);
});

describe('approvals are frozen', () => {
  test.each([
    ['public', { isPrivate: false }, /is public/],
    ['shared', { isExtShared: true }, /is shared with another company/],
  ] as const)('while the manager channel is %s', async (_what, change, why) => {
    const demand = await demandRefund(t);
    const before = { isPrivate: managers().isPrivate, isExtShared: managers().isExtShared };
    Object.assign(managers(), change);
    try {
      await react('U0OMAR', demand);
      await afterTheHold();
      expect(await decisionsOn(t, demand)).toEqual([]);
      expect(shownNow(demand)).toMatch(/Approvals are frozen/);
      expect(buttonsOf(cardNow(demand))).toEqual([]);
      expect(await auditOf(t, demand)).toContain('U0OMAR approval.refused');
      expect(t.server.ephemerals('U0OMAR').map(shownText)).toContainEqual(expect.stringMatching(why));
      const told = botPosts(t.server, 'C0MANAGERS').filter((post) =>
        /Approvals are frozen: .*C0MANAGERS/.test(post.text),
      );
      expect(told.some((post) => why.test(post.text))).toBe(true);
    } finally {
      Object.assign(managers(), before);
    }
    await unreact('U0OMAR', demand);
    await react('U0OMAR', demand);
    expect(shownNow(demand)).toContain('Counts in');
    await until(demand, /Refund approved/);
  });

  test('when it becomes public inside the hold', async () => {
    const demand = await demandRefund(t);
    await react('U0MAYA', demand);
    managers().isPrivate = false;
    try {
      await afterTheHold();
      expect(await decisionsOn(t, demand)).toEqual([]);
      expect(shownNow(demand)).toMatch(/Approvals are frozen/);
    } finally {
      managers().isPrivate = true;
    }
  });

  test('and a request that comes then shows nothing of the customer in a shared channel', async () => {
    managers().isExtShared = true;
    try {
      t.clock.advance(10_000);
      const words = 'Please refund us, this was a duplicate charge.';
      t.server.as('U0ALICE').says(t.newRoom(), words);
      await t.settled();
      const cards = botPosts(t.server, 'C0MANAGERS').filter(({ text }) => text.includes('Refund'));
      const shown = shownText(cards.at(-1) ?? expect.fail());
      expect(shown).toMatch(/Approvals are frozen/);
      expect(shown).not.toMatch(/duplicate|Alice|Acme/);
    } finally {
      managers().isExtShared = false;
    }
  });
});

test('a request that the customer edits gets a new card, and votes on the old one do not count', async () => {
  const demand = await demandRefund(t, t.newRoom(), 'Please refund us $480 for the duplicate charge.');
  await react('U0MAYA', demand);
  t.server.as('U0ALICE').edits(demand.channel, demand.ts, 'Please refund us $900 for the duplicate charge.');
  await t.settled();
  const [old, fresh] = cardsOf(t, demand.channel, demand.ts);
  expect(shownText(old ?? expect.fail())).toMatch(/superseded.*no longer counts/s);
  expect(shownText(fresh ?? expect.fail())).toContain('900.00 USD');
  await react('U0OMAR', demand);
  await afterTheHold();
  expect(toldInThread(t, demand)).toEqual([]);
  await react('U0MAYA', { ...demand, card: fresh ?? expect.fail() });
  await until({ ...demand, card: fresh ?? expect.fail() }, /Refund approved/);
  expect(toldInThread(t, demand)).toHaveLength(1);
});

test('a request that the customer deletes cannot be decided any more', async () => {
  const demand = await demandRefund(t);
  t.server.as('U0ALICE').deletes(demand.channel, demand.ts);
  await t.settled();
  expect(shownNow(demand)).toMatch(/deleted the request/);
  await react('U0MAYA', demand);
  await afterTheHold();
  expect(toldInThread(t, demand)).toEqual([]);
});

test('the audit of everything above is one unbroken chain', async () => {
  expect(await findBreak(t.db)).toBeUndefined();
});
