import { afterEach, describe, expect, test } from 'vitest';
import { MODES, type ModeName } from '../../src/local/model-double/modes.ts';
import {
  type ModelDouble,
  type ModelDoubleOptions,
  startModelDouble,
} from '../../src/local/model-double/server.ts';
import { ANSWER_SCHEMA } from '../../src/pipeline/answer-schema.ts';
import { claudeOn, draftRequest } from '../helpers/claude.ts';

const QUESTION = 'How long is the audit log kept?';
const doubles: ModelDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.stop();
});

async function start(options: ModelDoubleOptions = {}): Promise<ModelDouble> {
  const double = await startModelDouble(options);
  doubles.push(double);
  return double;
}

const inTime = () => AbortSignal.timeout(10_000);
const bodyOf = (double: ModelDouble) => double.requests.at(-1)?.body as Record<string, unknown>;

describe('an open server', () => {
  const tuned = async (mode: ModeName) => {
    const double = await start({ mode });
    const { claude } = claudeOn(double, { name: 'tuned', kind: 'compatible', model: MODES[mode].model });
    return { double, claude };
  };

  test('that obeys the format is asked by it, and nothing is said against it', async () => {
    const { double, claude } = await tuned('vllm');
    expect(await claude.preflight(inTime())).toEqual({ ok: true, mode: 'native', warnings: [] });
    expect(double.requests).toHaveLength(1);
    await claude.draft(draftRequest(QUESTION));
    const body = bodyOf(double);
    expect(body.output_config).toEqual({ format: { type: 'json_schema', schema: ANSWER_SCHEMA } });
    expect(body).not.toHaveProperty('tools');
  });

  test.each(['sglang', 'llama.cpp'] as const)('such as %s is asked through a tool', async (mode) => {
    const { double, claude } = await tuned(mode);
    const report = await claude.preflight(inTime());
    expect(report).toMatchObject({ ok: true, mode: 'tool' });
    expect(report.warnings).toEqual([expect.stringMatching(/ignores output_config\.format.*vLLM 0\.22/)]);
    const draft = await claude.draft(draftRequest(QUESTION));
    expect(draft.reading?.outcome).toBe('answer');
    expect(bodyOf(double)).toMatchObject({
      tools: [{ name: 'answer', input_schema: ANSWER_SCHEMA }],
      tool_choice: { type: 'any' },
    });
    expect(bodyOf(double)).not.toHaveProperty('output_config');
  });

  test('that holds its model to nothing is asked for JSON in words', async () => {
    const { double, claude } = await tuned('ollama');
    const report = await claude.preflight(inTime());
    expect(report).toMatchObject({ ok: true, mode: 'text' });
    expect(report.warnings).toEqual([expect.stringContaining('plain text')]);
    const draft = await claude.draft(draftRequest(QUESTION));
    expect(draft.reading?.outcome).toBe('answer');
    const system = bodyOf(double).system as { text: string; cache_control?: object }[];
    expect(system).toHaveLength(2);
    expect(system[1]?.text).toContain(JSON.stringify(ANSWER_SCHEMA));
    expect(system.map((block) => block.cache_control !== undefined)).toEqual([false, true]);
  });

  test('that answers 400 to the format is asked through a tool', async () => {
    const { double, claude } = await tuned('sglang');
    double.script({ fault: 'bad-request' });
    expect(await claude.preflight(inTime())).toMatchObject({ ok: true, mode: 'tool' });
  });

  test('that takes the input of a tool as text is understood', async () => {
    const { double, claude } = await tuned('llama.cpp');
    await claude.preflight(inTime());
    const good = await claude.draft(draftRequest(QUESTION));
    const { clarifyingQuestion, missing, ...rest } = good.reading as NonNullable<typeof good.reading>;
    const input = JSON.stringify({
      ...rest,
      segments: good.segments,
      clarifying_question: clarifyingQuestion,
      missing_information: missing,
    });
    double.script({ content: [{ type: 'tool_use', id: 't1', name: 'answer', input }] });
    expect((await claude.draft(draftRequest(QUESTION))).segments).toEqual(good.segments);
  });

  test('without the tool it was told to use is not understood', async () => {
    const { double, claude } = await tuned('llama.cpp');
    await claude.preflight(inTime());
    double.script({ text: 'We keep it for a year.' });
    await expect(claude.draft(draftRequest(QUESTION))).rejects.toMatchObject({ reason: 'not in the schema' });
  });
});

