import type { NewInboxItem } from '../../store/inbox.ts';

interface BlockActions {
  trigger_id?: string;
  user?: { id?: string };
  channel?: { id?: string };
  message?: { ts?: string; thread_ts?: string };
  container?: { channel_id?: string; message_ts?: string };
  actions?: { action_id?: string; value?: string; action_ts?: string }[];
}

/** Buttons and feedback. A press on a message stands in line with the reactions to the same message. */
export function fromButton(body: Record<string, unknown>): NewInboxItem | undefined {
  const press = body as BlockActions;
  const action = press.actions?.[0];
  const user = press.user?.id;
  if (!press.trigger_id || !user || !action?.action_id) return undefined;
  const channel = press.channel?.id ?? press.container?.channel_id;
  const ts = press.message?.ts ?? press.container?.message_ts;
  const message = channel && ts ? { channel, ts, threadTs: press.message?.thread_ts } : undefined;
  return {
    kind: 'button',
    key: `button:${press.trigger_id}:${action.action_id}`,
    lane: message ? `${message.channel}:${message.ts}` : `button:${user}`,
    sortTs: action.action_ts ?? ts ?? '',
    body: { action: action.action_id, value: action.value ?? '', user, message },
  };
}
