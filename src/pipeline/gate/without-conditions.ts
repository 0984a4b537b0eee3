const CONDITION =
  '(?:if|unless|until|after|as soon as|once(?= (?:you|we|i|the|it|a|an|your|they|this|that|he|she|my|our|approved)\\b))';
/** What follows runs to the comma or the end, unless a new main clause of ours or of the customer begins. */
const CLAUSE = '(?:(?!(?:we|i|they|you) (?:will|shall|are|get|receive|pay)\\b)[^\\s,]+ ?)+(?:, )?';
const IF_CLAUSE = new RegExp(`(?<=^|, |: | )(?:and |or |but )?${CONDITION} \\S+ ${CLAUSE}`, 'g');
const WHEN_CLAUSE = /(?<=^|, |: )when (?:(?!(?:we|i|they) (?:will|shall)\b)[^\s,]+ )+, /g;
const DECLINED =
  /(?<=^| )(?:i|we|nobody|nobody else|no (?:automatic )?(?:assistant|one)|the documentation|our documentation|the page) .{0,12}?(?:(?:can|could|will|do|does|am|are|may|did) (?:not|never)(?: be)?(?: able| allowed)?(?: to)?|unable to|not (?:able|allowed) to|may) (?:say|tell|know|promise|guarantee|confirm|commit|comment|predict|see|mention|grant|approve|offer|give|judge)(?:(?: you)?(?: \w+)? (?:whether|if|when|how|who|what)(?: [^\s,:]+){0,12}|(?: or (?:promise|guarantee|confirm|offer|give|approve|grant))?(?: you| to| on| about)?(?: that (?:it|this) will not happen again)?(?: (?!(?:we|i|they|it|you) (?:will|have|are|get))(?!but |still |yet |however )[^\s,:]+){0,7})/g;
const REPORTED =
  /(?<=^|, )(?:(?:i|we) (?:understand|see|know|gather|read|hear) (?:that )?)?you (?:are asking|wrote|said|say|asked|ask|mentioned|mention|want|would like|requested|expect)(?: [^\s,]+){0,9}/g;
/** `nobody can promise …`, and when a person is going to decide: the rule of the house, not a word of ours. */
const NOBODY_CAN =
  /(?<=^|, )(?:nobody|no one|no \w+(?: \w+)?|neither|only (?:a|the|our) (?:\w+ )?(?:manager|person|team)) (?:\w+ ){0,4}?(?:can|may|could) (?:(?!but |still |yet )[^\s,]+ ?)*/g;
const PEOPLE_DECIDE =
  /(?:(?:will )?(?:decides?|reviews?|answers?|checks?)) (?:(?:it|this|each|every|the|your) (?:\w+ )?)?within (?:\d+|two|five|one|an?) (?:business )?(?:days?|hours?)|(?:will )?get back to you(?! (?:by|before|within|tomorrow|today|tonight|on|in (?!this|the|here)))/g;
const NOTHING_YET = /(?<=^|, )(?:nothing|no \w+) (?:has|have) (?:yet )?been [^,]*/g;
const BY_PEOPLE =
  /\b(?:if|once|when|whether) (?:a|the|our|your) (?:\w+ )?(?:(?:manager|person) (?:approves|decides|agrees|accepts|grants)|(?:request|refund|claim) (?:is|gets) (?:approved|granted|accepted))|(?:if|once|when) (?:it is )?(?:approved|granted)\b(?! ,? ?(?:which|and|as))/;
/** What cancelling does is a rule, unless it forgives what is still owed. */
const CANCELLING =
  /^(?!.*\b(?:rest|remaining|outstanding|contract|early|back)\b).*\b(?:(?:after|once|when|if) you cancel|during the trial)\b/;
/** How a promotion or a trial works for everybody who signs up, as documentation puts it. */
const SIGN_UP =
  /\b(?:receive a one time grant of amt|see the credits applied to your next invoice|when you sign up|signs up from your link)\b/;
const OURS = /\b(?:i|we|our|my|us)\b/;
const THRESHOLD = /^(?:if|when) .*\b(?:exceeds?|or less|or more|below|above|less than|more than)\b/;

/**
 * What a statement says outright: without its conditions, what it declines to say and what the customer is said to
 * have asked for. Empty when all of it hangs on what a person will decide, or on a threshold.
 */
export function withoutConditions(statement: string): string {
  if (
    BY_PEOPLE.test(statement) ||
    ((SIGN_UP.test(statement) || THRESHOLD.test(statement) || CANCELLING.test(statement)) &&
      !OURS.test(statement))
  )
    return '';
  return withoutHearsay(statement).replace(WHEN_CLAUSE, '').replace(IF_CLAUSE, '').trim();
}

/** The same with its conditions: a date may stand in them. */
export function withoutHearsay(statement: string): string {
  if (BY_PEOPLE.test(statement)) return '';
  const own = statement
    .replace(DECLINED, ' ')
    .replace(REPORTED, ' ')
    .replace(NOTHING_YET, ' ')
    .replace(NOBODY_CAN, ' ')
    .replace(PEOPLE_DECIDE, ' ');
  return own
    .replace(/(?<=^| )whether (?!or not)(?:[^\s,]+ ?)+?(?=,|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
