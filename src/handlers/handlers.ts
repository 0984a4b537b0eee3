import type { InboxBodies } from '../conversation/events.ts';
import type { Messenger } from '../ports.ts';
import type { Releases } from '../releases.ts';
import type { Handler } from '../worker.ts';
import { createReactionHandler } from './approval.ts';
import { createButtonHandler } from './button.ts';
import { createCommandHandler } from './command.ts';
import type { Desk } from './desk.ts';
import { createHomeHandler, type HomeFacts } from './home.ts';
import { createJoinedHandler } from './joined.ts';
import { createMessageHandler } from './message.ts';
import type { RecallJob } from './recall.ts';
import { createRewriteHandler } from './rewrite.ts';

/** Who takes care of which kind of inbox item. A kind without a handler does not compile. */
export function createHandlers(
  desk: Desk,
  parts: HomeFacts & {
    releases: Releases;
    recall: RecallJob;
    messenger: Pick<Messenger, 'find'>;
    wakeSender: () => void;
  },
): Record<keyof InboxBodies, Handler> {
  return {
    message: createMessageHandler(desk),
    rewrite: createRewriteHandler(desk),
    reaction: createReactionHandler(desk),
    button: createButtonHandler(desk, parts),
    command: createCommandHandler(desk, parts),
    home: createHomeHandler(desk, parts),
    joined: createJoinedHandler(desk),
  };
}
