import { findBlockProblems } from './block-rules.ts';
import { anything, flag, oneOf, report, shape, text } from './checks.ts';
import { plainText } from './element-rules.ts';
import { refuse } from './refused.ts';
import type { Block, Json } from './types.ts';

const shared = {
  private_metadata: text(3000, 0),
  callback_id: text(255, 0),
  external_id: text(255, 0),
};
const home = shape({ type: oneOf('home'), blocks: anything }, shared);
const modal = shape(
  { type: oneOf('modal'), title: plainText(24), blocks: anything },
  {
    ...shared,
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: flag,
    notify_on_close: flag,
    submit_disabled: flag,
  },
);

/** Refuses a view Slack would refuse: unknown fields, texts over their limits, blocks its surface does not take. */
export function requireSoundView(view: Json, type: 'home' | 'modal'): void {
  const messages: string[] = [];
  (type === 'home' ? home : modal)(view, '/view', messages);
  const blocks = (view.blocks ?? []) as Block[];
  messages.push(...findBlockProblems(blocks, type).map((one) => one.replace('pointer:/', 'pointer:/view/')));
  const hasInput = Array.isArray(blocks) && blocks.some((one) => one.type === 'input');
  if (type === 'modal' && hasInput && !view.submit)
    report(messages, '/view', 'missing required field: submit');
  if (messages.length > 0) refuse('invalid_arguments', { response_metadata: { messages } });
}
