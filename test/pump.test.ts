import { describe, expect, onTestFinished, test } from 'vitest';
import { createPump } from '../src/pump.ts';
import { createFakeClock } from './helpers/clock.ts';
import { createLogbook } from './helpers/logbook.ts';

/** A work that ends when the test says so. */
function createWork() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { run: () => ended, end: () => end() };
}

type Deps = Parameters<typeof createPump>[0];

function createTestPump(overrides: Partial<Deps> = {}) {
  const clock = createFakeClock();
  const log = createLogbook();
  const queue: (() => Promise<void>)[] = [];
  let claims = 0;
  const pump = createPump({
    name: 'table',
    clock,
    log,
    concurrency: 2,
    claim: async () => {
      claims += 1;
      return queue.shift();
    },
    nextDue: async () => undefined,
    ...overrides,
  });
  onTestFinished(() => pump.stop(0));
  return { pump, clock, log, queue, claims: () => claims };
}

describe('the pump', () => {
  test('does nothing before it is started, and takes what waits when it is', async () => {
    const { pump, clock, queue, claims } = createTestPump();
    let done = 0;
    queue.push(async () => void done++);
    pump.wake();
    await clock.advance(10_000);
    expect([done, claims()]).toEqual([0, 0]);
    pump.start();
    await clock.advance(0);
    expect(done).toBe(1);
  });

  test('runs as many at a time as it may, and the next when one is done', async () => {
    const { pump, clock, queue } = createTestPump();
    const works = [createWork(), createWork(), createWork()];
    let begun = 0;
    queue.push(
      ...works.map(({ run }) => () => {
        begun += 1;
        return run();
      }),
    );
    pump.start();
    await clock.advance(0);
    expect(begun).toBe(2);
    works[0]?.end();
    await clock.advance(0);
    expect(begun).toBe(3);
    for (const work of works) work.end();
  });

  test('looks again when it is woken, and sleeps otherwise', async () => {
    const { pump, clock, queue, claims } = createTestPump();
    pump.start();
    await clock.advance(600_000);
    const idle = claims();
    expect(idle).toBe(1);
    let done = 0;
    queue.push(async () => void done++);
    pump.wake();
    await clock.advance(0);
    expect(done).toBe(1);
  });

  test('looks again by itself exactly when the next work is due', async () => {
    let due: number | undefined;
    const { pump, clock, claims } = createTestPump({ nextDue: async () => due });
    due = clock.now() + 5_000;
    pump.start();
    await clock.advance(4_999);
    expect(claims()).toBe(1);
    due = undefined;
    await clock.advance(1);
    expect(claims()).toBe(2);
    await clock.advance(600_000);
    expect(claims()).toBe(2);
  });

  test('does not trust a far due time for longer than a minute', async () => {
    const { pump, clock, claims } = createTestPump({ nextDue: async () => Date.now() + 86_400_000 });
    pump.start();
    await clock.advance(59_999);
    expect(claims()).toBe(1);
    await clock.advance(1);
    expect(claims()).toBe(2);
  });

  test('loses no wake that comes while it reads when the next work is due', async () => {
    let wakeDuring = () => {};
    const { pump, clock, queue } = createTestPump({
      nextDue: async () => {
        wakeDuring();
        return undefined;
      },
    });
    let done = 0;
    wakeDuring = () => {
      wakeDuring = () => {};
      queue.push(async () => void done++);
      pump.wake();
    };
    pump.start();
    await clock.advance(0);
    expect(done).toBe(1);
  });

  test('loses no wake that comes while it claims', async () => {
    let onClaim = () => {};
    const queue: (() => Promise<void>)[] = [];
    const { pump, clock } = createTestPump({
      claim: async () => {
        const found = queue.shift();
        onClaim();
        return found;
      },
    });
    let done = 0;
    onClaim = () => {
      onClaim = () => {};
      queue.push(async () => void done++);
      pump.wake();
    };
    pump.start();
    await clock.advance(0);
    expect(done).toBe(1);
  });

  test('tells when its table cannot be read, and looks again a second later', async () => {
    let failing = true;
    let done = 0;
    const { pump, clock, log } = createTestPump({
      claim: async () => {
        if (failing) throw new Error('the disk is full');
        return done === 0 ? async () => void done++ : undefined;
      },
    });
    pump.start();
    await clock.advance(999);
    expect(log.of('error')).toEqual(['the table could not be read; looking again in a second']);
    failing = false;
    await clock.advance(1);
    expect(done).toBe(1);
  });
});

describe('stopping', () => {
  test('takes nothing more, and waits for the work in hand', async () => {
    const { pump, clock, queue } = createTestPump({ concurrency: 1 });
    const work = createWork();
    let begun = 0;
    queue.push(
      () => {
        begun += 1;
        return work.run();
      },
      async () => void begun++,
    );
    pump.start();
    await clock.advance(0);
    let stopped = false;
    const stopping = pump.stop(5_000).then(() => {
      stopped = true;
    });
    await clock.advance(4_000);
    expect(stopped).toBe(false);
    work.end();
    await stopping;
    pump.wake();
    await clock.advance(60_000);
    expect(begun).toBe(1);
  });

  test('does not wait longer than it was told', async () => {
    const { pump, clock, queue } = createTestPump();
    const work = createWork();
    queue.push(work.run);
    pump.start();
    await clock.advance(0);
    let stopped = false;
    void pump.stop(5_000).then(() => {
      stopped = true;
    });
    await clock.advance(4_999);
    expect(stopped).toBe(false);
    await clock.advance(1);
    expect(stopped).toBe(true);
    work.end();
  });

  test('waits also for what was being claimed at that moment', async () => {
    const work = createWork();
    const claimed = createWork();
    const { pump, clock } = createTestPump({
      claim: async () => {
        await claimed.run();
        return work.run;
      },
    });
    pump.start();
    let stopped = false;
    void pump.stop(5_000).then(() => {
      stopped = true;
    });
    claimed.end();
    await clock.advance(1_000);
    expect(stopped).toBe(false);
    work.end();
    await clock.advance(0);
    expect(stopped).toBe(true);
  });

  test('is not for ever', async () => {
    const { pump, clock, queue } = createTestPump();
    pump.start();
    await pump.stop(0);
    let done = 0;
    queue.push(async () => void done++);
    pump.start();
    await clock.advance(0);
    expect(done).toBe(1);
  });
});
