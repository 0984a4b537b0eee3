/** Each asks for nothing. A message made of these and fillers alone is chatter. */
export const COURTESIES = [
  // greetings and goodbyes
  String.raw`(?:hi+|hiya|hey+|heya|hello|helo|hallo|hola|howdy|greetings|yo|welcome (?:back|aboard)|(?:a )?(?:very )?good (?:morning|afternoon|evening|day|night)|morning|gm|gn|bye|goodbye|see (?:you|ya)(?: (?:soon|later|tomorrow|all|then|there|monday|next week))?|ttyl|take care|talk soon|have a (?:\w+ ){0,2}(?:day|weekend|evening|night|one|week|time|holiday|trip)|enjoy (?:your|the) (?:\w+ )?(?:day|weekend|evening|week|holidays?|lunch|break)|you too|same to you|happy (?:\w+ ){0,2}(?:monday|tuesday|wednesday|thursday|friday|birthday|holidays?|new year|weekend|anniversary|easter|christmas|thanksgiving|diwali)|merry (?:christmas|xmas)|(?:best|kind|warm) regards|regards)(?: (?:there|all|everyone|everybody|guys|folks|team|people|friends?|y'all|to (?:all|you|everyone)(?: (?:of you|team))?|from \w+))*`,
  String.raw`how (?:are|r) (?:you|u|things|y'all|we)(?: (?:all|doing|today|going|guys|everyone))*|how(?:'s| is) (?:it going|everyone|everybody|life|your (?:day|week|morning))(?: (?:doing|going|today))*|how was (?:your|the|everyone's) (?:\w+ )?(?:weekend|holidays?|vacation|trip|day)|what'?s up|(?:i )?hope (?:you(?:'re| are)?|everyone(?:'s| is)?|all(?: is)?|you all)(?: (?:all|had|have|has|is|are|doing|well|a|good|great|nice|lovely|weekend|week|day|start|keeping|safe))*`,
  // thanks
  `(?:many |big |huge |warm |a million |no )?(?:thanks?|thx+|thnx|tnx|ty|tysm|tyvm|cheers|merci|danke|gracias|kudos)(?: (?:you|u|ya))?(?: (?:so|very) (?:much|kindly))*(?: a (?:lot|bunch|ton|million)| heaps| loads| tons)?(?: (?:again|indeed|anyway|all|everyone|everybody|guys|folks|team|both|mate|man|in advance))*`,
  String.raw`(?:i |we )?(?:really |much )?appreciate(?:d)? ?(?:it|that|this|you|(?:the|your) (?:\w+ ){0,2}(?:help|reply|response|support|answer|time|patience|update))?`,
  String.raw`(?:for|with) (?:the|your|all the|all your|being) (?:\w+ ){0,3}(?:help|support|reply|response|answer|info|information|update|heads up|patience|time|explanation|work|assistance|link|clarification|follow-?up|patient|helpful|fix)`,
  // understood, done, well done
  `ok(?:ay|ey|ie)?|k+|alright|al+ right|sure thing|no (?:worries|problem|rush)|np|nvm|never mind|roger(?: that)?|copy that|ack|understood|noted|got (?:it|you)|gotcha|i see|makes (?:total |perfect )?sense|fair enough|sounds? (?:good|great|fine|like a plan)(?: to me)?|will do`,
  String.raw`perfect(?:ly)?|great|good|nice(?: one)?|awesome|amazing|excellent|brilliant|wonderful|fantastic|lovely|super|cool|sweet|neat|wow|yay|woo+hoo+|hooray|well done|(?:good|great|nice) (?:job|work|stuff|news|one|point|to know|call)|love (?:it|this|that)|congrat(?:s|ulations)(?: (?:on|to|for)(?: \w+){1,4})?`,
  `(?:it |that |this |everything |all )?(?:works?|worked|did the trick|helps|helped|solved it|fixed it|solved|fixed|good now|set|sorted)(?: (?:now|great|perfectly|fine|again|like a charm|a lot|for me))*|all (?:good|clear|done)|(?:that's|thats|that is|this is|it's|its) (?:all|it|great|good|perfect|awesome|fine|helpful|very helpful|so helpful|ok|okay|exactly what (?:i|we) (?:need|needed)|all (?:i|we) needed)(?: (?:for )?(?:now|then|today))?`,
  String.raw`you(?:'re| are|re) (?:the best|a (?:star|lifesaver|legend|hero)|awesome|amazing|welcome|so helpful)|my pleasure|lo+l|lmao|rofl|ha(?:ha)+h?|he(?:he)+|oops|whoops|phew|my bad|sorry (?:for|about) (?:the|my|all the) (?:noise|spam|delay|confusion|trouble|typo|late reply|double post|duplicate)|same here|me too|agreed|exactly|indeed|\+1|bump|brb|afk|gtg`,
];

