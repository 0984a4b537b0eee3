import type { NewInboxItem } from '../../store/inbox.ts';
import type { EventEnvelope } from './envelope.ts';

export function fromHomeOpened({ event, eventId }: EventEnvelope): NewInboxItem | undefined {
  if (event.tab !== 'home' || !event.user) return undefined;
  return {
    kind: 'home',
    key: eventId,
    lane: `home:${event.user}`,
    sortTs: event.event_ts ?? '',
    body: { user: event.user },
  };
}
