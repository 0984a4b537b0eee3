import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createTestBot, type TestBot } from '../helpers/bot.ts';
import { auditOf, type Demand, decisionsOn, demandRefund, toldInThread } from '../helpers/refund.ts';
import { botPosts, buttonsOf, shownText } from '../helpers/slack-message.ts';

const YES = 'white_check_mark';
let t: TestBot;
let webhook: Server | undefined;

afterEach(async () => {
  await t.stop();
  await new Promise((resolve) => (webhook === undefined ? resolve(undefined) : webhook.close(resolve)));
  webhook = undefined;
});

const begin = async (env: Record<string, string>) => {
  t = await createTestBot({ env });
};
const shownNow = ({ card }: Demand) =>
  shownText(t.server.workspace.findMessage(card.channel, card.ts) ?? expect.fail());
const buttonsNow = ({ card }: Demand) =>
  buttonsOf(t.server.workspace.findMessage(card.channel, card.ts) ?? expect.fail());
const react = async (user: string, { card }: Demand, name = YES) => {
  t.server.as(user).reacts(card.channel, card.ts, name);
  await t.settled();
};
const until = (demand: Demand, shown: RegExp) =>
  t.server.waitFor(() => shown.test(shownNow(demand)) && demand, 15_000).then(() => t.settled());
const click = async (user: string, { card }: Demand, action: string) => {
  await t.server.as(user).clicks(card.channel, card.ts, action);
  await t.settled();
};

test('a request on which nobody decides expires: customer and staff are told, and it is too late to vote', async () => {
  await begin({ APPROVAL_EXPIRY_HOURS: '72' });
  const demand = await demandRefund(t);
  t.clock.advance(72 * 3_600_000);
  // Whatever happens wakes the bot; by itself it looks once a minute at most.
  t.server.as('U0ALICE').says(t.newRoom(), 'How do I cancel our subscription?');
  await until(demand, /Refund request expired/);
  expect(toldInThread(t, demand)).toEqual([expect.stringMatching(/asked a colleague to get back to you/)]);
  expect(botPosts(t.server, 'C0MANAGERS').map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/Nobody decided in time/),
  );
  await react('U0MAYA', demand);
  expect(await decisionsOn(t, demand)).toEqual([]);
  expect(await auditOf(t, demand)).toEqual([
    ...['countersign refund.opened', 'countersign refund.expired', 'U0MAYA approval.too_late'],
  ]);
});

test('a short expiry comes by itself', async () => {
  await begin({ APPROVAL_EXPIRY_HOURS: '0.001' });
  const demand = await demandRefund(t);
  await until(demand, /Refund request expired/);
});

describe('with TWO_APPROVERS_ABOVE', () => {
  test('an amount nobody named needs two people, and the card says so', async () => {
    await begin({ TWO_APPROVERS_ABOVE: '200' });
    const demand = await demandRefund(t);
    expect(shownNow(demand)).toMatch(/Two people have to approve: the amount is not known/);
    await react('U0MAYA', demand);
    expect(shownNow(demand)).toMatch(/Approved by <@U0MAYA>; one more person/);
    await react('U0MAYA', demand, 'heavy_check_mark');
    await click('U0MAYA', demand, 'refund.approve');
    expect(await decisionsOn(t, demand)).toEqual([]);
    await react('U0OMAR', demand);
    expect(await decisionsOn(t, demand)).toHaveLength(1);
    expect(shownNow(demand)).toMatch(/Approved by <@U0MAYA> and <@U0OMAR>/);
    expect(toldInThread(t, demand)).toHaveLength(1);
  });

  test('slices of one customer are added up, whoever of theirs asks', async () => {
    await begin({ TWO_APPROVERS_ABOVE: '200' });
    const first = await demandRefund(t, 'C0ACME', 'Please refund us $120, a duplicate charge.');
    expect(shownNow(first)).toMatch(/120\.00 USD/);
    await react('U0MAYA', first);
    expect(await decisionsOn(t, first)).toHaveLength(1);
    t.clock.advance(10_000);
    const ts = t.server.as('U0ARUN').says('C0ACME', 'Please refund us $81, a duplicate charge.');
    await t.settled();
    const card = botPosts(t.server, 'C0MANAGERS').at(-1) ?? expect.fail();
    const second = { channel: 'C0ACME', ts, card };
    expect(shownNow(second)).toMatch(/Two people have to approve: with what this customer got/);
    await react('U0MAYA', second);
    expect(await decisionsOn(t, second)).toEqual([]);
    await react('U0OMAR', second, 'x');
    expect(await decisionsOn(t, second)).toEqual([{ verdict: 'denied', by: 'U0OMAR', via: 'reaction' }]);
  });
});

