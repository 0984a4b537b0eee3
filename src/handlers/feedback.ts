import type { ButtonPressed } from '../conversation/events.ts';
import { recordFeedback } from '../store/feedback.ts';
import type { Handler } from '../worker.ts';
import type { Desk } from './desk.ts';

/** Helpful or not, as the person last pressed. The value is `yes:<answer>` or `no:<answer>`. */
export function createFeedbackHandler(desk: Desk): Handler {
  return {
    async handle(item) {
      const press = JSON.parse(item.body) as ButtonPressed;
      const [opinion, answerId] = press.value.split(':');
      if (answerId === undefined) return { commit: async () => undefined };
      const feedback = { answerId, user: press.user, helpful: opinion === 'yes', now: desk.clock.now() };
      return {
        async commit(db) {
          await recordFeedback(db, feedback);
        },
      };
    },
  };
}
