import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { VendorRefused, VendorUnreachable } from '../../src/errors.ts';
import { FAULT_NAMES, type FaultName } from '../../src/local/model-double/faults.ts';
import { type ModelDouble, startModelDouble } from '../../src/local/model-double/server.ts';
import { claudeOn, draftRequest } from '../helpers/claude.ts';

const QUESTION = 'How long is the audit log kept?';
/** What the double's faulty bodies say; none of it may reach a message or a log. */
const VENDOR_WORDS =
  /acme-corp|declined|threshold|208310|not understood|Internal server|refund you|We will refu|Sign in/i;

let double: ModelDouble;
beforeEach(async () => {
  double = await startModelDouble();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await double.stop();
});

interface Refused {
  reason: string;
  retry: 'never' | 'later';
  billed?: boolean;
  afterMs?: number;
}
type Ending = Refused | { unreachable: string } | 'answers';

const refused = (reason: string, retry: 'never' | 'later', more: Partial<Refused> = {}): Refused => ({
  reason,
  retry,
  ...more,
});
const useless = (reason: string, retry: 'never' | 'later') => refused(reason, retry, { billed: true });

const ENDINGS: Record<FaultName, Ending> = {
  'rate-limit': refused('rate limit', 'later'),
  'rate-limit-retry-after': refused('rate limit', 'later', { afterMs: 2_000 }),
  'ramp-limit': refused('rate limit', 'later', { afterMs: 60_000 }),
  'spend-limit': refused('spend limit', 'never', { afterMs: 86_400_000 }),
  'payment-required': refused('spend limit', 'never'),
  overloaded: refused('overloaded', 'later'),
  'server-error': refused('server error', 'later'),
  unavailable: refused('unavailable', 'later'),
  'bad-gateway': refused('server error', 'later'),
  'bad-key': refused('key not accepted', 'never'),
  'no-permission': refused('not permitted', 'never'),
  'unknown-model': refused('no such model or address', 'never'),
  'bad-request': refused('request not accepted', 'never'),
  redirect: refused('the address redirects elsewhere', 'never'),
  'context-exceeded': refused('context exceeded', 'never'),
  'too-large': refused('context exceeded', 'never'),
  'context-window': useless('context exceeded', 'never'),
  refusal: useless('refusal', 'never'),
  'max-tokens': useless('truncated', 'never'),
  'pause-turn': useless('paused', 'never'),
  'unknown-stop-reason': useless('unknown stop reason', 'never'),
  'empty-content': useless('empty answer', 'later'),
  'only-thinking': useless('empty answer', 'later'),
  'broken-answer': useless('not in the schema', 'later'),
  'wrong-schema': useless('not in the schema', 'later'),
  hang: { unreachable: 'no answer within the time allowed' },
  'slow-drip': { unreachable: 'no answer within the time allowed' },
  'cut-body': { unreachable: 'the answer broke off' },
  'cut-connection': { unreachable: 'no connection' },
  'broken-json': { unreachable: 'the answer is no JSON' },
  'empty-body': { unreachable: 'an empty body came back instead of a message' },
  html: { unreachable: 'a page came back instead of a message' },
  'error-with-200': { unreachable: 'JSON of another kind came back instead of a message' },
  'leading-thinking': 'answers',
  'no-usage': 'answers',
};

