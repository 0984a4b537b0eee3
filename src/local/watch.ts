import type { Frame, Frames } from './frames.ts';
import type { Message, WorkspaceExport } from './types.ts';
import type { Workspace } from './workspace.ts';

export interface Watched extends WorkspaceExport {
  frames: Frame[];
}

type Truthy<T> = Exclude<NonNullable<T>, false>;

/** Waits until the predicate gives something, looking again at every change and every frame. */
export function createWatch(workspace: Workspace, frames: Frames) {
  const look = (): Watched => ({ ...workspace.exportAll(), frames: frames.all() });

  return function waitFor<T>(predicate: (state: Watched) => T, timeoutMs = 5000): Promise<Truthy<T>> {
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        clearTimeout(timer);
        clearInterval(poll);
        for (const stop of stops) stop();
        act();
      };
      const check = () => {
        try {
          const found = predicate(look());
          if (found) finish(() => resolve(found as Truthy<T>));
        } catch (error) {
          finish(() => reject(error));
        }
      };
      const timer = setTimeout(() => {
        finish(() => reject(new Error(`Not seen within ${timeoutMs} ms. ${describe(look())}`)));
      }, timeoutMs);
      // Some conditions depend on time alone, such as a message that becomes visible later.
      const poll = setInterval(check, 50);
      const stops = [workspace.onChange(check), frames.onFrame(check)];
      check();
    });
  };
}

function describe({ messages, frames }: Watched): string {
  const lastMessages = messages
    .slice(-5)
    .map(({ user, channel, text }: Message) => `${user} in ${channel}: ${text}`);
  const lastFrames = frames.slice(-12).map(({ direction, name }) => `${direction} ${name}`);
  return `Last messages:\n${lastMessages.join('\n')}\nLast frames: ${lastFrames.join(', ')}`;
}
