import type { MessageRewritten } from '../conversation/events.ts';
import { readMessageText } from '../conversation/message-text.ts';
import { rewriteMessage } from '../store/threads.ts';
import type { Handler } from '../worker.ts';

/** An author changed or deleted a message: our record follows. What was answered stays answered. */
export function createRewriteHandler(): Handler {
  return {
    async handle(item) {
      const rewritten = JSON.parse(item.body) as MessageRewritten;
      const text = readMessageText(rewritten.text).plain;
      return { commit: (db) => rewriteMessage(db, rewritten, text) };
    },
  };
}
