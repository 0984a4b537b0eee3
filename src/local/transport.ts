import type { Json } from './types.ts';

export type RequestKind = 'slash_commands' | 'interactive';

/** What the bot said to a slash command or an interaction. Without an answer in time the person sees an error. */
export type Answer =
  | { acked: true; payload: Json }
  | { acked: false; reason: 'not connected' | 'timeout' | 'refused' };

/** One way to the bot: Socket Mode or signed HTTP requests. */
export interface Transport {
  /** Delivered at least once: again and again until the bot acknowledges, or until the tries are used up. */
  sendEvent(name: string, payload: Json): void;
  /** Delivered once, never again: that is how Slack treats buttons and commands. */
  request(kind: RequestKind, name: string, payload: Json): Promise<Answer>;
  /** Deliveries that are neither acknowledged nor given up. */
  pending(): number;
  stop(): void;
}
