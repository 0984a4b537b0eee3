import { refuse } from './refused.ts';
import type { Change, Message } from './types.ts';

export interface NewMessage extends Omit<Message, 'ts' | 'reactions'> {
  ts?: string;
}

interface Deps {
  nextTs: () => string;
  announce: (change: Change) => void;
}

/** The messages of the workspace, by channel and ts. Ephemeral ones live here too, marked with their one reader. */
export function createMessages({ nextTs, announce }: Deps) {
  const byKey = new Map<string, Message>();
  const list = (channel: string) =>
    sorted([...byKey.values()].filter((message) => message.channel === channel));

  function post(draft: NewMessage): Message {
    const message: Message = { ...draft, ts: draft.ts ?? nextTs(), reactions: [] };
    byKey.set(`${message.channel} ${message.ts}`, message);
    announce({ type: 'message-posted', message });
    return message;
  }

  function change(message: Message, fields: Partial<Message>): Message {
    const previous = structuredClone(message);
    Object.assign(message, fields);
    announce({ type: 'message-changed', message, previous });
    return message;
  }

  function repliesTo(channel: string, ts: string): Message[] {
    return list(channel).filter((one) => one.threadTs === ts && one.ts !== ts && !one.ephemeralFor);
  }

  /** A deleted parent with replies stays as a tombstone, as in Slack, so that its thread keeps a head. */
  function remove(message: Message): void {
    if (repliesTo(message.channel, message.ts).length > 0) {
      const tomb = { user: 'USLACKBOT', text: 'This message was deleted.', subtype: 'tombstone' };
      change(message, {
        ...tomb,
        blocks: undefined,
        botId: undefined,
        files: undefined,
        metadata: undefined,
      });
      return;
    }
    byKey.delete(`${message.channel} ${message.ts}`);
    announce({ type: 'message-deleted', previous: message });
  }

  return {
    post,
    change,
    remove,
    repliesTo,
    messagesIn: list,
    allMessages: () => sorted([...byKey.values()]),
    findMessage: (channel: string, ts: string) => byKey.get(`${channel} ${ts}`),
    react: (message: Message, user: string, name: string) => react(message, user, name, announce),
    unreact: (message: Message, user: string, name: string) => unreact(message, user, name, announce),
  };
}

function react(message: Message, user: string, name: string, announce: Deps['announce']): void {
  const known = message.reactions.find((reaction) => reaction.name === name);
  if (known?.users.includes(user)) refuse('already_reacted');
  if (known) known.users.push(user);
  else message.reactions.push({ name, users: [user] });
  announce({ type: 'reaction', added: true, message, name, user });
}

function unreact(message: Message, user: string, name: string, announce: Deps['announce']): void {
  const known = message.reactions.find((reaction) => reaction.name === name);
  if (!known?.users.includes(user)) refuse('no_reaction');
  known.users = known.users.filter((one) => one !== user);
  message.reactions = message.reactions.filter((reaction) => reaction.users.length > 0);
  announce({ type: 'reaction', added: false, message, name, user });
}

/** Compares two message ids of any width; as plain text "9.1" would come after "10.1". */
export function compareTs(a: string, b: string): number {
  const [aSeconds = '0', aRest = '0'] = a.split('.');
  const [bSeconds = '0', bRest = '0'] = b.split('.');
  return Number(aSeconds) - Number(bSeconds) || Number(aRest.padEnd(6, '0')) - Number(bRest.padEnd(6, '0'));
}

function sorted(messages: Message[]): Message[] {
  return messages.sort((a, b) => compareTs(a.ts, b.ts));
}
