import type { InboxBodies } from '../conversation/events.ts';
import type { Reindex } from '../knowledge/reindex.ts';
import type { KnowledgeIndex } from '../ports.ts';
import type { Handler } from '../worker.ts';
import { createReactionHandler } from './approval.ts';
import { createButtonHandler } from './button.ts';
import { createCommandHandler } from './command.ts';
import type { Desk } from './desk.ts';
import { createHomeHandler } from './home.ts';
import { createJoinedHandler } from './joined.ts';
import { createMessageHandler } from './message.ts';
import { createRewriteHandler } from './rewrite.ts';

/** Who takes care of which kind of inbox item. A kind without a handler does not compile. */
export function createHandlers(
  desk: Desk,
  parts: { reindex: Reindex; index: KnowledgeIndex; model: string; wakeSender: () => void },
): Record<keyof InboxBodies, Handler> {
  return {
    message: createMessageHandler(desk),
    rewrite: createRewriteHandler(),
    reaction: createReactionHandler(desk),
    button: createButtonHandler(desk),
    command: createCommandHandler(desk, parts),
    home: createHomeHandler(desk, parts),
    joined: createJoinedHandler(desk),
  };
}