describe('a faulty vendor', () => {
  test.each(FAULT_NAMES)('%s ends in one call, in time, in words of ours', async (fault) => {
    double.script({ fault });
    const { claude, logged } = claudeOn(double);
    const withinMs = fault === 'hang' || fault === 'slow-drip' ? 300 : 8_000;
    const start = performance.now();
    const outcome = await claude.draft(draftRequest(QUESTION, { withinMs })).catch((error: unknown) => error);
    expect(performance.now() - start).toBeLessThan(withinMs + 1_500);
    expect(double.requests).toHaveLength(1);
    expect(logged()).not.toMatch(VENDOR_WORDS);
    expectEnding(outcome, ENDINGS[fault]);
  });

  function expectEnding(outcome: unknown, ending: Ending): void {
    if (ending === 'answers') {
      expect(outcome).toMatchObject({ reading: { outcome: 'answer' } });
    } else if ('unreachable' in ending) {
      expect(outcome).toBeInstanceOf(VendorUnreachable);
      expect((outcome as Error).message).toContain(ending.unreachable);
      expect((outcome as Error).message).not.toMatch(VENDOR_WORDS);
    } else {
      expect(outcome).toBeInstanceOf(VendorRefused);
      expect(outcome).toMatchObject({
        message: `base model refused: ${ending.reason}`,
        reason: ending.reason,
        retry: ending.retry,
      });
      const { billed, retryAfterMs, cause } = outcome as VendorRefused;
      expect(cause).toBeUndefined();
      expect(retryAfterMs).toBe(ending.afterMs);
      expect(billed !== undefined).toBe(ending.billed ?? false);
      if (billed) expectBilled(billed.usage, billed.costUsd);
    }
  }

  function expectBilled(usage: object, costUsd: number | null): void {
    const figures = double.requests[0]?.billed;
    expect(usage).toEqual({
      inputTokens: figures?.input_tokens,
      cachedInputTokens: figures?.cache_read_input_tokens,
      cacheWriteTokens: figures?.cache_creation_input_tokens,
      outputTokens: figures?.output_tokens,
    });
    expect(costUsd).toBeGreaterThan(0);
  }

  test('a vendor nobody listens at is not reachable', async () => {
    const gone = await startModelDouble();
    await gone.stop();
    const { claude } = claudeOn(gone);
    await expect(claude.draft(draftRequest(QUESTION))).rejects.toThrow('no connection (ECONNREFUSED)');
  });

  test('a signal that is over already makes no call at all', async () => {
    const { claude } = claudeOn(double);
    const request = { ...draftRequest(QUESTION), signal: AbortSignal.abort() };
    await expect(claude.draft(request)).rejects.toThrow(VendorUnreachable);
    expect(double.requests).toHaveLength(0);
  });

  test.each([
    ['seconds', '1.5', 1_500],
    ['a date that has passed', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['nonsense', 'soon', undefined],
    ['a negative number', '-5', undefined],
  ])('a pause given as %s is understood or ignored', async (_how, header, expected) => {
    double.script({ http: { status: 429, headers: { 'retry-after': header }, body: '{}' } });
    const { claude } = claudeOn(double);
    const error = await claude.draft(draftRequest(QUESTION)).catch((thrown: unknown) => thrown);
    expect((error as VendorRefused).retryAfterMs).toBe(expected);
  });

  test.each([
    ['vLLM', "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens."],
    ['llama.cpp', 'the request exceeds the available context size. try increasing it'],
    ['SGLang', "The input (9000 tokens) is longer than the model's context length (8192 tokens)."],
  ])('too long a prompt is recognised in the words of %s', async (_server, message) => {
    double.script({ http: { status: 400, body: JSON.stringify({ object: 'error', message }) } });
    const { claude } = claudeOn(double);
    await expect(claude.draft(draftRequest(QUESTION))).rejects.toMatchObject({ reason: 'context exceeded' });
  });

  test('an account without credit is not asked again', async () => {
    const message = 'Your credit balance is too low to access the API.';
    const body = JSON.stringify({ type: 'error', error: { type: 'invalid_request_error', message } });
    double.script({ http: { status: 400, body } });
    const { claude } = claudeOn(double);
    await expect(claude.draft(draftRequest(QUESTION))).rejects.toMatchObject({
      reason: 'spend limit',
      retry: 'never',
    });
  });
});

describe('what a draft costs', () => {
  test('is counted from the figures of the vendor, cached parts apart', async () => {
    const usage = {
      input_tokens: 1_000,
      cache_read_input_tokens: 2_000,
      cache_creation_input_tokens: 0,
      output_tokens: 300,
    };
    double.script({ usage });
    const draft = await claudeOn(double).claude.draft(draftRequest(QUESTION));
    expect(draft.usage).toEqual({
      inputTokens: 1_000,
      cachedInputTokens: 2_000,
      cacheWriteTokens: 0,
      outputTokens: 300,
    });
    expect(draft.costUsd).toBeCloseTo((1_000 * 0.1 + 2_000 * 0.01 + 300 * 0.5) / 1e6, 12);
    expect(draft.requestId).toBe('req_double');
  });

  test('is unknown, not nothing, when the price of the model is', async () => {
    const { claude } = claudeOn(double, { model: 'claude-none-9' });
    const draft = await claude.draft(draftRequest(QUESTION));
    expect(draft.costUsd).toBeNull();
    expect(draft.usage?.outputTokens).toBeGreaterThan(0);
  });

  test('is unknown when the server sends no figures, and what it leaves out is 0', async () => {
    double.script({ fault: 'no-usage' }, { usage: { cache_read_input_tokens: -3 } });
    const { claude } = claudeOn(double);
    expect(await claude.draft(draftRequest(QUESTION))).toMatchObject({ usage: null, costUsd: null });
    expect((await claude.draft(draftRequest(QUESTION))).usage?.cachedInputTokens).toBe(0);
  });
});

describe('keys', () => {
  const FOREIGN = 'sk-ant-of-the-environment';
  beforeEach(() => {
    vi.stubEnv('ANTHROPIC_API_KEY', FOREIGN);
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', FOREIGN);
    vi.stubEnv('ANTHROPIC_BASE_URL', 'http://127.0.0.1:9');
    vi.stubEnv('ANTHROPIC_CUSTOM_HEADERS', `X-Gateway: ${FOREIGN}\nAuthorization: Bearer ${FOREIGN}`);
    vi.stubEnv('ANTHROPIC_LOG', 'debug');
  });

  test.each([
    ['a tuned model with its own key', 'tuned-key', 'Bearer tuned-key'],
    ['a tuned model without a key', undefined, 'Bearer none'],
  ])('of the environment never reach %s', async (_what, apiKey, expected) => {
    const { claude, logged } = claudeOn(double, { name: 'tuned', kind: 'compatible', apiKey });
    await claude.draft(draftRequest(QUESTION)).catch(() => undefined);
    await claude.preflight(AbortSignal.timeout(5_000));
    expect(double.requests.length).toBeGreaterThan(1);
    for (const { headers } of double.requests) {
      expect(JSON.stringify(headers)).not.toContain(FOREIGN);
      expect(headers.authorization).toBe(expected);
    }
    expect(logged()).not.toContain(FOREIGN);
  });

  test('and questions do not follow a redirect to another address', async () => {
    const other = await startModelDouble();
    double.script({ http: { status: 307, headers: { location: `${other.url}/v1/messages` }, body: '' } });
    const { claude } = claudeOn(double);
    await expect(claude.draft(draftRequest(QUESTION))).rejects.toThrow('redirects elsewhere');
    expect(other.requests).toEqual([]);
    await other.stop();
  });

  test('stay out of messages and logs when they are refused', async () => {
    const strict = await startModelDouble({ apiKey: 'right' });
    const { claude, logged } = claudeOn(strict, { apiKey: 'wrong-secret-key' });
    const error = await claude.draft(draftRequest(QUESTION)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ reason: 'key not accepted' });
    expect(`${error} ${logged()}`).not.toContain('wrong-secret-key');
    await strict.stop();
  });

  test('go to an address written with a slash or a version as well', async () => {
    for (const ending of ['/', '/v1', '/v1/']) {
      const { claude } = claudeOn(double, { baseUrl: `${double.url}${ending}` });
      await claude.draft(draftRequest(QUESTION));
    }
    expect(double.requests.map(({ path }) => path)).toEqual(Array(3).fill('/v1/messages'));
  });
});

