/** What happened, as the inbox keeps it: plain data, no Slack types. Timestamps are Slack's own strings. */
export interface MessagePosted {
  channel: string;
  ts: string;
  /** Undefined for a message at the top level of the channel. */
  threadTs?: string | undefined;
  user: string;
  /** The author's workspace where Slack says it; it may be missing. */
  team?: string | undefined;
  /** In Slack's notation. */
  text: string;
}

export interface MessageRewritten {
  channel: string;
  ts: string;
  /** Empty when the author deleted the message. */
  text: string;
}

export interface Reacted {
  channel: string;
  ts: string;
  user: string;
  emoji: string;
  removed: boolean;
}

export interface ButtonPressed {
  action: string;
  value: string;
  user: string;
  /** Undefined on surfaces that are not messages. */
  message?: { channel: string; ts: string; threadTs?: string | undefined } | undefined;
}

export interface CommandGiven {
  command: string;
  text: string;
  user: string;
  channel: string;
  responseUrl: string;
}

export interface HomeOpened {
  user: string;
}

export interface BotJoined {
  channel: string;
  invitedBy?: string | undefined;
}

/** Kinds of inbox items and what each carries. */
export interface InboxBodies {
  message: MessagePosted;
  rewrite: MessageRewritten;
  reaction: Reacted;
  button: ButtonPressed;
  command: CommandGiven;
  home: HomeOpened;
  joined: BotJoined;
}

/** The thread a message belongs to; a top-level message starts its own. */
export function threadOf(message: { ts: string; threadTs?: string | undefined }): string {
  return message.threadTs ?? message.ts;
}
