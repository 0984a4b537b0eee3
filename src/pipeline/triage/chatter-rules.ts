import { fold } from './fold.ts';

const EMOJI =
  /:[a-z0-9_+'-]+:|[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200D\uFE0F\u20E3]/gu;
/** `:)`, `;-)`, `<3`, `xD` */
const EMOTICON = /(?:^|\s)(?:[:;=]'?-?[)(dp/|\]]+|<3+|\^_?\^|x+d+)(?=\s|$)/g;

// A message made of nothing but these asks for nothing.
const COURTESIES = [
  String.raw`(?:many |big |huge |warm |a million )?(?:thanks?|thx|thnx|tnx|ty|tysm|tyvm|cheers|merci|danke|gracias|kudos)(?: (?:you|u|ya))?(?: (?:so|very) (?:much|kindly))*(?: a (?:lot|bunch|ton|million)| heaps| loads| tons)?(?: (?:again|indeed|anyway|all|everyone|everybody|guys|folks|team|both|mate|man|in advance))*`,
  String.raw`(?:(?:i |we )?(?:really )?appreciate (?:it|that|this|you|the (?:quick |fast )?(?:help|reply|response|support|answer)|your (?:help|support|time|patience|quick reply)))`,
  String.raw`(?:for|with) (?:the|your|all the|all your|being) (?:\w+ ){0,3}(?:help|support|reply|response|answer|info|information|update|heads up|patience|time|explanation|work|assistance|link|clarification|follow-?up|so patient|so helpful|helpful|fix)`,
  String.raw`ok(?:ay|ey|ie)?|k+|kk|alright|all right|allright|sure(?: thing)?|right|yes|yep|yup|yeah|no(?: worries| problem| rush)?|nope|np|nvm|never mind|roger(?: that)?|copy that|ack|understood|noted|got (?:it|you)|gotcha|i see|makes (?:total |perfect )?sense|fair enough|sounds? (?:good|great|fine|like a plan)(?: to me)?|will do|done|perfect(?:ly)?|great|good|nice(?: one)?|awesome|amazing|excellent|brilliant|wonderful|fantastic|lovely|super|cool|sweet|neat|wow|yay|woo+hoo+|hooray|congrat(?:s|ulations)|well done|good (?:job|work|stuff|one|point|to know|call)|great (?:job|work|stuff|news|point)|love (?:it|this|that)|works?(?: (?:now|great|perfectly|fine|again|like a charm|for me))?|(?:it |that |this |everything )(?:works?|worked|did the trick|helps?|helped|solved it|fixed it)(?: (?:now|great|perfectly|fine|again|like a charm|a lot|for me))*|solved|fixed|all (?:good|set|sorted|clear|done)|(?:that's|thats|that is|this is|it's|its) (?:all|it|great|good|perfect|awesome|fine|helpful|very helpful|so helpful|ok|okay|exactly what (?:i|we) (?:need|needed|was looking for|were looking for)|all (?:i|we) needed)(?: (?:for )?(?:now|then|today))?|you(?:'re| are|re) (?:the best|a (?:star|lifesaver|legend|hero)|awesome|amazing|welcome|so helpful)|my pleasure|no thanks|lo+l|lmao|rofl|ha(?:ha)+h?|he(?:he)+|hm+|oh|ah|ahh|aha|uh|um|oops|whoops|ouch|yikes|phew|please|sorry|my bad|apologies|same(?: here)?|me too|agreed|exactly|indeed|true|\+1|this|bump|test(?:ing)?`,
  String.raw`(?:hi|hiya|hey|heya|hello|helo|hallo|hola|howdy|greetings|yo|sup|welcome(?: back| aboard)?|(?:a )?(?:very )?good (?:morning|afternoon|evening|day|night)|(?:morning|afternoon|evening|gm|gn)|bye|goodbye|see (?:you|ya)(?: (?:soon|later|tomorrow|all|then|there|monday|next week))?|later|ttyl|take care|talk soon|have a (?:\w+ ){0,2}(?:day|weekend|evening|night|one|week|time|holiday|trip)|enjoy (?:your|the) (?:\w+ )?(?:day|weekend|evening|week|holidays?|lunch|break)|you too|same to you|happy (?:\w+ ){0,2}(?:monday|tuesday|wednesday|thursday|friday|birthday|holidays?|new year|weekend|anniversary|easter|christmas|thanksgiving|diwali)|merry (?:christmas|xmas)|(?:best|kind|warm)?(?: )?regards|best|cheers)(?: (?:there|all|everyone|everybody|guys|folks|team|people|friends?|y'all|to (?:all|you|everyone)(?: (?:of you|team))?|from \w+))*`,
  String.raw`how (?:are|r) (?:you|u|things|y'all|we)(?: (?:all|doing|today|going|guys|everyone))*|how(?:'s| is) (?:it going|everyone|everybody|life|your (?:day|week|morning))(?: (?:doing|going|today))*|how was (?:your|the|everyone's) (?:\w+ )?(?:weekend|holidays?|vacation|trip|day)|what'?s up|(?:i )?hope (?:you(?:'re| are)?|everyone(?:'s| is)?|all(?: is)?|you all|this)(?: (?:all|had|have|has|is|are|are all|doing|doing well|well|a|good|great|nice|lovely|weekend|week|day|start|to|the|finds you|keeping|safe|relaxing))*`,
  String.raw`(?:so|very|really|just|too|it|and|but|then|again|now|all|team|everyone|guys|folks|there|here|mate|man|buddy|friend|sir|madam|much|lot|totally|absolutely|definitely|quite|pretty|indeed|finally|anyway|for now|for today|today|everybody|to you|to all|at all|still|also|from (?:me|us|my side|our side))`,
];
const COURTESY = new RegExp(String.raw`(?<![\w'])(?:${COURTESIES.join('|')})(?![\w'])`, 'gu');

// Questions nobody wants answered, and news that asks for nothing. Held only without a sign of trouble.
const SMALL_TALK = [
  /^(?:who|what) (?:doesn't|does not|isn't|wouldn't|could possibly|could go wrong|a (?:day|week|game|match|view|time|goal|year|ride))\b/,
  /^(?:isn't|ain't|wasn't|aren't) (?:it|that|this|mondays?|life) (?:just |so |the |a )?\w+/,
  /^(?:can|could|would) you believe\b/,
  /^(?:how (?:cool|awesome|great|nice|funny|lovely|cute|crazy|amazing|time flies)\b)/,
  /^(?:why (?:is|are|do|does) (?:it|monday|mondays|meetings?|everything|everyone|nothing|people|we|i) (?:always|even|ever|never|so)\b)/,
  /^(?:who knew|who knows|who cares|who would have thought|what (?:else|more) (?:is new|could (?:i|we|you) (?:ask|want|wish))|what would we do without|where (?:has|did) the time go|are we there yet|right|am i right|is it friday yet|what's not to (?:like|love)|what is it with mondays)\b/,
  /\b(?:nice|lovely|terrible|awful|beautiful|great|crazy|hot|cold|rainy|sunny|snowy) (?:weather|day|morning) (?:today|here|outside|out there|this morning)\b/,
  /\b(?:anyone|anybody|who(?:'s| is)?|someone) (?:else )?(?:up for|in for|coming to|joining|wants? to join|fancy|fancies|want(?:s)? (?:to grab|some|a)|for|going to|watching|watched|seen) (?:\w+ ){0,4}(?:lunch|coffee|dinner|beers?|drinks?|pizza|walk|run|match|game|party|show|episode|film|movie|concert|cake|breakfast|tea)\b/,
  /^(?:\W*)(?:fyi|heads[ -]?up|psa|announcement|reminder|just a (?:quick )?(?:heads[ -]?up|reminder|note|fyi)|quick (?:heads[ -]?up|reminder|note|fyi|update)|(?:just )?(?:letting|to let) (?:you|everyone|the team) (?:all )?know|we(?:'re| are) (?:happy|excited|pleased|thrilled|proud|delighted) to (?:announce|share|welcome|introduce)|(?:i'm|i am|we're) (?:happy|excited|pleased|thrilled) to (?:announce|share|introduce)|please (?:join me in|welcome)|(?:please )?join us (?:for|on|at|this|next)|you(?:'re| are) (?:all )?invited|save the date|introducing|welcome)\b/,
  /\b(?:is joining (?:us|the team|our team)|(?:will be|is|i'm|i am|we're|we are|we'll be|i'll be) (?:out of (?:the )?office|ooo|on (?:holiday|vacation|leave|pto)|away|offline|off) (?:today|tomorrow|on|from|until|till|this|next|for|starting|all)|joined the channel|(?:office|team) (?:party|lunch|outing|closed)|public holiday|bank holiday|kick-?off is|meeting (?:is |has been |was )?(?:moved|cancelled|canceled|rescheduled|postponed))\b/,
];
const TROUBLE =
  /\b(?:errors?|bugs?|broken|fail(?:s|ed|ing|ure)?|crash\w*|outage|down|issues?|problems?|stuck|slow|wrong|missing|lost|can't|cannot|cant|unable|doesn't|does not|doesnt|won't|isn't working|not (?:working|loading|able|possible)|stopped|help|how (?:do|can|to|should|would|could|long|much|many)|where (?:do|can|is|are)|refunds?|reimburse\w*|charged|charges?|invoices?|billed|billing|password|log ?in|locked|cancel (?:my|our|the)|please (?:check|fix|look|advise|confirm|send|change|update|delete|remove|add|cancel|explain)|question)\b/;

/** Whether a message asks for nothing: thanks, greetings, emoji, small talk, rhetoric, announcements. */
export function isChatter(text: string): boolean {
  const folded = fold(text.replace(EMOJI, ' ')).replace(EMOTICON, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(folded)) return !/^\W*\?+\W*$/.test(folded);
  if (isCourtesyOnly(folded)) return true;
  const rest = withoutOpening(folded);
  return !TROUBLE.test(folded) && SMALL_TALK.some((pattern) => pattern.test(rest));
}

function isCourtesyOnly(folded: string): boolean {
  const left = folded.replace(COURTESY, ' ').replace(COURTESY, ' ');
  // A name after the greeting ("thanks Maya!") is the one word that may stay.
  const words = left.match(/[\p{L}\p{N}'-]+/gu) ?? [];
  return (
    words.length === 0 ||
    (words.length === 1 &&
      /^[\W_]*(?:hi|hey|hello|thanks?|thank you|thx|cheers|good \w+|bye|welcome|morning)\b/.test(folded) &&
      isName(words[0] ?? ''))
  );
}

const isName = (word: string) =>
  /^[\p{L}'-]{2,15}$/u.test(word) &&
  !TROUBLE.test(word) &&
  !/^(?:but|what|why|how|where|when|who|which|anyone|anybody|update|bot|urgent|asap)$/.test(word);

function withoutOpening(folded: string): string {
  return folded.replace(
    /^(?:(?:hi|hey|hello|morning|good (?:morning|afternoon|evening)|so|well|wow|haha|lol|ok|okay|man|ugh|oh)(?: (?:all|everyone|team|folks|guys|there|channel))?[\s,.!:-]+)+/u,
    '',
  );
}
