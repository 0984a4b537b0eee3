import { describe, expect, test } from 'vitest';
import { chooseConfigurations } from '../../scripts/evaluate/configurations.ts';
import { readOptions } from '../../scripts/evaluate/options.ts';
import type { Embedder } from '../../src/ports.ts';

const read = (...args: string[]) => readOptions(args, '2026-11-21');

describe('the flags of evaluate', () => {
  test('have the shipped choices where nothing is said', () => {
    expect(read('retrieval')).toMatchObject({
      ...{ what: 'retrieval', knowledge: [], gates: [], date: '2026-11-21', json: false, sweep: false },
      resampling: { seed: 1, resamples: 1_000 },
    });
  });

  test('are read', () => {
    const args = ['--knowledge', 'a', '--knowledge', 'b', '--gate', 'hit1=0.5', '--gate', 'recall5=1'];
    expect(read('retrieval', ...args, '--seed', '9', '--targets', '300, 600')).toMatchObject({
      knowledge: ['a', 'b'],
      gates: [
        { figure: 'hit1', atLeast: 0.5 },
        { figure: 'recall5', atLeast: 1 },
      ],
      resampling: { seed: 9 },
      targets: [300, 600],
    });
  });

  test.each([
    [['--gate', 'recall=1'], 'names no figure'],
    [['--seed', 'a'], '--seed: "a" is not a whole number'],
    [['--date', 'today'], '--date: "today" is not YYYY-MM-DD'],
    [['--targets', '1200,0'], '--targets: "0" is not a whole number from 200'],
    [['--overlaps', '1200,'], '--overlaps: ""'],
    [['more'], '"more" is one word too many'],
  ])('that are wrong, such as %j, are explained', (args, text) => {
    expect(() => read('retrieval', ...args)).toThrow(text);
  });
});

describe('the configurations', () => {
  const embedder: Embedder = { id: 'none', embed: async () => [], close: async () => {} };
  const namesOf = (...args: Parameters<typeof chooseConfigurations>) =>
    chooseConfigurations(...args).map((one) => [one.name, one.embedder?.id]);

  test('are the fullest that the settings allow, unless named', () => {
    expect(namesOf(undefined, undefined)).toEqual([['words', undefined]]);
    expect(namesOf(undefined, embedder)).toEqual([['meaning', 'none']]);
    expect(namesOf('words, meaning', embedder)).toEqual([
      ['words', undefined],
      ['meaning', 'none'],
    ]);
  });

  test('are refused when they are unknown or need what is not there', () => {
    expect(() => namesOf('words,sense', embedder)).toThrow(
      /"sense" is unknown; write some of words, meaning/,
    );
    expect(() => namesOf('meaning', undefined)).toThrow(/"meaning" needs an embedder, and none is set/);
  });
});