describe('a request', () => {
  const bodyOf = async (more: Parameters<typeof claudeOn>[1]) => {
    const place = await startModelDouble({ mode: more?.kind === 'compatible' ? 'vllm' : 'anthropic' });
    await claudeOn(place, more).claude.draft(draftRequest(QUESTION));
    await place.stop();
    return place.requests[0]?.body as Record<string, unknown>;
  };

  test('has the same bytes before the question, whatever is asked', async () => {
    const seed = Math.floor(Math.random() * 1e9);
    const texts = fc.sample(fc.string({ unit: 'grapheme', maxLength: 200 }), { numRuns: 1_000, seed });
    const questions = texts.map((text, index) => `${index} ${text}`);
    const { claude } = claudeOn(double);
    const batches = Array.from({ length: 50 }, (_, batch) => questions.slice(batch * 20, batch * 20 + 20));
    for (const batch of batches) await Promise.all(batch.map((text) => claude.draft(draftRequest(text))));
    const heads = double.requests.map(({ raw }) => raw.slice(0, raw.indexOf('"messages":')));
    const hashes = new Set(heads.map((head) => createHash('sha256').update(head).digest('hex')));
    expect(double.requests).toHaveLength(1_000);
    expect(new Set(double.requests.map(({ raw }) => raw)).size).toBe(1_000);
    expect(heads[0]).toContain('"cache_control":{"type":"ephemeral","ttl":"5m"}');
    expect(heads[0]).toContain('"json_schema"');
    expect(hashes.size, `seed ${seed}`).toBe(1);
  }, 60_000);

  test('keeps the small model from thinking, and asks the others for little of it', async () => {
    const small = await bodyOf({});
    expect(small).toMatchObject({ thinking: { type: 'disabled' } });
    expect(small.output_config).not.toHaveProperty('effort');
    const large = await bodyOf({ model: 'claude-sonnet-5-5' });
    expect(large).toMatchObject({ output_config: { effort: 'low' } });
    expect(large).not.toHaveProperty('thinking');
  });

  test('sends a temperature to open servers alone', async () => {
    expect(await bodyOf({ kind: 'compatible', model: 'support-lora' })).toMatchObject({ temperature: 0 });
    expect(await bodyOf({})).not.toHaveProperty('temperature');
  });

  test('marks the system part for as long as the setting says', async () => {
    const body = await bodyOf({ cacheTtl: '1h' });
    expect(body.system).toEqual([
      { type: 'text', text: expect.any(String), cache_control: { type: 'ephemeral', ttl: '1h' } },
    ]);
  });
});