describe('an approved refund', () => {
  test('is to be paid by hand without a webhook, and who has paid it confirms that', async () => {
    await begin({});
    const demand = await demandRefund(t);
    await react('U0MAYA', demand);
    expect(shownNow(demand)).toContain('To be paid by hand');
    await click('U0SAM', demand, 'refund.paid');
    expect(shownNow(demand)).toContain('To be paid by hand');
    expect(t.server.ephemerals('U0SAM').map(shownText)).toEqual([expect.stringMatching(/not on the list/)]);
    await click('U0OMAR', demand, 'refund.paid');
    expect(shownNow(demand)).toMatch(/Paid by hand by <@U0OMAR>/);
    expect(buttonsNow(demand)).toEqual([]);
    expect((await auditOf(t, demand)).slice(-2)).toEqual(['U0SAM approval.refused', 'U0OMAR refund.paid']);
  });

  const SECRET = 'a-secret-of-the-webhook';
  interface Received {
    headers: Record<string, string | string[] | undefined>;
    body: string;
  }
  /** Answers with the given statuses in turn, the last one for ever. */
  const listen = async (...statuses: number[]): Promise<{ url: string; received: Received[] }> => {
    const received: Received[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 200;
        response.writeHead(status).end(`says ${status}`);
      });
    });
    webhook = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/refunds`, received };
  };

  test('is ordered from the webhook, signed, again until it is taken, under one key', async () => {
    const { url, received } = await listen(503, 200);
    await begin({ REFUND_WEBHOOK_URL: url, REFUND_WEBHOOK_SECRET: SECRET });
    const demand = await demandRefund(t, t.newRoom(), 'Please refund us $480, a duplicate charge.');
    await react('U0MAYA', demand);
    await until(demand, /The refund was ordered/);
    expect(received).toHaveLength(2);
    expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    for (const { headers, body } of received) {
      const signed = `v1:${headers['x-countersign-timestamp']}:${body}`;
      const signature = createHmac('sha256', SECRET).update(signed).digest('hex');
      expect(headers['x-countersign-signature']).toBe(`v1=${signature}`);
      expect(JSON.parse(body)).toMatchObject({
        ...{ type: 'refund.approved', id: headers['idempotency-key'], approvedBy: ['U0MAYA'] },
        ...{ amount: { value: 480, currency: 'USD' }, customer: { user: 'U0ALICE' } },
      });
    }
    const payment = await t.db.selectFrom('payments').selectAll().executeTakeFirstOrThrow();
    expect(payment).toMatchObject({ state: 'accepted', status: 200, answer: 'says 200', attempts: 2 });
    expect(toldInThread(t, demand)).toHaveLength(1);
  });

  test('that the webhook refuses for good is left to people, who are told why', async () => {
    const { url, received } = await listen(422);
    await begin({ REFUND_WEBHOOK_URL: url, REFUND_WEBHOOK_SECRET: SECRET });
    const demand = await demandRefund(t);
    await react('U0MAYA', demand);
    await until(demand, /To be paid by hand.*status 422: says 422/);
    expect(received).toHaveLength(1);
    expect(buttonsNow(demand)).toEqual(['I have paid it']);
    expect(botPosts(t.server, 'C0MANAGERS').map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/could not be ordered.*status 422/),
    );
  });

  test('is ordered from nobody when it was denied', async () => {
    const { url, received } = await listen(200);
    await begin({ REFUND_WEBHOOK_URL: url, REFUND_WEBHOOK_SECRET: SECRET });
    const demand = await demandRefund(t);
    await react('U0MAYA', demand, 'x');
    expect(await t.db.selectFrom('payments').selectAll().execute()).toEqual([]);
    expect([received, buttonsNow(demand)]).toEqual([[], []]);
  });
});
