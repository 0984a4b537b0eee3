import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answering, createAnswering } from '../../src/answering.ts';
import { loadOfflineConfig } from '../../src/config.ts';
import {
  type ModelDouble,
  type RecordedRequest,
  startModelDouble,
} from '../../src/local/model-double/server.ts';
import type { MessagesRequest } from '../../src/local/model-double/wire.ts';
import { createLogger } from '../../src/log.ts';
import { costOf } from '../../src/pipeline/prices.ts';
import type { Decision, Question, Turn } from '../../src/pipeline/types.ts';
import { anyText } from '../helpers/any-text.ts';
import { ROOT } from '../helpers/source-facts.ts';

const KNOWLEDGE = join(ROOT, 'knowledge/billing');
const QUESTIONS = [
  'How do I cancel our subscription?',
  'Can we switch from monthly to yearly billing?',
  'We were charged twice for June. Please refund the second payment of $480.',
  'Which restaurant near your office is good for a team dinner?',
  'Thanks, that helped!',
  'It does not work.',
];
const THREAD: Turn[] = [
  { author: 'customer', text: 'Can we switch from monthly to yearly billing?' },
  { author: 'bot', text: 'Yes, in Settings.' },
];

const folder = mkdtempSync(join(tmpdir(), 'countersign-configurations-'));
const opened: Answering[] = [];
let base: ModelDouble;
let tuned: ModelDouble;

beforeAll(async () => {
  base = await startModelDouble();
  tuned = await startModelDouble({ mode: 'vllm' });
});

afterAll(async () => {
  for (const answering of opened) await answering.close();
  await base.stop();
  await tuned.stop();
  rmSync(folder, { recursive: true, force: true });
});

const question = (text: string, more: Partial<Question> = {}): Question => ({
  ...{ id: 'q', text, channel: 'C1', user: 'U1', thread: [], mentioned: false },
  ...more,
});

/** The settings an operator would give, over a data folder with an index of its own. */
async function open(name: string, env: Record<string, string>): Promise<Answering> {
  const config = loadOfflineConfig({ KNOWLEDGE, DATA_DIR: join(folder, name), ...env });
  const answering = await createAnswering(config, { log: createLogger({ level: 'error' }) });
  opened.push(answering);
  await answering.reindex();
  return answering;
}

const withBase = () => ({ ANTHROPIC_API_KEY: 'sk-ant-test', ANTHROPIC_BASE_URL: base.url });
const withTuned = () => ({
  ...withBase(),
  FINE_TUNED_MODEL: 'support-lora',
  FINE_TUNED_BASE_URL: tuned.url,
});

interface Configuration {
  name: string;
  env: () => Record<string, string>;
  /** What stands in `model` of an answer. */
  model: string;
  /** Which calls a question in a thread makes. */
  calls: { base: number; tuned: number };
}

const CONFIGURATIONS: Configuration[] = [
  { name: 'extractive', env: () => ({}), model: 'extractive', calls: { base: 0, tuned: 0 } },
  { name: 'base', env: withBase, model: 'claude-haiku-5-5', calls: { base: 2, tuned: 0 } },
  {
    name: 'base, draft-first',
    env: () => ({ ...withBase(), ORDER: 'draft-first' }),
    model: 'claude-haiku-5-5',
    calls: { base: 3, tuned: 0 },
  },
  { name: 'tuned', env: withTuned, model: 'support-lora', calls: { base: 0, tuned: 2 } },
  {
    name: 'tuned, draft-first',
    env: () => ({ ...withTuned(), ORDER: 'draft-first' }),
    model: 'support-lora',
    calls: { base: 0, tuned: 3 },
  },
  {
    name: 'minimal',
    env: () => ({ ...withBase(), TIER: 'minimal', KNOWLEDGE: smallKnowledge() }),
    model: 'claude-haiku-5-5',
    calls: { base: 1, tuned: 0 },
  },
];

function smallKnowledge(): string {
  const file = join(folder, 'small.md');
  writeFileSync(file, '# Cancelling\n\nOpen Settings and press Cancel subscription.\n');
  return file;
}

