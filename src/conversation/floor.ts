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

// At the head of a sentence only: "I'll get back to you" is a promise to the customer, and keeps the thread.
const GIVES_BACK =
  /(?:^|[.!?,;:\n–—])\s*(?:(?:ok|okay|alright|all right|so|now|and|right|done|thanks|thank you)[\s,]+)*(?:(?:i['’]?m |i am )?(?:handing|giving|passing)(?: it| this| the thread)? |(?:it|this)(?:['’]s| is) )?(?:back|over) to you\b(?! (?:soon|shortly|asap|later|today|tomorrow|by|in|on|with|when|once|after|as)\b)/i;

/** The first word after a greeting. */
const OPENING =
  /^\s*(?:(?:hi|hey|hello|yo|ok|dear|thanks|thank you|(?:good )?(?:morning|afternoon|evening))[\s,!]+(?:there[\s,]+)?)?@?([\p{L}'’-]+)/iu;

/** First names that also open sentences. */
const ALSO_WORDS = new Set(
  'will may can mark bill grant rob sue pat chase drew art rich frank grace hope joy guy page dean miles dawn april june august summer max per even just an my so do in see'.split(
    ' ',
  ),
);

/** Who speaks next. The bot does only when it is spoken to and nobody of the staff holds the thread. */
export function whoSpeaksNext(utterance: Utterance): Floor {
  // "@Sam, is @Countersign always this slow?" is put to Sam.
  const [addressee] = utterance.mentions;
  const named = addressee === utterance.botUserId;
  if (utterance.role === 'bot') return { turn: 'nobody', reason: 'another bot spoke' };
  if (utterance.mode === 'off') return { turn: 'nobody', reason: 'switched off in this channel' };
  if (utterance.role === 'staff') return afterStaff(utterance, named);
  if (addressee !== undefined && !named) return person('addressed to a person by mention');
  if (addressesByName(utterance, named)) return person('addressed to a person by first name');
  if (utterance.thread.awaitsDecision) return { turn: 'nobody', reason: 'a decision is awaited' };
  if (named) return { turn: 'bot' };
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

/** Whether a person of the staff has the thread at this moment. */
export function isHeld({ thread, now, staffHoldMs }: Utterance): boolean {
  const since = Math.max(thread.staffSpokeAt ?? 0, thread.handedOverAt ?? 0);
  return since > 0 && now - since < staffHoldMs;
}

/**
 * "Sam, did you see this?" is Sam's. A name inside the sentence is talk about somebody, not to them. Where the bot
 * is named as well, or the name is also a word, only a comma or the like makes it an address.
 */
function addressesByName({ text, memberFirstNames }: Utterance, botIsNamed: boolean): boolean {
  const opening = OPENING.exec(text);
  const name = opening?.[1]?.toLowerCase();
  if (name === undefined || !memberFirstNames.has(name)) return false;
  const isSure = !botIsNamed && !ALSO_WORDS.has(name);
  return isSure || /^\s*(?:[,:;!?–—-]|$)/.test(text.slice(opening?.[0].length));
}

function person(reason: string): Floor {
  return { turn: 'person', reason, hold: false };
}
