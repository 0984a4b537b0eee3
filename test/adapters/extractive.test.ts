import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createExtractive } from '../../src/adapters/extractive.ts';
import { createVerify } from '../../src/pipeline/verify.ts';
import { anyText } from '../helpers/any-text.ts';
import { PROMPT, passage, QUESTION } from '../helpers/pipeline.ts';

const draft = (passages: ReturnType<typeof passage>[]) =>
  createExtractive().draft({
    question: QUESTION,
    passages,
    prompt: PROMPT,
    signal: AbortSignal.timeout(1_000),
  });

describe('the extractive model', () => {
  test('says what the best passage says, word for word, and what it costs: nothing', async () => {
    const found = await draft([passage({ text: 'Open *Settings*.\n\nPress Export.' })]);
    expect(found).toEqual({
      model: 'extractive',
      segments: [
        {
          text: 'Open *Settings*.\n\nPress Export.',
          cites: [{ label: 'S1', quote: 'Open *Settings*.\n\nPress Export.' }],
        },
      ],
      usage: null,
      costUsd: 0,
    });
  });

  test('has nothing to say without a passage', async () => {
    expect((await draft([])).segments).toEqual([]);
  });

  test('adds a second page only when it answers nearly as well', async () => {
    const first = passage({ label: 'S1', source: 'a.md', score: 1, relevance: 0.8 });
    const samePage = passage({ label: 'S2', source: 'a.md', score: 1, relevance: 0.8 });
    const near = passage({ label: 'S3', source: 'b.md', score: 0.97, relevance: 0.78 });
    const far = passage({ label: 'S3', source: 'b.md', score: 0.97, relevance: 0.3 });
    const labels = async (...passages: ReturnType<typeof passage>[]) =>
      (await draft(passages)).segments.flatMap(({ cites }) => cites.map(({ label }) => label));
    expect(await labels(first, samePage)).toEqual(['S1']);
    expect(await labels(first, samePage, near)).toEqual(['S1', 'S3']);
    expect(await labels(first, samePage, far)).toEqual(['S1']);
  });

  test('cuts a long passage where a paragraph ends, else where a line ends', async () => {
    const paragraph = `${'word '.repeat(200)}end.`;
    const text = async (long: string) => (await draft([passage({ text: long })])).segments[0]?.text;
    expect(await text(`${paragraph}\n\n${paragraph}\n\n${paragraph}`)).toBe(paragraph);
    expect(await text(`${paragraph}\n${paragraph}\n${paragraph}`)).toBe(paragraph);
    expect((await text('x'.repeat(9_000)))?.length).toBe(1_500);
  });

  test('never says anything the verifier would drop', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.nat(30), async (text, times) => {
        fc.pre(text.trim() !== '');
        const passages = [passage({ text: text.repeat(times + 1) })];
        expect(createVerify()(await draft(passages), passages, QUESTION).dropped).toEqual([]);
      }),
    );
  });
});
