import type { NewInboxItem } from '../../store/inbox.ts';
import type { EventEnvelope } from './envelope.ts';

/** Reactions matter on our own messages only; whose they are and what they mean is decided later. */
export function fromReaction({ event, eventId, botUserId }: EventEnvelope): NewInboxItem | undefined {
  const { item, user, reaction, item_user: author } = event;
  if (item.type !== 'message' || !item.channel || !item.ts || !user || !reaction) return undefined;
  if (author !== undefined && botUserId !== undefined && author !== botUserId) return undefined;
  return {
    kind: 'reaction',
    key: eventId,
    lane: `${item.channel}:${item.ts}`,
    sortTs: event.event_ts ?? item.ts,
    body: {
      channel: item.channel,
      ts: item.ts,
      user,
      emoji: reaction,
      removed: event.type === 'reaction_removed',
    },
  };
}
