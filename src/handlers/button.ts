import type { ButtonPressed } from '../conversation/events.ts';
import type { Messenger } from '../ports.ts';
import type { Handler } from '../worker.ts';
import { createApprovalButtonHandler } from './approval.ts';
import type { Desk } from './desk.ts';
import { createFeedbackHandler } from './feedback.ts';
import { createPaidButtonHandler } from './paid-button.ts';
import type { RecallJob } from './recall.ts';
import { createRecallButtonHandler } from './recall-button.ts';

/** Every button of ours by its action id. A link button does its work in Slack and needs nothing here. */
export function createButtonHandler(
  desk: Desk,
  parts: { recall: RecallJob; messenger: Pick<Messenger, 'find'> },
): Handler {
  const approval = createApprovalButtonHandler(desk);
  const recall = createRecallButtonHandler(desk, parts);
  const byAction: Record<string, Handler> = {
    'refund.approve': approval,
    'refund.deny': approval,
    'refund.undo': approval,
    'refund.paid': createPaidButtonHandler(desk),
    'recall.send': recall,
    'recall.leave': recall,
    'answer.feedback': createFeedbackHandler(desk),
  };
  return {
    async handle(item) {
      const { action } = JSON.parse(item.body) as ButtonPressed;
      return byAction[action]?.handle(item) ?? { commit: async () => undefined };
    },
  };
}