describe('the vendor tells about a model', () => {
  test('that all is well', async () => {
    const double = await start();
    const report = await claudeOn(double).claude.preflight(inTime());
    expect(report).toEqual({ ok: true, mode: 'native', lifecycle: 'active', warnings: [] });
    expect(double.requests.map(({ path }) => path)).toEqual(['/v1/models/claude-haiku-5-5']);
  });

  test('that it is retired on a day to come', async () => {
    const old = { lifecycle: 'deprecated', retires_at: '2026-11-30T00:00:00Z' } as const;
    const double = await start({ models: { 'claude-haiku-5-5': old } });
    const report = await claudeOn(double).claude.preflight(inTime());
    expect(report).toMatchObject({ ok: true, lifecycle: 'deprecated', retiresAt: '2026-11-30' });
    expect(report.warnings).toEqual([expect.stringMatching(/retired on 2026-11-30: set MODEL to/)]);
  });

  test('that it is retired', async () => {
    const double = await start({ models: { 'claude-haiku-5-5': { lifecycle: 'retired' } } });
    const report = await claudeOn(double, { name: 'tuned' }).claude.preflight(inTime());
    expect(report.ok).toBe(false);
    expect(report.warnings).toEqual([expect.stringContaining('set FINE_TUNED_MODEL to')]);
  });

  test('that it has no structured outputs, so a tool is used', async () => {
    const capabilities = { structured_outputs: { supported: false } };
    const double = await start({ models: { 'claude-haiku-4-5': { capabilities } } });
    const { claude } = claudeOn(double, { model: 'claude-haiku-4-5' });
    expect(await claude.preflight(inTime())).toMatchObject({ ok: true, mode: 'tool' });
    expect((await claude.draft(draftRequest(QUESTION))).reading?.outcome).toBe('answer');
  });

  test('that it knows of no effort and cannot stop thinking, so neither is asked for', async () => {
    const capabilities = {
      effort: { supported: false, low: { supported: false } },
      thinking: { supported: true, types: { disabled: { supported: false } } },
    };
    const models = { 'claude-haiku-5-5': { capabilities }, 'claude-sonnet-5-5': { capabilities } };
    const double = await start({ models });
    for (const model of Object.keys(models)) {
      const { claude } = claudeOn(double, { model });
      await claude.preflight(inTime());
      await claude.draft(draftRequest(QUESTION));
      expect(bodyOf(double)).not.toHaveProperty('thinking');
      expect(bodyOf(double).output_config).not.toHaveProperty('effort');
    }
  });

  test('nothing when a gateway has no such page; then the format is tried out', async () => {
    const double = await start({ mode: 'vllm' });
    const report = await claudeOn(double).claude.preflight(inTime());
    expect(report).toEqual({ ok: true, mode: 'native', warnings: [] });
    expect(double.requests.map(({ path }) => path)).toEqual(['/v1/models/claude-haiku-5-5', '/v1/messages']);
  });
});

describe('what the operator is told when the model does not answer', () => {
  test('the key', async () => {
    const double = await start({ apiKey: 'another' });
    const report = await claudeOn(double).claude.preflight(inTime());
    expect(report.ok).toBe(false);
    expect(report.warnings).toEqual([expect.stringContaining('Set ANTHROPIC_API_KEY to a key')]);
  });

  test('the name of the model', async () => {
    const double = await start();
    const report = await claudeOn(double, { model: 'clod-haiku' }).claude.preflight(inTime());
    expect(report.ok).toBe(false);
    expect(report.warnings).toEqual([expect.stringContaining('Check the spelling of MODEL')]);
  });

  test('the address, when nobody is there', async () => {
    const double = await startModelDouble({ mode: 'vllm' });
    await double.stop();
    const { claude } = claudeOn(double, { name: 'tuned', kind: 'compatible' });
    const report = await claude.preflight(inTime());
    expect(report.ok).toBe(false);
    expect(report.warnings).toEqual([expect.stringContaining('Check FINE_TUNED_BASE_URL')]);
  });

  test('the limit on money', async () => {
    const double = await start({ mode: 'vllm', fault: 'spend-limit' });
    const report = await claudeOn(double, { kind: 'compatible' }).claude.preflight(inTime());
    expect(report.warnings).toEqual([expect.stringContaining('Raise the spend limit')]);
  });

  test('that a busy moment is no fault of the settings', async () => {
    const double = await start({ mode: 'vllm', fault: 'overloaded' });
    const report = await claudeOn(double, { kind: 'compatible' }).claude.preflight(inTime());
    expect(report.warnings).toEqual([expect.stringContaining('Nothing is wrong with the settings')]);
  });

  test('within the time it was given', async () => {
    const double = await start({ mode: 'vllm', fault: 'hang' });
    const start_ = performance.now();
    const report = await claudeOn(double, { kind: 'compatible' }).claude.preflight(AbortSignal.timeout(300));
    expect(performance.now() - start_).toBeLessThan(2_000);
    expect(report.ok).toBe(false);
  });
});

describe('a follow-up', () => {
  const thread = [{ author: 'customer' as const, text: 'Does the Hobby plan have SSO?' }];
  const ask = (double: ModelDouble, more = {}) =>
    claudeOn(double, more).claude.rewrite({ thread, question: 'And what does it cost?', signal: inTime() });

  test.each(Object.keys(MODES) as ModeName[])('becomes a search of its own on %s', async (mode) => {
    const double = await start({ mode });
    const { isVendor, model } = MODES[mode];
    const search = await ask(double, { model, kind: isVendor ? 'anthropic' : 'compatible' });
    expect(search.text).toBe('Does the Hobby plan have SSO? And what does it cost?');
    expect(search.usage?.outputTokens).toBeGreaterThan(0);
    expect(search.costUsd === null).toBe(!isVendor);
    expect(bodyOf(double)).not.toHaveProperty('output_config');
  });

  test.each([
    ['Query: "price of the Hobby plan"\n\nI hope this helps.', 'price of the Hobby plan'],
    ['<think>Which plan?</think>\n\nprice of the Hobby plan', 'price of the Hobby plan'],
    ['`price of the Hobby plan`', 'price of the Hobby plan'],
  ])('is taken without what models add: %j', async (said, expected) => {
    const double = await start();
    double.script({ text: said });
    expect((await ask(double)).text).toBe(expected);
  });

  test('is refused, with its price, when nothing is said', async () => {
    const double = await start();
    double.script({ text: ' "" ' });
    await expect(ask(double)).rejects.toMatchObject({
      reason: 'empty answer',
      billed: { costUsd: expect.any(Number) },
    });
  });
});
