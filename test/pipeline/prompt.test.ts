import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/errors.ts';
import { createPrompt, fitPassages } from '../../src/pipeline/prompt.ts';
import type { Question } from '../../src/pipeline/types.ts';
import { anyText } from '../helpers/any-text.ts';
import { passage, QUESTION } from '../helpers/pipeline.ts';

const assemble = createPrompt('v1');
const RECORD = { name: 'Acme', tier: 'Pro', joined: '2024-01-01', recentTickets: [], incidents: [] };

const questions = fc.record({
  text: anyText,
  channel: fc.string(),
  user: fc.string(),
  thread: fc.array(fc.record({ author: fc.constantFrom('customer', 'staff', 'bot'), text: anyText }), {
    maxLength: 3,
  }),
  mentioned: fc.boolean(),
  customer: fc.option(
    anyText.map((notes) => ({ ...RECORD, notes })),
    { nil: undefined },
  ),
});

describe('the prompt', () => {
  test('begins with the same bytes for a thousand different questions', () => {
    const systems = new Set<string>();
    const hashes = new Set<string>();
    for (const [index, question] of fc.sample(questions, 1_000).entries()) {
      const prompt = assemble({ ...question, id: `Q${index}` }, [passage({ text: question.text })]);
      systems.add(prompt.system);
      hashes.add(prompt.hash);
    }
    expect(systems.size).toBe(1);
    expect(hashes.size).toBe(1);
    expect([...systems][0]).toContain('S1');
  });

  test('carries whatever is written as data that cannot leave its place', () => {
    fc.assert(
      fc.property(questions, anyText, (question, text) => {
        const asked: Question = { ...question, id: 'Q' };
        const passages = [passage({ label: 'S1', text, title: text, headings: [text] })];
        const data: unknown = JSON.parse(assemble(asked, passages).user);
        expect(data).toEqual(
          JSON.parse(
            JSON.stringify({
              passages: [{ label: 'S1', title: text, headings: [text], text }],
              customer: question.customer,
              ...(question.thread.length > 0 ? { thread: question.thread } : {}),
              question: question.text,
            }),
          ),
        );
      }),
    );
  });

  test('has no room for what is empty', () => {
    const data = JSON.parse(assemble(QUESTION, [passage({ headings: [] })]).user) as object;
    expect(Object.keys(data)).toEqual(['passages', 'question']);
    expect(JSON.stringify(data)).not.toMatch(/null|\[\]|headings|updated/);
  });

  test('holds the end of a long thread and the beginning of a long message', () => {
    const thread = Array.from({ length: 20 }, (_, index) => ({
      author: 'customer' as const,
      text: `${index} ${'x'.repeat(1_000)}`,
    }));
    const text = `It fails. ${'log '.repeat(10_000)}`;
    const { user } = assemble({ ...QUESTION, text, thread }, []);
    const data = JSON.parse(user) as { thread: { text: string }[]; question: string };
    expect(user.length).toBeLessThan(20_000);
    expect(data.question).toMatch(/^It fails\..* …$/);
    expect(data.thread.at(-1)?.text).toBe(thread[19]?.text);
    expect(data.thread.map((turn) => turn.text.split(' ')[0])).toEqual(['14', '15', '16', '17', '18', '19']);
  });

  test('is one line of data, so that no text in it can look like another part', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(assemble({ ...QUESTION, text }, [passage({ text })]).user).not.toMatch(/[\n\r]/);
      }),
    );
  });

  test('is another one by its hash when the version is', () => {
    expect(assemble(QUESTION, [])).toMatchObject({
      version: 'v1',
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  test.each(['v0', '', '..', '../v1', 'v1/../v1', '/etc', 'v1\0'])('of version %j is refused', (version) => {
    expect(() => createPrompt(version)).toThrow(ConfigError);
    expect(() => createPrompt(version)).toThrow(/PROMPT_VERSION/);
  });
});

test('passages beyond what a prompt has room for stay out, the best never does', () => {
  const long = (id: string, chars: number) => passage({ id, text: 'x'.repeat(chars) });
  const kept = (...passages: ReturnType<typeof long>[]) => fitPassages(passages).map(({ id }) => id);
  expect(kept(long('a', 1_500), long('b', 1_500), long('c', 1_500))).toEqual(['a', 'b']);
  expect(kept(long('a', 9_000), long('b', 10))).toEqual(['a']);
});
