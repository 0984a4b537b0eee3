import { expect, test, vi } from 'vitest';
import { followVersions } from '../src/follow-versions.ts';
import type { Answer } from '../src/pipeline/answer.ts';
import type { KnowledgeIndex } from '../src/ports.ts';

function setUp() {
  const state = { version: 'v1', made: 0, fails: false };
  const index = { active: async () => ({ version: state.version }) } as unknown as KnowledgeIndex;
  const log = { warn: vi.fn() };
  const create = async () => {
    if (state.fails) throw new Error('the pages are too many for one prompt');
    state.made += 1;
    return `line ${state.made}` as unknown as Answer;
  };
  return { state, log, line: followVersions(index, log as never, create) };
}

test('the line is made anew when another version serves, whoever switched to it', async () => {
  const { state, line } = setUp();
  const { current } = await line;
  expect(await current()).toBe('line 1');
  expect(await current()).toBe('line 1');
  state.version = 'v2';
  expect(await current()).toBe('line 2');
});

test('a line that cannot be made leaves the one before, and says so once a version', async () => {
  const { state, log, line } = setUp();
  const { current, renew } = await line;
  state.fails = true;
  state.version = 'v2';
  expect(await current()).toBe('line 1');
  expect(await current()).toBe('line 1');
  expect(log.warn).toHaveBeenCalledTimes(1);
  expect(await renew()).toMatch(/as before the release: the pages are too many/);
});
