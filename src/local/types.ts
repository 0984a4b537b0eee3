export type Json = Record<string, unknown>;
export type Block = Json & { type: string; block_id?: string };
export type View = Json & { type: string; id: string; hash: string; blocks: Block[] };

export interface Team {
  id: string;
  name: string;
  home: boolean;
}

export type Role = 'customer' | 'guest' | 'staff' | 'manager' | 'bot';

export interface User {
  id: string;
  name: string;
  realName: string;
  title: string;
  teamId: string;
  role: Role;
  isBot: boolean;
  isGuest: boolean;
  color: string;
  botId?: string;
  isDeleted?: boolean;
  /** An external person who shares no channel with the home workspace; it is no general "external" flag. */
  isStranger?: boolean;
  isSingleChannelGuest?: boolean;
}

export interface Channel {
  id: string;
  name: string;
  topic: string;
  isPrivate: boolean;
  isExtShared: boolean;
  isIm: boolean;
  members: string[];
  isArchived?: boolean;
}

export interface UserGroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
}

export interface Reaction {
  name: string;
  users: string[];
}

export interface Message {
  channel: string;
  ts: string;
  threadTs?: string;
  user: string;
  botId?: string;
  text: string;
  blocks?: Block[];
  edited?: boolean;
  editedTs?: string;
  reactions: Reaction[];
  ephemeralFor?: string;
  metadata?: Json;
  unfurl?: boolean;
  subtype?: string;
  files?: Json[];
  attachments?: Json[];
  inviter?: string;
  streaming?: { state: 'in_progress' | 'completed'; startedAtMs: number };
}

export interface Suggestion {
  as: string;
  channel: string;
  text: string;
  shows: string;
}

export interface Command {
  command: string;
  usage: string;
}

/** Everything that can happen in the workspace; the event stream of the bot and the page are both made of it. */
export type Change =
  | { type: 'message-posted'; message: Message }
  | { type: 'message-changed'; message: Message; previous: Message }
  | { type: 'message-deleted'; previous: Message }
  | { type: 'reaction'; added: boolean; message: Message; name: string; user: string }
  | { type: 'channel'; channel: Channel }
  | { type: 'joined'; channel: Channel; user: string; inviter?: string }
  | { type: 'left'; channel: Channel; user: string; actor: string }
  | { type: 'home'; user: string; view: View }
  | { type: 'home-opened'; user: string; channel: string; view?: View }
  | { type: 'modal'; user: string; view: View | null }
  | { type: 'status'; channel: string; threadTs: string; text: string }
  | { type: 'user'; user: User };

export interface WorkspaceExport {
  messages: Message[];
  channels: Channel[];
  users: User[];
  homes: Record<string, View>;
}
