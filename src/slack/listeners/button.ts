import type { ButtonPressed } from '../../conversation/events.ts';
import type { NewInboxItem } from '../../store/inbox.ts';
import { readPart, readTexts } from './read-texts.ts';

/** Buttons and feedback. A press on a message stands in line with the reactions to the same message. */
export function fromButton(body: Record<string, unknown>): NewInboxItem | undefined {
  const { trigger_id: trigger } = readTexts(body, ['trigger_id']);
  const user = readTexts(readPart(body, 'user'), ['id']).id;
  const press = Array.isArray(body.actions) ? (body.actions as unknown[])[0] : undefined;
  const action = readTexts(press, ['action_id', 'value', 'action_ts']);
  if (!trigger || !user || !action.action_id) return undefined;
  const message = readMessage(body);
  return {
    kind: 'button',
    key: `button:${trigger}:${action.action_id}`,
    lane: message ? `${message.channel}:${message.ts}` : `button:${user}`,
    sortTs: action.action_ts ?? message?.ts ?? '',
    body: { action: action.action_id, value: action.value ?? '', user, message },
  };
}

function readMessage(body: Record<string, unknown>): ButtonPressed['message'] {
  const shown = readTexts(readPart(body, 'message'), ['ts', 'thread_ts']);
  const container = readTexts(readPart(body, 'container'), ['channel_id', 'message_ts']);
  const channel = readTexts(readPart(body, 'channel'), ['id']).id ?? container.channel_id;
  const ts = shown.ts ?? container.message_ts;
  return channel && ts ? { channel, ts, threadTs: shown.thread_ts } : undefined;
}
