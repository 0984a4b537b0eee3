import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FaultName } from '../../src/local/model-double/faults.ts';
import type { Reply } from '../../src/local/model-double/reply.ts';
import {
  type ModelDouble,
  type RecordedRequest,
  startModelDouble,
} from '../../src/local/model-double/server.ts';
import type { Decision } from '../../src/pipeline/types.ts';
import { createTestBot, type TestBot } from '../helpers/bot.ts';
import { botPosts, botReplies, shownText, waitForReplies } from '../helpers/slack-message.ts';

const QUESTION = 'How do I cancel our subscription?';
const QUOTED = 'Quoted word for word from our documentation.';
const DEADLINE_MS = 4_000;
/** Longer than the longest pause a fault asks for, so that every breaker is closed again. */
const AFTER_ALL_PAUSES_MS = 2 * 24 * 3_600_000;

let base: ModelDouble;
let tuned: ModelDouble;
let t: TestBot;

beforeAll(async () => {
  base = await startModelDouble();
  tuned = await startModelDouble({ mode: 'vllm' });
  t = await createTestBot({
    env: {
      ANTHROPIC_API_KEY: 'sk-ant-test',
      ANTHROPIC_BASE_URL: base.url,
      FINE_TUNED_MODEL: 'support-lora',
      FINE_TUNED_BASE_URL: tuned.url,
      ANSWER_DEADLINE_SECONDS: String(DEADLINE_MS / 1_000),
      DAILY_BUDGET_USD: '1000',
    },
  });
  await preflightDone();
});

afterEach(async () => {
  base.script();
  tuned.script();
  await t.settled();
  t.clock.advance(AFTER_ALL_PAUSES_MS);
});

afterAll(async () => {
  await t.stop();
  await base.stop();
  await tuned.stop();
});

/** What the models are asked at the start must not be taken for answers to questions. */
async function preflightDone(): Promise<void> {
  await t.server.waitFor(() => base.requests.length > 0 && tuned.requests.length > 0);
  await sleep(100);
}

const calls = (double: ModelDouble, from = 0) =>
  double.requests.slice(from).filter(({ path }) => path === '/v1/messages');

/** Asks in a new channel, or in a thread, and waits for what the customer sees of it. */
async function ask(options: { channel?: string; threadTs?: string; text?: string } = {}) {
  const { channel = t.newRoom(), threadTs, text = QUESTION } = options;
  const from = { base: base.requests.length, tuned: tuned.requests.length };
  const before = threadTs === undefined ? 0 : botReplies(t.server, channel, threadTs).length;
  const ts = t.server.as('U0ALICE').says(channel, text, threadTs === undefined ? {} : { threadTs });
  const thread = threadTs ?? ts;
  await waitForReplies(t.server, channel, thread, before + 1, DEADLINE_MS + 4_000);
  await t.settled();
  const replies = botReplies(t.server, channel, thread).slice(before);
  const row = await t.db
    .selectFrom('answers')
    .select('decision')
    .where('channel', '=', channel)
    .where('question_ts', '=', ts)
    .executeTakeFirstOrThrow();
  return {
    ...{ channel, ts, replies },
    text: replies.map(shownText).join('\n'),
    decision: JSON.parse(row.decision) as Decision,
    calls: { base: calls(base, from.base), tuned: calls(tuned, from.tuned) },
    tookMs: Number(replies[0]?.ts) * 1_000 - Number(ts) * 1_000,
  };
}

const spentToday = async () => {
  const rows = await t.db.selectFrom('spending').selectAll().orderBy('day', 'desc').execute();
  const today = new Date(t.clock.now()).toISOString().slice(0, 10);
  const row = rows.find(({ day }) => day === today);
  return { reserved: row?.reserved_usd ?? 0, spent: row?.spent_usd ?? 0 };
};

const sum = (figures: number[]) => figures.reduce((total, figure) => total + figure, 0);

/** All tokens of the prompts, whether or not they stood in a cache, and all that came back. */
const tokensOf = (decision: Decision) => {
  const usage = decision.usage;
  return usage === null
    ? { prompt: 0, output: 0 }
    : {
        prompt: usage.inputTokens + usage.cachedInputTokens + usage.cacheWriteTokens,
        output: usage.outputTokens,
      };
};

const billedFor = (requests: RecordedRequest[]) => ({
  prompt: sum(
    requests.map(
      ({ billed }) =>
        (billed?.input_tokens ?? 0) +
        (billed?.cache_creation_input_tokens ?? 0) +
        (billed?.cache_read_input_tokens ?? 0),
    ),
  ),
  output: sum(requests.map(({ billed }) => billed?.output_tokens ?? 0)),
});

interface Row {
  fault: FaultName;
  /** Calls to each model: a second one only where the answer came in the wrong form. */
  calls: number;
  reason: RegExp;
  /** The tokens arrive with the useless answer, are unknown because none came whole, or there are none. */
  bill: 'told' | 'unknown' | 'none';
}

