import { createRules, type Vocabulary } from './phrase.ts';

const AMOUNT = String.raw`[$€£]\s?\d[\d.,]*k?|(?:usd|eur|gbp)\s?\d[\d.,]*|\d[\d.,]*\s?(?:[$€£]|usd|eur|gbp|dollars?|pounds?|euros?|bucks|quid)`;
const CLIENT = String.raw`(?:customer|client|buyer|shopper|guest|donor|patient|student|subscriber|tenant|end[ -]user)(?:s|'s|s')?(?!\s(?:service|support|care|success|portal|id|number|since|for))`;
const VOCABULARY: Vocabulary = {
  amount: AMOUNT,
  refund:
    'refund(?:s|ed|ing)?|reimburse(?:d|ments?|s)?|reimbursing|rebat(?:es?|ing)|restitutions?|compensat(?:e|es|ed|ing|ions?)|money[ -]?back|chargebacks?',
  repay: 'refund|reimburse|compensate|repay',
  money: `money|cash|funds|payments?|deposit|charges?|fees?|difference|amount|${AMOUNT}`,
  fee: 'charges?|fees?|overcharge|overages?|renewal|payments?(?!_(?:method|info|details|option|reminder)s?)',
  thing: 'items?|products?|purchases?|orders?|goods|something|things?|package|device|hardware',
  want: "want|wants|wanted|wanna|need|needs|demand|demanding|require|insist_on|claim|claiming|seek|seeking|deserve|entitled_to|owed?|owes|would_like|would_really_like|would_appreciate|(?:i'd|we'd|id)_(?:really_)?(?:like|appreciate|love|prefer)|expect|expecting|hoping|hope|looking|trying|like_to",
  get: 'get|gets|getting|give|have|had|obtain|obtaining|receive|receiving|claim|recover|send|return|pay|put|transfer|want|need|take|like',
  not: "not|never|no_longer|cannot|cant|dont|didnt|doesnt|hasnt|havent|isnt|wont|\\w+n't",
  whose: 'my|our|the|this|that|those|these|all|a|an|any|your|his|her|their|ur|full',
  me: 'me|us|my|our|the|this|it|that|them',
  client: CLIENT,
  back: String.raw`(?<!(?:get|getting|got|come|coming|hear|heard|reach|report|write|be|go|look)\s)back`,
};

/** Struck out before anything else is read: refunds not wanted, not ours to pay, under way, or only asked about. */
export const NO_DEMAND = createRules(VOCABULARY, {
  'says that a refund is not wanted': [
    "(don't|do_not|dont|doesn't|not|never|no_longer|without|isn't|aren't) (want|need|want_to|even_want|asking_for|ask_for|looking_for|after|requesting|request|demanding|here_for|about|about_getting|seeking) …3 <refund>",
    'no (need|reason) (for|to) …4 <refund>',
    '(instead_of|rather_than) …2 <refund>',
  ],
  'speaks of refunds to its own customers': [
    '(our|my|their|one_of_our|some_of_our|own) [own|end] <client> …6 <refund>',
    '(a|an|the|your|when_a|if_a) <client> (wants|asks|asked|requests|requested|demands|is_asking|who_wants|gets|is) …4 <refund>',
    '<refund> …4 (to|for|from|by) (our|my|a|an|the|one_of_our|their) [own|end] <client>',
    '(refund|reimburse|compensate|refunding|reimbursing) (our|my|a|the|an|one_of_our) [own|end] <client>',
  ],
  'asks about the refund policy': [
    '(<refund>|returns?|cancellation) [and|or|&|/] [return|returns|cancellation|refund] (policy|policies|terms|rules?|guarantees?|conditions?|window|period|clause)',
    '(policy|policies|rules|terms) (on|for|about|regarding|around|with) …3 (<refund>|returns?)',
    '(cases?|situations?|circumstances|conditions) …9 <refund>',
    '(is|are) …6 (refundable|reimbursable|non-refundable)',
    'how long …9 <refund>',
  ],
  'asks where a refund is': [
    '(status|track|tracking|progress|news|anything_new|update|updates) …5 <refund>',
    '<refund> (status|progress|timeline|tracking)',
    "(where's|when's|when|where_is|where_are|where_did|where_has) …9 <refund>",
    '(wait|waiting|waited) (for|on) …6 <refund>',
    '<refund> …4 (<not>|missing|yet|pending|late|delayed|slow|processed|to_arrive)',
    '(<not>|no|yet_to) …4 (see|seen|find|get|got|gotten|receive|received|view|have|had|been|show|showing|know_if|know_when|know_whether|processed) …4 <refund>',
    "(hasn't|haven't|hasnt|havent|has_not|have_not|yet_to|not_yet|not_been|never_been) …1 (<refund>)",
    '(missing|received|finally_get) [<whose>] <refund>',
    '(check|see|view|locate|verify|confirm|find) (my|the|our|a) …1 <refund>',
    'expect [<whose>] …1 <refund> (of|from)',
    'expecting [<whose>] …1 <refund>',
    'expect (the|my|our) …1 <refund>',
    '(requested|asked|promised|submitted|contacted|supposed|suppose|assured|mentioned|applied) …7 <refund>',
    '(told|tells|informed) (me|us|that|him|them) …6 <refund>',
    '(was|were|been|being) told …6 <refund>',
    'said (that|they|it|you|he|she|we_would|i_would|i_will) …6 <refund>',
    "(i'm|i_am|we're|we_are|is|was|were|been) (due|owed) (a|the|my|our) <refund>",
    '(was|were|been|already|has|have|had|they|you) (issued|sent|approved|processed) …4 <refund>',
    "(why|how_come) (?!won't|can't|don't|wont|cant|dont) …8 <refund>",
  ],
});

