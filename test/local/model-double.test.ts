import { Ajv } from 'ajv';
import { afterEach, describe, expect, test } from 'vitest';
import { FAULT_NAMES } from '../../src/local/model-double/faults.ts';
import type { ModeName } from '../../src/local/model-double/modes.ts';
import {
  type ModelDouble,
  type ModelDoubleOptions,
  startModelDouble,
} from '../../src/local/model-double/server.ts';
import { ANSWER_SCHEMA } from '../../src/pipeline/answer-schema.ts';

const doubles: ModelDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.stop();
});

async function start(options: ModelDoubleOptions = {}): Promise<ModelDouble> {
  const double = await startModelDouble(options);
  doubles.push(double);
  return double;
}

const FORMAT = { format: { type: 'json_schema', schema: ANSWER_SCHEMA } };
const TOOL = { name: 'answer', input_schema: ANSWER_SCHEMA };
const VENDOR_HEADERS = { 'x-api-key': 'k', 'anthropic-version': '2026-10-21' };

interface Answered {
  status: number;
  body: {
    content: { type: string; text?: string; input?: unknown }[];
    usage: Record<string, number>;
    stop_reason: string;
    error: { type: string; message: string };
    [key: string]: unknown;
  };
}

async function post(
  double: ModelDouble,
  body: object,
  path = '/v1/messages',
  headers: object = VENDOR_HEADERS,
) {
  const response = await fetch(`${double.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  });
  return { status: response.status, body: await response.json() } as Answered;
}

function request(more: object = {}) {
  return {
    model: 'claude-haiku-5-5',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Say hello.' }],
    ...more,
  };
}

const PASSAGES = [
  { label: 'S1', title: 'Plans', headings: [], text: '## Price\n\nThe **Hobby** plan costs $5 a month.' },
  {
    label: 'S2',
    title: 'Audit log',
    headings: [],
    text: 'The audit log is kept for 365 days. Owners export it.',
  },
];

function deskRequest(question: string, passages: object[] = PASSAGES) {
  const content = JSON.stringify({ passages, customer: null, thread: [], question });
  return request({ output_config: FORMAT, messages: [{ role: 'user', content }] });
}

describe('like the vendor, the double refuses', () => {
  const source = {
    type: 'search_result',
    source: 'a',
    title: 'A',
    content: [],
    citations: { enabled: true },
  };
  const cases: [string, object, RegExp][] = [
    [
      'citations together with a format',
      { output_config: FORMAT, messages: [{ role: 'user', content: [source] }] },
      /citations/,
    ],
    ['a forced tool', { tools: [TOOL], tool_choice: { type: 'any' } }, /forced tool use/],
    ['a temperature', { temperature: 0 }, /temperature/],
    ['a field it does not know', { chat_template_kwargs: {} }, /Extra inputs/],
    [
      'thinking switched off on a model that cannot',
      { model: 'claude-sonnet-5-5', thinking: { type: 'disabled' } },
      /disabled/,
    ],
    [
      'an answer that is begun for it',
      {
        messages: [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: '{' },
        ],
      },
      /prefill/,
    ],
    [
      'a schema with limits',
      { output_config: { format: { type: 'json_schema', schema: { type: 'string', maxLength: 3 } } } },
      /maxLength/,
    ],
    [
      'a schema with room for more',
      { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } },
      /additionalProperties/,
    ],
    [
      'five cache marks',
      { system: Array.from({ length: 5 }, () => ({ type: 'text', text: 'a', cache_control: {} })) },
      /maximum of 4/,
    ],
    ['a request without messages', { messages: [] }, /messages/],
    ['streaming, which it does not do', { stream: true }, /stream/],
  ];
  test.each(cases)('%s', async (_what, more, message) => {
    const { status, body } = await post(await start(), request(more));
    expect({ status, type: body.error.type }).toEqual({ status: 400, type: 'invalid_request_error' });
    expect(body.error.message).toMatch(message);
  });

  test('an unknown model, a missing key and a missing version', async () => {
    const double = await start();
    expect((await post(double, request({ model: 'gpt' }))).status).toBe(404);
    expect((await post(double, request(), '/v1/messages', {})).status).toBe(401);
    expect((await post(double, request(), '/v1/messages', { 'x-api-key': 'k' })).status).toBe(400);
  });
});

test('a key is taken in either header', async () => {
  const double = await start({ apiKey: 'right' });
  const version = { 'anthropic-version': '2026-10-21' };
  expect((await post(double, request(), '/v1/messages', { ...version, 'x-api-key': 'right' })).status).toBe(
    200,
  );
  const bearer = { ...version, authorization: 'Bearer right' };
  expect((await post(double, request(), '/v1/messages', bearer)).status).toBe(200);
  expect((await post(double, request())).status).toBe(401);
});

describe('modes', () => {
  const said = async (mode: ModeName, more: object) => {
    const { status, body } = await post(await start({ mode }), request({ model: 'lora', ...more }));
    return status === 200 ? body.content[0] : body.error;
  };
  const answers = expect.objectContaining({ type: 'text', text: expect.stringMatching(/^\{"kind"/) });
  const talks = { type: 'text', text: expect.stringContaining('Hello') };
  const calls = expect.objectContaining({ type: 'tool_use', name: 'answer' });
  const forced = { tools: [TOOL], tool_choice: { type: 'any' } };

  test('vllm obeys format and tool, and refuses sources', async () => {
    expect(await said('vllm', { output_config: FORMAT })).toEqual(answers);
    expect(await said('vllm', forced)).toEqual(calls);
    const messages = [{ role: 'user', content: [{ type: 'search_result' }] }];
    expect(await said('vllm', { messages })).toMatchObject({ type: 'invalid_request_error' });
  });

  test.each(['sglang', 'llama.cpp'] as const)('%s drops the format and obeys the tool', async (mode) => {
    expect(await said(mode, { output_config: FORMAT })).toEqual(talks);
    expect(await said(mode, forced)).toEqual(calls);
  });

  test('ollama drops both, and writes JSON around when it is asked for it', async () => {
    expect(await said('ollama', { output_config: FORMAT })).toEqual(talks);
    expect(await said('ollama', forced)).toEqual(talks);
    const system = 'Answer with JSON after this JSON schema: {}';
    expect(await said('ollama', { system })).toMatchObject({ text: expect.stringContaining('```json') });
  });

  test('tokens are counted everywhere but on ollama', async () => {
    const path = '/v1/messages/count_tokens';
    expect((await post(await start(), request(), path)).body.input_tokens).toBeGreaterThan(10);
    expect((await post(await start({ mode: 'ollama' }), request(), path)).status).toBe(404);
  });

  test('only the vendor tells about models', async () => {
    const get = async (mode: ModeName) => {
      const { url } = await start({ mode, models: { 'claude-x': { lifecycle: 'retired' } } });
      return (await fetch(`${url}/v1/models/claude-x`, { headers: VENDOR_HEADERS })).json();
    };
    expect(await get('anthropic')).toMatchObject({ id: 'claude-x', lifecycle: 'retired' });
    expect(await get('vllm')).toMatchObject({ type: 'error' });
  });
});

