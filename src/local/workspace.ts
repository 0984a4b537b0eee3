import { createMessages } from './messages.ts';
import { createPlaces } from './places.ts';
import type { Seed } from './seed.ts';
import { createTimestamps } from './timestamps.ts';
import type { Change, View, WorkspaceExport } from './types.ts';

export type Workspace = ReturnType<typeof createWorkspace>;

/** The state of the local workspace and the only way to change it. It knows nothing of HTTP or of the bot's code. */
export function createWorkspace(seed: Seed, nowMs: () => number = Date.now) {
  const listeners = new Set<(change: Change) => void>();
  const homes = new Map<string, View>();
  const nextTs = createTimestamps(nowMs);

  function announce(change: Change): void {
    for (const listener of [...listeners]) listener(change);
  }

  const messages = createMessages({ nextTs, announce });
  const places = createPlaces({ seed, announce, post: messages.post });

  function publishHome(user: string, view: View): void {
    homes.set(user, view);
    announce({ type: 'home', user, view });
  }

  function exportAll(): WorkspaceExport {
    return {
      messages: messages.allMessages(),
      channels: [...places.channels.values()],
      users: [...places.users.values()],
      homes: Object.fromEntries(homes),
    };
  }

  return {
    ...messages,
    ...places,
    homes,
    nextTs,
    nowMs,
    announce,
    publishHome,
    exportAll,
    onChange(listener: (change: Change) => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
