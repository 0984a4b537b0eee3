import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/errors.ts';
import { createPrompt } from '../../src/pipeline/prompt.ts';
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
              customer: question.customer ?? null,
              thread: question.thread,
              question: question.text,
            }),
          ),
        );
      }),
    );
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
