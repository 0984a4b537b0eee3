import type { Role } from './people.ts';

/** A message as the floor sees it: who speaks, to whom, where, and who holds the thread. */
export interface Utterance {
  role: Role;
  text: string;
  /** User ids named by `<@U…>`, quotes left out. */
  mentions: readonly string[];
  botUserId: string;
  /** Lower-case first names of the people in the channel, without the author and the bot. */
  memberFirstNames: ReadonlySet<string>;
  mode: 'answer' | 'mention' | 'off';
  now: number;
  thread: {
    staffSpokeAt: number | undefined;
    handedOverAt: number | undefined;
    awaitsDecision: boolean;
  };
  staffHoldMs: number;
}

export type Floor =
  | { turn: 'bot' }
  | { turn: 'nobody'; reason: string }
  /** A person has (or is given) the thread; `hold` = somebody of the staff just spoke. */
  | { turn: 'person'; reason: string; hold: boolean }
  /** Staff gave the thread back. */
  | { turn: 'released' };

const GIVES_BACK = /\b(back|over) to you\b/i;

/** Who speaks next. The bot does only when it is spoken to and nobody of the staff holds the thread. */
export function whoSpeaksNext(utterance: Utterance): Floor {
  const named = utterance.mentions.includes(utterance.botUserId);
  if (utterance.role === 'bot') return { turn: 'nobody', reason: 'another bot spoke' };
  if (utterance.mode === 'off') return { turn: 'nobody', reason: 'switched off in this channel' };
  if (utterance.role === 'staff') return afterStaff(utterance, named);
  if (named) return utterance.thread.awaitsDecision ? waiting() : { turn: 'bot' };
  if (utterance.mentions.length > 0) return person('addressed to a person by mention');
  if (addressesByName(utterance)) return person('addressed to a person by first name');
  if (utterance.thread.awaitsDecision) return waiting();
  if (isHeld(utterance)) return person('a person holds the thread');
  if (utterance.mode === 'mention') return { turn: 'nobody', reason: 'not mentioned' };
  return { turn: 'bot' };
}

/** Staff speak to customers or to each other; the bot joins in only when a question is put to it by name. */
function afterStaff(utterance: Utterance, named: boolean): Floor {
  if (GIVES_BACK.test(utterance.text) && (named || utterance.mentions.length === 0))
    return { turn: 'released' };
  if (named && utterance.text.includes('?')) return { turn: 'bot' };
  return { turn: 'person', reason: 'staff spoke', hold: true };
}

function isHeld({ thread, now, staffHoldMs }: Utterance): boolean {
  const since = Math.max(thread.staffSpokeAt ?? 0, thread.handedOverAt ?? 0);
  return since > 0 && now - since < staffHoldMs;
}

/** "Sam, did you see this?" is Sam's. A name inside the sentence is talk about somebody, not to them. */
function addressesByName({ text, memberFirstNames }: Utterance): boolean {
  const opening = /^\s*(?:(?:hi|hey|hello|dear|thanks|thank you)\s+)?@?([\p{L}'-]+)/iu.exec(text);
  return opening?.[1] !== undefined && memberFirstNames.has(opening[1].toLowerCase());
}

function person(reason: string): Floor {
  return { turn: 'person', reason, hold: false };
}

function waiting(): Floor {
  return { turn: 'nobody', reason: 'a decision is awaited' };
}
