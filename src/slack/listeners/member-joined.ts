import type { NewInboxItem } from '../../store/inbox.ts';
import type { EventEnvelope } from './envelope.ts';

/** Of all who join a channel only the bot itself is news. */
export function fromMemberJoined({ event, eventId, botUserId }: EventEnvelope): NewInboxItem | undefined {
  if (!event.channel || event.user === undefined || event.user !== botUserId) return undefined;
  return {
    kind: 'joined',
    key: eventId,
    lane: `joined:${event.channel}`,
    sortTs: event.event_ts ?? '',
    body: { channel: event.channel, invitedBy: event.inviter },
  };
}
