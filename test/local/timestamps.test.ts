import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTs } from '../../src/local/messages.ts';
import { createTimestamps } from '../../src/local/timestamps.ts';

test('ids only grow, whatever the clock does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 2_000_000_000_000 }), { minLength: 2, maxLength: 50 }),
      (clock) => {
        const times = [...clock];
        const next = createTimestamps(() => times.shift() ?? 0);
        const ids = clock.map(() => next());
        for (const [index, id] of ids.entries()) {
          expect(id).toMatch(/^\d+\.\d{6}$/);
          if (index > 0) expect(compareTs(id, String(ids[index - 1]))).toBeGreaterThan(0);
        }
      },
    ),
  );
});

test('an id tells the second it was made in', () => {
  expect(createTimestamps(() => 1_700_000_000_123)()).toBe('1700000000.123000');
});