/** Money asked for in so many words. */
export const PLAIN = createRules(VOCABULARY, {
  'demands a refund': [
    '<want> …6 <refund>',
    '(give|issue|grant|process|arrange|provide|initiate|start|approve|send) (me|us|my|our|a|an|the|this|that|full|out) …4 <refund>',
    '(please|kindly|just|must|pls|plz|you|immediately|and|then|to|should|can|could|will) <repay> (me|us|my|our|the|this|it|that|these|those|<amount>)',
    '<repay> (me|us|the_difference)',
    '^ (<refund>) <me>',
    '^ <refund> (of)?(<amount>|\\d[\\d.,]*)',
    '^ (a|an|full|partial) <refund> [of] (<amount>)',
    "if you (don't|do_not|dont|won't|can't) <repay>",
    '<refund> …1 (please|asap|immediately|right_away|at_once)',
    'file …2 chargeback',
  ],
  'wants money back': [
    '<get> …5 (<money>) …4 (<back>|returned)',
    '<get> (me|us|it|that|this|them) back (for|the|my|our|please|now|asap|immediately)',
    '(pay|paid|paying) (me|us) back',
    '(return|give_back|send_back|release|repay|pay_back|get_back) [all] (my|our|the|this|that) [full|whole|entire|second|duplicate|double|extra|last|annual|remaining|unused|wrong] <money>',
    'my (money|cash|payment) back',
    'make (us|me) whole',
  ],
  'wants a charge undone': [
    '(reverse|reversing|undo|waive|void|remove|take_off|cancel_out) (a|an|the|this|that|these|those|my|our|any|all|last|your) …3 <fee>',
    '(<want>|get|have|can|could|please|should_be|must_be|needs_to_be) …5 <fee> …4 (reversed|waived|voided|undone|removed|taken_off|reverted|credited)',
    'credit …1 (me|us|back|our_account|my_account|our_card|my_card|the_difference|the_amount|the_overcharge)',
    '(<want>|give|issue|ask_for|asking_for|get|request) …5 credits? (for|back|on|against|towards)',
  ],
});

/** A request put as a question, or said in the fewest words. */
export const ASKED = createRules(VOCABULARY, {
  'asks for a refund': [
    '(can|could|may|might|would|will|how|where|what_do|what_should|what_must|is_it_possible|is_there_any|is_there_a|any_chance|able_to|possible|help|assistance|assist|interested|like|have_to|got_to|must|gotta|know_how|know_what) …9 <refund>',
    '(get|getting|obtain|obtaining|request|requesting|ask|asking|demand|demanding|receive|receiving|claim|claiming|apply|applying|seek|seeking) …4 <refund>',
    '^ [full|partial|a|immediate] <refund> $',
    '<refund> (of|for|on) (my|our|this|that|money|the|<amount>)',
    'do you (give|offer|do|provide|issue|grant|make|accept) …3 (<refund>|returns?)',
    '<refund> (process|procedure|form|request|claim)',
    '<refund> …3 (possible|available|allowed|an_option)',
  ],
  'wants to return what was bought': [
    '(return|returning|send_back|sending_back) [<whose>] …1 <thing>',
    '(purchases?|items?|products?) …1 (returnable|returned)',
  ],
  'wants a purchase cancelled': [
    '(cancel|canceling|cancelling|retract|stop) (<whose>) [previous|recent|last] (purchase|purchases)',
    '(purchase|purchases) [to_be] (canceled|cancelled)',
  ],
});
