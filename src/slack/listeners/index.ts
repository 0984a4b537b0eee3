import type { NewInboxItem } from '../../store/inbox.ts';
import { fromButton } from './button.ts';
import { fromCommand } from './command.ts';
import { type EventEnvelope, readEnvelope } from './envelope.ts';
import { fromHomeOpened } from './home-opened.ts';
import { fromMemberJoined } from './member-joined.ts';
import { fromMessage } from './message.ts';
import { fromReaction } from './reaction.ts';

/** Every event the product listens to. The manifest is held to this table by a test. */
export const eventListeners: Readonly<Record<string, (envelope: EventEnvelope) => NewInboxItem | undefined>> =
  {
    message: fromMessage,
    // The same post as `message`: both make the same item, whichever comes first.
    app_mention: fromMessage,
    reaction_added: fromReaction,
    reaction_removed: fromReaction,
    app_home_opened: fromHomeOpened,
    member_joined_channel: fromMemberJoined,
  };

export const commandListeners: Readonly<
  Record<string, (body: Record<string, unknown>) => NewInboxItem | undefined>
> = {
  '/reindex': fromCommand,
};

/** What is to be stored of a delivery before it is acknowledged; undefined when it says nothing to us. */
export function toInboxItem(body: unknown): NewInboxItem | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const delivery = body as Record<string, unknown>;
  if (delivery.type === 'block_actions') return fromButton(delivery);
  if (typeof delivery.command === 'string') return find(commandListeners, delivery.command)?.(delivery);
  const envelope = readEnvelope(delivery);
  return envelope && find(eventListeners, envelope.event.type)?.(envelope);
}

/** Names come from outside, and every object knows `constructor`. */
function find<T>(table: Readonly<Record<string, T>>, name: string | undefined): T | undefined {
  return name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
}