/** What every reader of a decision relies on. */
const PROMISED = [
  ...['outcome', 'segments', 'category', 'sentiment', 'resolution', 'escalation', 'passages', 'steps'],
  ...['usage', 'costUsd', 'model', 'tried', 'account', 'promptVersion', 'promptHash', 'indexVersion'],
];
const keysOf = (value: object) => Object.keys(value).sort();
/** The keys of the first decision of all, which the others are held to. */
let shape: string[] | undefined;

function expectShape(decision: Decision): void {
  const { reason, ...common } = { reason: undefined, ...decision };
  expect(reason !== undefined).toBe(['handover', 'silence'].includes(decision.outcome));
  shape ??= keysOf(common);
  expect(shape).toEqual(expect.arrayContaining(PROMISED));
  expect(keysOf(common)).toEqual(shape);
  for (const segment of decision.segments) {
    expect(keysOf(segment)).toEqual(expect.arrayContaining(['cites', 'text']));
    for (const cite of segment.cites) expect(keysOf(cite)).toEqual(['quote', 'source', 'title', 'url']);
  }
  for (const one of decision.passages)
    expect(keysOf(one)).toEqual(['id', 'relevance', 'score', 'source', 'title', 'url']);
  for (const step of decision.steps) expect(keysOf(step)).toEqual(['ms', 'name']);
  for (const attempt of decision.tried) expect(keysOf(attempt)).toEqual(['model', 'ms', 'outcome', 'reason']);
  if (decision.usage !== null)
    expect(keysOf(decision.usage)).toEqual([
      'cacheWriteTokens',
      'cachedInputTokens',
      'inputTokens',
      'outputTokens',
    ]);
}

const messagesTo = (double: ModelDouble, from: number) =>
  double.requests.slice(from).filter(({ path }) => path === '/v1/messages');

const usageOf = ({ billed }: RecordedRequest) => ({
  inputTokens: billed?.input_tokens ?? 0,
  cachedInputTokens: billed?.cache_read_input_tokens ?? 0,
  cacheWriteTokens: billed?.cache_creation_input_tokens ?? 0,
  outputTokens: billed?.output_tokens ?? 0,
});

describe.each(CONFIGURATIONS)('configured as $name', ({ name, env, model, calls }) => {
  let answering: Answering;
  beforeAll(async () => {
    answering = await open(name, env());
  });

  test('every question becomes a decision of the same form, cited from the passages found', async () => {
    const outcomes: Record<string, string> = {};
    for (const text of QUESTIONS) {
      const decision = await answering.answer(question(text));
      expectShape(decision);
      outcomes[text] = decision.outcome;
      expect(decision).toMatchObject({
        promptVersion: 'v1',
        promptHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      });
      const found = decision.passages.map(({ source }) => source);
      for (const { source } of decision.segments.flatMap(({ cites }) => cites))
        expect(name === 'minimal' ? ['small.md'] : found).toContain(source);
    }
    // Which outcome is not for the configuration to say where money, thanks or another subject is concerned.
    expect(outcomes[QUESTIONS[2] ?? '']).toBe('escalate');
    expect(outcomes[QUESTIONS[3] ?? '']).toBe('handover');
    expect(outcomes[QUESTIONS[4] ?? '']).toBe('silence');
  });

  test('an answer names its model, and the sum of all its calls is its usage and cost', async () => {
    const from = { base: base.requests.length, tuned: tuned.requests.length };
    const text = 'And how do I cancel our subscription?';
    const decision = await answering.answer(question(text, { thread: THREAD }));
    expect(decision.model).toBe(model);
    const made = { base: messagesTo(base, from.base), tuned: messagesTo(tuned, from.tuned) };
    expect({ base: made.base.length, tuned: made.tuned.length }).toEqual(calls);
    const bills = [...made.base, ...made.tuned].map(usageOf);
    const total = (field: keyof (typeof bills)[number]) => bills.reduce((sum, bill) => sum + bill[field], 0);
    expect(decision.usage).toEqual(
      bills.length === 0
        ? null
        : {
            inputTokens: total('inputTokens'),
            cachedInputTokens: total('cachedInputTokens'),
            cacheWriteTokens: total('cacheWriteTokens'),
            outputTokens: total('outputTokens'),
          },
    );
    const costs = made.base.map((one) => costOf('claude-haiku-5-5', usageOf(one), '5m') ?? Number.NaN);
    if (made.tuned.length > 0) expect(decision.costUsd).toBeNull();
    else
      expect(decision.costUsd).toBeCloseTo(
        costs.reduce((sum, cost) => sum + cost, 0),
        10,
      );
  });

  test('a follow-up is made a search of its own by the first model there is, where there is a search', async () => {
    const from = { base: base.requests.length, tuned: tuned.requests.length };
    const decision = await answering.answer(question('And monthly again?', { thread: THREAD }));
    const searches = [...messagesTo(base, from.base), ...messagesTo(tuned, from.tuned)].filter(isSearch);
    const expected = ['extractive', 'minimal'].includes(name) ? 0 : 1;
    expect(searches).toHaveLength(expected);
    const noted = decision.tried.filter(({ model: one }) => one.endsWith('(search)'));
    expect(noted.map(({ outcome }) => outcome)).toEqual(expected === 1 ? ['answered'] : []);
  });
});