describe('the prompt cache', () => {
  const system = (words: number, ttl = '5m') => [
    { type: 'text', text: 'word '.repeat(words), cache_control: { type: 'ephemeral', ttl } },
  ];

  test('is written once, read afterwards, and forgets', async () => {
    let now = 0;
    const double = await start({ now: () => now });
    const figures = async (question: string) => {
      const body = request({ system: system(1_000), messages: [{ role: 'user', content: question }] });
      const { usage } = (await post(double, body)).body;
      return { wrote: usage.cache_creation_input_tokens, read: usage.cache_read_input_tokens };
    };
    const first = await figures('a');
    expect(first.read).toBe(0);
    expect(first.wrote).toBeGreaterThan(1_000);
    expect(await figures('b')).toEqual({ wrote: 0, read: first.wrote });
    now += 4 * 60_000;
    expect(await figures('c')).toEqual({ wrote: 0, read: first.wrote });
    now += 5 * 60_000 + 1;
    expect(await figures('d')).toEqual(first);
  });

  test('keeps nothing that is too short or not marked', async () => {
    const double = await start();
    for (const part of [system(100), 'word '.repeat(1_000)]) {
      const { usage } = (await post(double, request({ system: part }))).body;
      expect(usage).toMatchObject({ cache_creation_input_tokens: 0, cache_read_input_tokens: 0 });
    }
  });

  test('has no figures on an open server', async () => {
    const double = await start({ mode: 'vllm' });
    const { usage } = (await post(double, request({ model: 'lora', system: system(1_000) }))).body;
    expect(Object.keys(usage)).toEqual(['input_tokens', 'output_tokens']);
  });
});

