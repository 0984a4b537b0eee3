import { threadOf } from '../../conversation/events.ts';
import type { NewInboxItem } from '../../store/inbox.ts';
import type { EventEnvelope } from './envelope.ts';

/** Subtypes under which people still say something; joins, topic changes and the like say nothing to us. */
const SPOKEN = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

/** `message` in all its shapes: posted, edited, deleted. One post is one item, also when it is a mention. */
export function fromMessage(envelope: EventEnvelope): NewInboxItem | undefined {
  const { event } = envelope;
  if (event.subtype === 'message_changed') return fromEdit(envelope);
  if (event.subtype === 'message_deleted') return fromDeletion(envelope);
  if (!SPOKEN.has(event.subtype) || !event.user || !event.channel || !event.ts) return undefined;
  if (event.user === envelope.botUserId) return undefined;
  return {
    kind: 'message',
    key: envelope.eventId,
    subject: `message:${event.channel}:${event.ts}`,
    lane: `${event.channel}:${threadOf({ ts: event.ts, threadTs: event.thread_ts })}`,
    sortTs: event.ts,
    body: {
      channel: event.channel,
      ts: event.ts,
      threadTs: event.thread_ts,
      user: event.user,
      team: event.user_team ?? event.team,
      text: event.text ?? '',
    },
  };
}

/** Slack also says "changed" when a link unfurls or a reply comes in; only a new text is an edit. */
function fromEdit({ event, eventId, botUserId }: EventEnvelope): NewInboxItem | undefined {
  const { message, previous_message: before, channel } = event;
  if (!channel || !message.ts || message.user === botUserId || message.text === before.text) return undefined;
  // A deleted message that has replies is changed into a placeholder.
  const text = message.subtype === 'tombstone' ? '' : (message.text ?? '');
  return rewrite(eventId, channel, { ...message, ts: message.ts }, event.event_ts, text);
}

function fromDeletion({ event, eventId, botUserId }: EventEnvelope): NewInboxItem | undefined {
  const { previous_message: before, channel } = event;
  const ts = event.deleted_ts ?? before.ts;
  if (!channel || !ts || before.user === botUserId) return undefined;
  return rewrite(eventId, channel, { ...before, ts }, event.event_ts, '');
}

function rewrite(
  key: string,
  channel: string,
  message: { ts: string; thread_ts?: string | undefined },
  at: string | undefined,
  text: string,
): NewInboxItem {
  return {
    kind: 'rewrite',
    key,
    lane: `${channel}:${threadOf({ ts: message.ts, threadTs: message.thread_ts })}`,
    sortTs: at ?? message.ts,
    body: { channel, ts: message.ts, text },
  };
}
