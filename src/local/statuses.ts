import { BOT } from './seed.ts';
import type { Workspace } from './workspace.ts';

/** Slack takes a status away after two minutes, or when the app replies. */
const LIFE_MS = 120_000;

export type Statuses = ReturnType<typeof createStatuses>;

/** The "is thinking…" lines under threads. */
export function createStatuses(workspace: Workspace) {
  const shown = new Map<string, { text: string; timer: NodeJS.Timeout }>();

  function clear(channel: string, threadTs: string): void {
    const key = `${channel} ${threadTs}`;
    const status = shown.get(key);
    if (!status) return;
    clearTimeout(status.timer);
    shown.delete(key);
    workspace.announce({ type: 'status', channel, threadTs, text: '' });
  }

  workspace.onChange((change) => {
    if (change.type !== 'message-posted' || change.message.botId !== BOT.botId) return;
    const { channel, threadTs, ephemeralFor } = change.message;
    if (threadTs && !ephemeralFor) clear(channel, threadTs);
  });

  return {
    clear,
    set(channel: string, threadTs: string, text: string): void {
      clear(channel, threadTs);
      if (!text) return;
      const timer = setTimeout(() => clear(channel, threadTs), LIFE_MS);
      timer.unref();
      shown.set(`${channel} ${threadTs}`, { text, timer });
      workspace.announce({ type: 'status', channel, threadTs, text });
    },
    get: (channel: string, threadTs: string) => shown.get(`${channel} ${threadTs}`)?.text,
    stop(): void {
      for (const { timer } of shown.values()) clearTimeout(timer);
      shown.clear();
    },
  };
}
