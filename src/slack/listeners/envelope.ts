import { readPart, readTexts } from './read-texts.ts';

const EVENT_TEXTS = [
  ...(['type', 'subtype', 'channel', 'user', 'team', 'user_team', 'text', 'ts', 'thread_ts'] as const),
  ...(['event_ts', 'deleted_ts', 'reaction', 'item_user', 'tab', 'inviter'] as const),
] as const;
const MESSAGE_TEXTS = ['subtype', 'user', 'text', 'ts', 'thread_ts'] as const;
const ITEM_TEXTS = ['type', 'channel', 'ts'] as const;

type Texts<N extends readonly string[]> = { [K in N[number]]?: string };
type SlackMessage = Texts<typeof MESSAGE_TEXTS>;

/** The fields we read of Slack's events. Everything may be missing: payloads are data from outside. */
export type SlackEvent = Texts<typeof EVENT_TEXTS> & {
  message: SlackMessage;
  previous_message: SlackMessage;
  item: Texts<typeof ITEM_TEXTS>;
};

export interface EventEnvelope {
  eventId: string;
  /** Whose token may act here: ours. Undefined when Slack leaves it out. */
  botUserId: string | undefined;
  event: SlackEvent;
}

/** Reads an Events API body; undefined when it is not one. */
export function readEnvelope(body: Record<string, unknown>): EventEnvelope | undefined {
  const { event_id: eventId } = readTexts(body, ['event_id']);
  const event = readPart(body, 'event');
  // Without an id of its own a delivery could not be told from the next one.
  if (!eventId) return undefined;
  const authorizations = Array.isArray(body.authorizations) ? (body.authorizations as unknown[]) : [];
  return {
    eventId,
    botUserId: readTexts(authorizations[0], ['user_id']).user_id,
    event: {
      ...readTexts(event, EVENT_TEXTS),
      message: readTexts(readPart(event, 'message'), MESSAGE_TEXTS),
      previous_message: readTexts(readPart(event, 'previous_message'), MESSAGE_TEXTS),
      item: readTexts(readPart(event, 'item'), ITEM_TEXTS),
    },
  };
}
