import { AsyncLocalStorage } from 'node:async_hooks';

/** One call to the server: how it is sent and when it ends. */
interface Call {
  origin: string;
  /** Default: the global one. */
  fetch: typeof fetch | undefined;
  signal: AbortSignal;
}

/** The call that the code running now belongs to; other code never has one. */
const calls = new AsyncLocalStorage<Call>();
let restore: (() => void) | undefined;
let users = 0;

/**
 * Gives the client deadlines, which it has no option for: it takes the global `fetch` at every call. The stand-in
 * passes on untouched whatever does not come from a `withDeadline` of ours and go to its origin. The last `release`
 * puts the former one back.
 */
export function holdFetch(): { release(): void } {
  users += 1;
  restore ??= replaceFetch();
  let isHeld = true;
  return {
    release() {
      if (!isHeld) return;
      isHeld = false;
      users -= 1;
      if (users > 0) return;
      restore?.();
      restore = undefined;
    },
  };
}

/** Runs `work`; every request it makes to the origin is aborted by the signal, until its body has been read. */
export function withDeadline<T>(call: Call, work: () => Promise<T>): Promise<T> {
  return calls.run(call, work);
}

function replaceFetch(): () => void {
  const former = globalThis.fetch;
  const standIn: typeof fetch = (input, init) => {
    const call = calls.getStore();
    if (!call || originOf(input) !== call.origin) return former(input, init);
    return calls.exit(() => (call.fetch ?? former)(input, { ...init, signal: call.signal }));
  };
  globalThis.fetch = standIn;
  return () => {
    // Somebody may have wrapped it meanwhile; theirs is not ours to remove.
    if (globalThis.fetch === standIn) globalThis.fetch = former;
  };
}

function originOf(input: Parameters<typeof fetch>[0]): string | undefined {
  const address = input instanceof Request ? input.url : String(input);
  return URL.canParse(address) ? new URL(address).origin : undefined;
}
