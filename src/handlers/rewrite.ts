import type { MessageRewritten } from '../conversation/events.ts';
import { readMessageText } from '../conversation/message-text.ts';
import { readAmount } from '../escalation/amount.ts';
import type { Freeze } from '../escalation/policy.ts';
import { digestOf, quoteWords } from '../escalation/refund.ts';
import { type Escalation, findOpenByQuestion, openEscalation } from '../store/escalations.ts';
import type { Db } from '../store/schema.ts';
import { rewriteMessage } from '../store/threads.ts';
import type { Handler } from '../worker.ts';
import { advance } from './approval-step.ts';
import type { Desk } from './desk.ts';
import { readFreeze } from './frozen.ts';
import { showNewCard } from './new-card.ts';
import { NOBODY } from './permissions.ts';

/** An author changed or deleted a message: our record follows. What was answered or decided stays so. */
export function createRewriteHandler(desk: Desk): Handler {
  return {
    async handle(item) {
      const rewritten = JSON.parse(item.body) as MessageRewritten;
      const text = readMessageText(rewritten.text).plain;
      const isRequest = (await findOpenByQuestion(desk.db, rewritten)) !== undefined;
      const frozen = isRequest ? await readFreeze(desk) : undefined;
      return {
        async commit(db) {
          await rewriteMessage(db, rewritten, text);
          const request = await findOpenByQuestion(db, rewritten);
          if (request !== undefined) await changeRequest(desk, db, request, text, frozen);
        },
      };
    },
  };
}

/** What managers saw is not what is asked for any more, so its card no longer counts; the new words get their own. */
async function changeRequest(
  desk: Desk,
  db: Db,
  request: Escalation,
  text: string,
  frozen: Freeze | undefined,
): Promise<void> {
  const changed = withWords(desk, request, text);
  if (changed.digest === request.digest) return;
  const why = text.trim() === '' ? 'withdrawn' : 'changed';
  const events = [{ kind: 'supersede' as const, why } as const];
  await advance(desk, db, { id: request.id, events, checked: NOBODY });
  if (why === 'changed' && (await openEscalation(db, changed))) await showNewCard(desk, db, changed, frozen);
}

function withWords(desk: Desk, request: Escalation, text: string): Escalation {
  const { channel, threadTs, customer } = request;
  const words = quoteWords(text);
  const amount = readAmount(text);
  return {
    ...request,
    id: desk.newId(),
    facts: { ...request.facts, words, amount },
    digest: digestOf({ channel, threadTs, customer, words, amount }),
    state: 'open',
    createdAt: desk.clock.now(),
  };
}