describe('the scripted model', () => {
  const validate = new Ajv({ strict: false }).compile(ANSWER_SCHEMA);
  const ask = async (question: string, passages?: object[]) => {
    const { body } = await post(await start(), deskRequest(question, passages));
    const answer = JSON.parse(body.content[0]?.text ?? '');
    expect(validate(answer), JSON.stringify(validate.errors)).toBe(true);
    return answer;
  };

  test('answers with a sentence of the passage that fits, word for word', async () => {
    const answer = await ask('How long do you keep the audit log?');
    expect(answer).toMatchObject({ outcome: 'answer', kind: 'question' });
    expect(answer.segments[0]).toEqual({
      text: 'The audit log is kept for 365 days.',
      cites: [{ label: 'S2', quote: 'The audit log is kept for 365 days.' }],
    });
  });

  test('quotes with the marks of the page and speaks without them', async () => {
    const answer = await ask('What does the Hobby plan cost?');
    expect(answer.segments[0]).toEqual({
      text: 'The Hobby plan costs $5 a month.',
      cites: [{ label: 'S1', quote: 'The **Hobby** plan costs $5 a month.' }],
    });
  });

  test('tells the row of a table that fits with the names of its columns, and quotes both lines', async () => {
    const rows = ['| Limit | Team | Business |', '| --- | --- | --- |', '| Requests per minute | 60 | 300 |'];
    const page = { label: 'S1', title: 'API limits', headings: [], text: rows.join('\n') };
    const answer = await ask('How many requests per minute on Business?', [page]);
    expect(answer.segments).toEqual([
      {
        text: 'Requests per minute: Team 60, Business 300.',
        cites: [
          { label: 'S1', quote: rows[0] },
          { label: 'S1', quote: rows[2] },
        ],
      },
    ]);
  });

  test('does not take a wish for a discount for one for money back', async () => {
    const answer = await ask('Can you give us a 20% discount if we renew?');
    expect(answer).toMatchObject({ outcome: 'escalate', kind: 'question', escalation: { needed: true } });
  });

  test.each([
    ['I want my money back, this is ridiculous!', 'escalate', 'refund_demand', 'negative'],
    ['Please refund us the last invoice', 'escalate', 'refund_demand', 'neutral'],
    ['Thanks, that worked!', 'silence', 'chatter', 'positive'],
    ["It doesn't work", 'clarify', 'question', 'neutral'],
    ['Do you ship to Mars?', 'handover', 'question', 'neutral'],
  ])('reads %j as %s', async (question, outcome, kind, sentiment) => {
    const answer = await ask(question);
    expect(answer).toMatchObject({ outcome, kind, sentiment, segments: [] });
    expect(answer.clarifying_question !== '').toBe(outcome === 'clarify');
    expect(answer.escalation.needed).toBe(outcome === 'escalate');
  });

  test('does not take a question about the refund policy for a demand', async () => {
    const page = {
      label: 'S1',
      title: 'Refunds',
      headings: [],
      text: 'Refunds are possible within 30 days.',
    };
    expect((await ask('What is your refund policy?', [page])).outcome).toBe('answer');
  });

  test('hands over when there is nothing to quote', async () => {
    expect(await ask('How long do you keep the audit log?', [])).toMatchObject({ outcome: 'handover' });
  });
});

describe('a puppet', () => {
  test('says exactly what it is told, once each, and then speaks for itself again', async () => {
    const double = await start();
    double.script({ text: 'One.' }, { content: [{ type: 'text', text: 'Two.' }], stopReason: 'pause_turn' });
    const first = await post(double, request());
    const second = await post(double, request());
    expect([first.body.content, first.body.stop_reason]).toEqual([
      [{ type: 'text', text: 'One.' }],
      'end_turn',
    ]);
    expect([second.body.content, second.body.stop_reason]).toEqual([
      [{ type: 'text', text: 'Two.' }],
      'pause_turn',
    ]);
    expect((await post(double, request())).body.content[0]?.text).toContain('Hello');
  });

  test('can be a function of the request', async () => {
    const double = await start();
    double.script((asked) => ({ text: `You said ${JSON.stringify(asked.messages[0]?.content)}` }));
    for (let time = 0; time < 2; time += 1) {
      expect((await post(double, request())).body.content[0]?.text).toBe('You said "Say hello."');
    }
    double.script();
    expect((await post(double, request())).body.content[0]?.text).toContain('Hello');
  });

  test('leaves a record of every request, byte for byte', async () => {
    const double = await start();
    await post(double, request());
    expect(double.requests).toMatchObject([{ method: 'POST', path: '/v1/messages', body: request() }]);
    expect(double.requests[0]?.raw).toBe(JSON.stringify(request()));
    expect(double.requests[0]?.billed?.output_tokens).toBeGreaterThan(0);
  });
});

test.each(FAULT_NAMES.filter((name) => name !== 'hang' && name !== 'slow-drip'))(
  'the fault %s is not what a healthy server sends',
  async (fault) => {
    const double = await start({ fault });
    const send = async () => {
      const response = await fetch(`${double.url}/v1/messages`, {
        method: 'POST',
        redirect: 'manual',
        headers: VENDOR_HEADERS,
        body: JSON.stringify(deskRequest('What does the Hobby plan cost?')),
      });
      const body = (await response.json()) as Answered['body'];
      return { status: response.status, stop: body.stop_reason, first: body.content[0], usage: body.usage };
    };
    const outcome = await send().catch(() => 'no message');
    const healthy = {
      status: 200,
      stop: 'end_turn',
      first: { type: 'text', text: expect.stringMatching(/^\{"kind".*\}$/) },
      usage: expect.any(Object),
    };
    expect(outcome).not.toEqual(healthy);
  },
);

test('a slow drip sends a byte a second, and stopping ends it', async () => {
  const double = await startModelDouble({ fault: 'slow-drip' });
  const response = await fetch(`${double.url}/v1/messages`, {
    method: 'POST',
    headers: VENDOR_HEADERS,
    body: JSON.stringify(request()),
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  expect((await reader.read()).value).toHaveLength(1);
  await double.stop();
  await expect(reader.read()).rejects.toThrow();
});