/** The only request without a form. */
function isSearch({ body }: RecordedRequest): boolean {
  return !JSON.stringify((body as MessagesRequest).output_config ?? {}).includes('json_schema');
}

describe('over many different questions', () => {
  const questions = fc.record({
    text: anyText,
    thread: fc.array(fc.record({ author: fc.constantFrom('staff', 'bot'), text: anyText }), {
      maxLength: 3,
    }) as fc.Arbitrary<Turn[]>,
    mentioned: fc.boolean(),
    customer: fc.option(
      anyText.map((notes) => ({
        ...{ name: 'Acme', tier: 'Pro', joined: '2024-01-01', recentTickets: [], incidents: [] },
        notes,
      })),
      { nil: undefined },
    ),
  });

  test.each([
    ['the base model', 1_000, withBase, () => base],
    ['a tuned model', 250, withTuned, () => tuned],
  ])(
    '%s is sent the same bytes before the question: one form, one cached part',
    async (what, count, env, double) => {
      const answering = await open(`many-${what}`, env());
      const from = double().requests.length;
      // The rules answer in a moment; what a model would say is not the matter here.
      const words = ['cancel', 'invoice', 'seat', 'refund', 'yearly', 'price'];
      for (const [index, asked] of fc.sample(questions, count).entries()) {
        const text = `${asked.text} ${words[index % words.length]} ${index}`;
        await answering.answer({ ...question(text), ...asked, text, id: `Q${index}` });
      }
      const requests = messagesTo(double(), from).map(({ raw }) => raw);
      expect(requests.length).toBeGreaterThanOrEqual(count);
      const hashes = new Set(
        requests.map((raw) => createHash('sha256').update(beforeMessages(raw)).digest('hex')),
      );
      expect(hashes.size).toBe(1);
      expect(new Set(requests.map((raw) => raw.slice(beforeMessages(raw).length))).size).toBe(
        requests.length,
      );
      const body = JSON.parse(requests[0] ?? '') as MessagesRequest;
      expect(body.output_config?.format?.schema).toBeDefined();
      expect(body.system).toEqual([
        expect.objectContaining({ type: 'text', cache_control: { type: 'ephemeral', ttl: '5m' } }),
      ]);
      const billed = double().requests.at(-1)?.billed;
      if (what === 'the base model') expect(billed?.cache_read_input_tokens).toBeGreaterThan(512);
    },
    30_000,
  );
});

test('the form is the same bytes in every configuration, and the prompt is unless it holds the pages', () => {
  const bodies = [...base.requests, ...tuned.requests].map(({ body }) => body as MessagesRequest);
  const asked = bodies.filter((body) => body.output_config?.format != null);
  expect(asked.length).toBeGreaterThan(1_000);
  const forms = new Set(asked.map((body) => JSON.stringify(body.output_config?.format?.schema)));
  expect(forms.size).toBe(1);
  const prompts = [...new Set(asked.map((body) => JSON.stringify(body.system)))];
  expect(prompts.map((prompt) => prompt.includes('press Cancel subscription')).sort()).toEqual([false, true]);
});

/** Everything of a request up to what belongs to the question. */
function beforeMessages(raw: string): string {
  return raw.slice(0, raw.indexOf('"messages":['));
}
