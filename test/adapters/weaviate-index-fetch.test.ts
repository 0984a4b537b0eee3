import { afterEach, describe, expect, test } from 'vitest';
import { holdFetch, withDeadline } from '../../src/adapters/weaviate-index/fetch.ts';

const former = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = former;
});

/** A `fetch` that tells where it was asked to go and whether it was given a signal. */
function spy(name: string, seen: string[]): typeof fetch {
  return async (input, init) => {
    seen.push(`${name} ${String(input)} ${init?.signal ? 'with' : 'without'} signal`);
    return new Response('{}');
  };
}

describe('the deadline of the client', () => {
  const origin = 'http://weaviate.test';
  const signal = AbortSignal.timeout(60_000);

  test('reaches its own requests to its own origin and no others', async () => {
    const seen: string[] = [];
    globalThis.fetch = spy('global', seen);
    const held = holdFetch();
    await withDeadline({ origin, fetch: undefined, signal }, async () => {
      await fetch(`${origin}/v1/meta`);
      await fetch('http://elsewhere.test/');
    });
    await fetch(`${origin}/v1/meta`);
    held.release();
    expect(seen).toEqual([
      `global ${origin}/v1/meta with signal`,
      'global http://elsewhere.test/ without signal',
      `global ${origin}/v1/meta without signal`,
    ]);
  });

  test('uses the function it was given for its own requests alone', async () => {
    const seen: string[] = [];
    globalThis.fetch = spy('global', seen);
    const held = holdFetch();
    await withDeadline({ origin, fetch: spy('own', seen), signal }, () => fetch(new URL('/v1', origin)));
    await fetch('http://elsewhere.test/');
    held.release();
    expect(seen).toEqual([`own ${origin}/v1 with signal`, 'global http://elsewhere.test/ without signal']);
  });

  test('is put back when the last one that held it lets go, once', () => {
    const before = globalThis.fetch;
    const [one, two] = [holdFetch(), holdFetch()];
    one.release();
    one.release();
    expect(globalThis.fetch).not.toBe(before);
    two.release();
    expect(globalThis.fetch).toBe(before);
  });

  test('leaves in place what somebody else put over it', () => {
    const held = holdFetch();
    const theirs = spy('theirs', []);
    globalThis.fetch = theirs;
    held.release();
    expect(globalThis.fetch).toBe(theirs);
  });
});
