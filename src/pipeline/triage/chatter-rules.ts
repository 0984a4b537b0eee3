import { COURTESIES, FILLERS, RHETORIC, SMALL_TALK, TROUBLE } from './chatter-phrases.ts';
import { fold } from './fold.ts';

const EMOJI =
  /:[a-z0-9_+'-]+:|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200D|\uFE0F|\u20E3/gu;
/** `:)`, `;-)`, `<3`, `xD` */
const EMOTICON = /(?:^|\s)(?:[:;=]'?-?[)(dp/|\]]+|<3+|\^_?\^|x+d+)(?=\s|$)/g;
const COURTESY = new RegExp(String.raw`(?<![\w'])(?:${COURTESIES.join('|')})(?![\w'])`, 'gu');
const FILLER = new RegExp(String.raw`(?<![\w'])(?:${FILLERS})(?![\w'])`, 'gu');
const OPENING =
  /^(?:(?:hi|hey|hello|morning|good (?:morning|afternoon|evening)|so|well|wow|haha|lol|ok|okay|man|ugh|oh)(?: (?:all|everyone|team|folks|guys|there|channel))?[\s,.!:-]+)+/u;
/** "Thanks Maya!" may hold one word that is a name; longer leftovers are matter. */
const NAME = /^\p{Lu}[\p{L}'-]{1,14}$/u;

/** Whether a message asks for nothing: thanks, greetings, emoji, small talk, rhetoric, announcements. */
export function isChatter(text: string): boolean {
  const folded = fold(text.replace(EMOJI, ' ')).replace(EMOTICON, ' ').trim();
  // "??" asks for attention; "🎉🎉" and "..." do not.
  if (!/[\p{L}\p{N}]/u.test(folded)) return !folded.includes('?');
  if (isCourtesyOnly(folded, text)) return true;
  const matter = folded.replace(OPENING, '');
  if (RHETORIC.some((pattern) => pattern.test(matter))) return true;
  return !TROUBLE.test(folded) && SMALL_TALK.some((pattern) => pattern.test(matter));
}

function isCourtesyOnly(folded: string, text: string): boolean {
  const withoutCourtesies = folded.replace(COURTESY, ' ');
  if (withoutCourtesies === folded) return false;
  const left =
    withoutCourtesies.replace(FILLER, ' ').match(/[\p{L}\p{N}'-]*[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? [];
  if (left.length === 0) return true;
  return left.length === 1 && !folded.includes('?') && isNameIn(text, left[0] ?? '');
}

function isNameIn(text: string, folded: string): boolean {
  return (text.match(/[\p{L}'-]+/gu) ?? [])
    .slice(1)
    .some((word) => fold(word) === folded && NAME.test(word) && word !== word.toUpperCase());
}