/** Say nothing alone ("yes please" may answer a question of ours), and spoil no courtesy. */
export const FILLERS = `yes|yep|yup|yeah|no|nope|sure|please|done|right|true|so|very|really|just|too|it|and|but|then|again|now|all|team|everyone|guys|folks|there|here|mate|man|buddy|friend|sir|madam|much|lot|totally|absolutely|definitely|quite|pretty|indeed|finally|anyway|for now|for today|today|everybody|to you|to all|at all|also|hm+|oh|ah+|aha|uh|um|same|best|later|from (?:me|us|my side|our side)`;

/** Questions that want no answer; said of the world, not of the product. */
export const RHETORIC = [
  /^(?:who|what kind of person) (?:doesn't|does not|wouldn't|isn't) (?:love|like|enjoy|want|need|ready for|excited)\b/,
  /^(?:isn't|ain't|wasn't) (?:it|that|this|life) (?:just |so )?(?:great|nice|lovely|funny|ironic|amazing|wonderful|beautiful|crazy|weird)\b/,
  /^(?:can|could|would) you believe (?:it|that|this|we|how)\b/,
  /^how (?:cool|awesome|great|nice|funny|lovely|cute|crazy|amazing|time flies)\b/,
  /^why (?:is|are|do|does) (?:it always|monday|mondays|meetings?|nothing ever|people always)\b/,
  /^(?:what could (?:possibly )?go wrong|who knew|who would have thought|what would we do without|where (?:has|did) the (?:time|year|day|week) go|are we there yet|am i right|is it friday yet|what's not to (?:like|love)|what is it with mondays|what more could (?:i|we|you) (?:ask|want|wish))\b/,
];

/** Small talk, invitations and announcements; anything that sounds like trouble or a request keeps them open. */
export const SMALL_TALK = [
  /\b(?:nice|lovely|terrible|awful|beautiful|great|crazy|hot|cold|rainy|sunny|snowy) (?:weather|day) (?:today|here|outside|out there|this morning)\b/,
  /\b(?:anyone|anybody|who(?:'s| is)?|someone) (?:else )?(?:up for|in for|coming to|joining|wants? to join|fancy|fancies|wants? (?:to grab|some|a)|going to|watching|watched) (?:\w+ ){0,4}(?:lunch|coffee|dinner|beers?|drinks?|pizza|walk|run|match|game|party|show|episode|film|movie|concert|cake|breakfast|tea)\b/,
  /^(?:fyi|heads[ -]?up|psa|announcement|reminder|just a (?:quick )?(?:heads[ -]?up|reminder|note|fyi)|quick (?:heads[ -]?up|reminder|note|fyi)|we(?:'re| are) (?:happy|excited|pleased|thrilled|proud|delighted) to (?:announce|share|welcome|introduce)|(?:i'm|i am) (?:happy|excited|pleased|thrilled) to (?:announce|share|introduce)|please (?:join me in|welcome)|(?:please )?join us (?:for|on|at|this|next)|you(?:'re| are) (?:all )?invited|save the date|introducing|welcome (?:to|our|everyone))\b/,
  /\b(?:is joining (?:us|the team|our team)|(?:will be|i'm|i am|we're|we are|we'll be|i'll be) (?:out of (?:the )?office|ooo|on (?:holiday|vacation|leave|pto)|away|offline|off) (?:today|tomorrow|on|from|until|till|this|next|for)|joined the channel|(?:office|team) (?:party|lunch|outing)|office (?:is |will be )?closed|public holiday|bank holiday|meeting (?:is |has been |was )?(?:moved|rescheduled|postponed))\b/,
];

export const TROUBLE =
  /\b(?:errors?|bugs?|broken|fail(?:s|ed|ing|ure)?|crash\w*|outage|down|issues?|problems?|stuck|slow|wrong|missing|lost|can't|cannot|cant|unable|doesn't|does not|doesnt|won't|isn't|aren't|is not|are not|not (?:working|loading|able|possible|sent)|stopped|still|tickets?|waiting|pending|50\d|since|help|how (?:do|can|to|should|would|could|long|much|many)|where (?:do|can|is|are)|refund\w*|reimburse\w*|charged|charges?|invoices?|billed|billing|password|log ?in|locked|api|cancel (?:my|our|the)|please (?:check|fix|look|advise|confirm|send|change|update|delete|remove|add|cancel|explain|reset)|need|questions?)\b/;