const TABLE: Row[] = [
  { fault: 'rate-limit', calls: 1, reason: /rate limit/, bill: 'none' },
  { fault: 'rate-limit-retry-after', calls: 1, reason: /rate limit/, bill: 'none' },
  { fault: 'overloaded', calls: 1, reason: /overloaded/, bill: 'none' },
  { fault: 'server-error', calls: 1, reason: /server error/, bill: 'none' },
  { fault: 'spend-limit', calls: 1, reason: /spend limit/, bill: 'none' },
  { fault: 'payment-required', calls: 1, reason: /spend limit/, bill: 'none' },
  { fault: 'bad-key', calls: 1, reason: /key not accepted/, bill: 'none' },
  { fault: 'bad-gateway', calls: 1, reason: /server error/, bill: 'none' },
  { fault: 'context-exceeded', calls: 1, reason: /context exceeded/, bill: 'none' },
  { fault: 'cut-connection', calls: 1, reason: /could not be reached/, bill: 'unknown' },
  { fault: 'html', calls: 1, reason: /a page came back/, bill: 'unknown' },
  { fault: 'error-with-200', calls: 1, reason: /JSON of another kind/, bill: 'unknown' },
  { fault: 'hang', calls: 1, reason: /no answer within the time allowed/, bill: 'unknown' },
  { fault: 'slow-drip', calls: 1, reason: /no answer within the time allowed/, bill: 'unknown' },
  { fault: 'cut-body', calls: 1, reason: /broke off|could not be reached/, bill: 'unknown' },
  { fault: 'broken-json', calls: 1, reason: /no JSON/, bill: 'unknown' },
  { fault: 'empty-content', calls: 2, reason: /empty answer/, bill: 'told' },
  { fault: 'only-thinking', calls: 2, reason: /empty answer/, bill: 'told' },
  { fault: 'broken-answer', calls: 2, reason: /not in the schema/, bill: 'told' },
  { fault: 'wrong-schema', calls: 2, reason: /not in the schema/, bill: 'told' },
  { fault: 'unknown-stop-reason', calls: 1, reason: /unknown stop reason/, bill: 'told' },
  { fault: 'pause-turn', calls: 1, reason: /paused/, bill: 'told' },
  { fault: 'refusal', calls: 1, reason: /refusal/, bill: 'told' },
  { fault: 'max-tokens', calls: 1, reason: /truncated/, bill: 'told' },
  { fault: 'context-window', calls: 1, reason: /context exceeded/, bill: 'told' },
];

describe('when both models fail, one reply of the documentation’s own words stands in time, after', () => {
  test.each(TABLE)('$fault (calls to each: $calls)', async ({ fault, calls: allowed, reason, bill }) => {
    for (const double of [base, tuned]) double.script(() => ({ fault }));
    const before = await spentToday();
    const asked = await ask();
    expect(asked.replies).toHaveLength(1);
    expect(asked.tookMs).toBeLessThan(DEADLINE_MS);
    expect(asked.text).toContain(QUOTED);
    expect(asked.text).toMatch(/cancel/i);
    // What a broken answer began to say.
    expect(asked.text).not.toMatch(/We will refu|look into that/);
    expect(asked.replies[0]?.edited).toBeUndefined();
    expect(botPosts(t.server, asked.channel)).toEqual([]);

    expect({ tuned: asked.calls.tuned.length, base: asked.calls.base.length }).toEqual({
      tuned: allowed,
      base: allowed,
    });
    const tried = asked.decision.tried.map(({ model, outcome }) => `${model} ${outcome}`);
    const failed = (model: string) => Array.from({ length: allowed }, () => `${model} failed`);
    expect(tried).toEqual([...failed('tuned'), ...failed('base'), 'extractive answered']);
    for (const attempt of asked.decision.tried.slice(0, -1)) expect(attempt.reason).toMatch(reason);
    expect(asked.decision.model).toBe('extractive');

    const requests = [...asked.calls.tuned, ...asked.calls.base];
    if (bill === 'told') expect(tokensOf(asked.decision)).toEqual(billedFor(requests));
    else expect(asked.decision.usage).toBeNull();
    expect(asked.decision.costUsd).toBe(bill === 'none' ? 0 : null);
    const after = await spentToday();
    expect(after.reserved).toBeCloseTo(0);
    // Billed calls lower the day's budget, by the estimate when nobody told how much they were.
    if (bill !== 'none') expect(after.spent).toBeGreaterThan(before.spent);
  });
});