describe('reading an answer', () => {
  const ANSWER = {
    kind: 'question',
    addressed: true,
    category: 'account',
    sentiment: 'neutral',
    language: 'en',
    outcome: 'answer',
    segments: [{ text: 'For 365 days.', cites: [{ label: 'S2', quote: 'kept for 365 days' }] }],
    clarifying_question: '',
    escalation: { needed: false, reason: '' },
    missing_information: ['nothing'],
    confidence: 'high',
  };
  const draftOf = async (answer: unknown) => {
    double.script({ text: typeof answer === 'string' ? answer : JSON.stringify(answer) });
    return claudeOn(double).claude.draft(draftRequest(QUESTION));
  };

  test('takes words of a list and labels in any case, and ignores what is added', async () => {
    const draft = await draftOf({
      ...ANSWER,
      kind: 'Question',
      confidence: ' HIGH ',
      segments: [{ text: 'For 365 days.', cites: [{ label: '[s2]', quote: 'kept for 365 days', page: 3 }] }],
      mood: 'sunny',
    });
    expect(draft.segments).toEqual(ANSWER.segments);
    expect(draft.reading).toEqual({
      kind: 'question',
      addressed: true,
      category: 'account',
      sentiment: 'neutral',
      language: 'en',
      outcome: 'answer',
      clarifyingQuestion: '',
      escalation: { needed: false, reason: '' },
      missing: ['nothing'],
      confidence: 'high',
    });
  });

  test('does not take a language for more than a tag', async () => {
    expect((await draftOf({ ...ANSWER, language: 'pt-BR' })).reading?.language).toBe('pt-BR');
    expect((await draftOf({ ...ANSWER, language: '<b>English</b>' })).reading?.language).toBe('und');
  });

  test.each(Object.keys(ANSWER))('refuses an answer without %s', async (key) => {
    const { [key as keyof typeof ANSWER]: _left, ...rest } = ANSWER;
    await expect(draftOf(rest)).rejects.toMatchObject({ reason: 'not in the schema' });
  });

  test('refuses a label that no passage can have', async () => {
    const segments = [{ text: 'x', cites: [{ label: 'S9', quote: 'x' }] }];
    await expect(draftOf({ ...ANSWER, segments })).rejects.toMatchObject({ reason: 'not in the schema' });
  });

  test.each([
    ['in a code fence', (json: string) => `Sure!\n\`\`\`json\n${json}\n\`\`\`\nAnything else?`],
    ['after thoughts that hold braces', (json: string) => `<think>{"kind": maybe}</think>${json}`],
    ['after an object of another form', (json: string) => `{"note":"a } in a text"} ${json}`],
    ['after a brace that never closes', (json: string) => `Use {this: ${json}`],
  ])('finds the answer %s', async (_where, wrap) => {
    expect((await draftOf(wrap(JSON.stringify(ANSWER)))).segments).toEqual(ANSWER.segments);
  });

  test('never fails in another way than by refusing, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), async (text) => {
        const error = await draftOf(text).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(VendorRefused);
      }),
      { numRuns: 100 },
    );
  });
});
