/** The fields we read of Slack's events. Everything may be missing: payloads are data from outside. */
export interface SlackEvent {
  type?: string;
  subtype?: string | undefined;
  channel?: string | undefined;
  user?: string | undefined;
  team?: string | undefined;
  user_team?: string | undefined;
  text?: string | undefined;
  ts?: string | undefined;
  thread_ts?: string | undefined;
  event_ts?: string | undefined;
  deleted_ts?: string | undefined;
  message?: SlackMessage | undefined;
  previous_message?: SlackMessage | undefined;
  reaction?: string | undefined;
  item?: { type?: string; channel?: string; ts?: string } | undefined;
  item_user?: string | undefined;
  tab?: string | undefined;
  inviter?: string | undefined;
}

interface SlackMessage {
  user?: string | undefined;
  text?: string | undefined;
  ts?: string | undefined;
  thread_ts?: string | undefined;
}

export interface EventEnvelope {
  eventId: string;
  /** Whose token may act here: ours. Undefined when Slack leaves it out. */
  botUserId: string | undefined;
  event: SlackEvent;
}

/** Reads an Events API body; undefined when it is not one. */
export function readEnvelope(body: unknown): EventEnvelope | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { event, event_id, authorizations } = body as {
    event?: SlackEvent;
    event_id?: string;
    authorizations?: { user_id?: string; is_bot?: boolean }[];
  };
  if (typeof event !== 'object' || event === null || typeof event_id !== 'string') return undefined;
  return { eventId: event_id, botUserId: authorizations?.[0]?.user_id, event };
}