describe('the ladder', () => {
  test('asks the tuned model alone while it answers', async () => {
    const asked = await ask();
    expect(asked.decision.tried.map(({ model, outcome }) => `${model} ${outcome}`)).toEqual([
      'tuned answered',
    ]);
    expect(asked.calls.base).toEqual([]);
    expect(asked.decision.model).toBe('support-lora');
    expect(tokensOf(asked.decision)).toEqual(billedFor(asked.calls.tuned));
    // The price of a model of one's own is not known, which is not the same as nothing.
    expect(asked.decision.costUsd).toBeNull();
  });

  test.each<FaultName>(['hang', 'server-error', 'refusal', 'wrong-schema'])(
    'goes on to the base model after %s of the tuned one, and counts what both were billed for',
    async (fault) => {
      tuned.script(() => ({ fault }));
      const asked = await ask();
      expect(asked.replies).toHaveLength(1);
      expect(asked.text).not.toContain(QUOTED);
      expect(asked.decision.model).toBe('claude-haiku-5-5');
      expect(asked.calls.base).toHaveLength(1);
      expect(tokensOf(asked.decision)).toEqual(billedFor([...asked.calls.tuned, ...asked.calls.base]));
    },
  );

  test('asks a second time after a form that was wrong once, and takes the right one', async () => {
    tuned.script({ fault: 'wrong-schema' });
    const asked = await ask();
    expect(asked.decision.tried.map(({ model, outcome }) => `${model} ${outcome}`)).toEqual([
      'tuned failed',
      'tuned answered',
    ]);
    expect(tokensOf(asked.decision)).toEqual(billedFor(asked.calls.tuned));
  });

  test('waits out a pause that is short enough, and asks the same model again', async () => {
    const body = '{"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}';
    tuned.script({ http: { status: 429, headers: { 'retry-after': '0.2' }, body } } satisfies Reply);
    const asked = await ask();
    expect(asked.decision.tried.map(({ model, outcome }) => `${model} ${outcome}`)).toEqual([
      'tuned failed',
      'tuned answered',
    ]);
    expect(asked.calls.tuned).toHaveLength(2);
  });
});

describe('a breaker', () => {
  let channel: string;
  beforeAll(() => {
    channel = t.newRoom();
  });

  test('opens after three failures, spares the model the next question, and lets one through later', async () => {
    for (const double of [base, tuned]) double.script(() => ({ fault: 'server-error' }));
    for (let round = 0; round < 3; round += 1) expect((await ask({ channel })).calls.base).toHaveLength(1);
    const spared = await ask({ channel });
    expect([...spared.calls.base, ...spared.calls.tuned]).toEqual([]);
    expect(spared.text).toContain(QUOTED);
    expect(spared.decision.tried[0]).toMatchObject({ model: 'tuned', outcome: 'skipped' });
    tuned.script();
    t.clock.advance(31_000);
    const later = await ask({ channel });
    expect(later.decision.model).toBe('support-lora');
  });

  test('opens at once and for as long as the vendor says when the money is used up', async () => {
    for (const double of [base, tuned]) double.script(() => ({ fault: 'spend-limit' }));
    await ask({ channel });
    t.clock.advance(3_600_000);
    const spared = await ask({ channel });
    expect([...spared.calls.base, ...spared.calls.tuned]).toEqual([]);
    expect(spared.replies).toHaveLength(1);
  });
});

describe('a follow-up', () => {
  let channel: string;
  beforeAll(() => {
    channel = t.newRoom();
  });

  test.each<FaultName>(['hang', 'wrong-schema', 'overloaded'])(
    'whose search and answer both meet %s costs one call more and is answered in time',
    async (fault) => {
      const first = await ask({ channel });
      for (const double of [base, tuned]) double.script(() => ({ fault }));
      const text = 'And what happens to our data after we cancel our subscription?';
      const asked = await ask({ channel, threadTs: first.ts, text });
      expect(asked.replies).toHaveLength(1);
      expect(asked.tookMs).toBeLessThan(DEADLINE_MS);
      const searches = asked.calls.tuned.filter(
        ({ body }) => !('output_config' in (body as object)) && !('tools' in (body as object)),
      );
      expect(searches).toHaveLength(1);
      expect(asked.calls.tuned.length).toBeLessThanOrEqual(3);
      expect(asked.calls.base.length).toBeLessThanOrEqual(2);
    },
  );
});

test('with the day’s budget used up no model is asked, and the documentation answers', async () => {
  const poor = await startModelDouble();
  const bot = await createTestBot({
    env: { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: poor.url, DAILY_BUDGET_USD: '0.01' },
  });
  try {
    const channel = bot.newRoom();
    const ts = bot.server.as('U0ALICE').says(channel, QUESTION);
    const [reply] = await waitForReplies(bot.server, channel, ts);
    await bot.settled();
    expect(botReplies(bot.server, channel, ts)).toHaveLength(1);
    expect(reply && shownText(reply)).toContain(QUOTED);
    expect(calls(poor)).toEqual([]);
    const row = await bot.db.selectFrom('answers').select('decision').executeTakeFirstOrThrow();
    const { tried } = JSON.parse(row.decision) as Decision;
    expect(tried[0]).toMatchObject({ model: 'base', outcome: 'skipped', reason: /budget/ });
  } finally {
    await bot.stop();
    await poor.stop();
  }
});
