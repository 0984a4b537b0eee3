import { createRules } from './phrase.ts';
import { REFUND_VOCABULARY } from './refund-vocabulary.ts';

/** Money asked for in so many words. */
export const PLAIN = createRules(REFUND_VOCABULARY, {
  'demands a refund': [
    '<want> …6 <refund>',
    '(give|issue|grant|process|arrange|provide|initiate|start|approve|send) (me|us|my|our|a|an|the|this|that|full|out) …4 <refund>',
    '(please|kindly|just|must|pls|plz|you|immediately|and|then|to|should|can|could|will) <repay> (me|us|my|our|the|this|it|that|these|those|<amount>)',
    '(please|kindly|pls|plz|must|you_to|could_you|would_you|will_you) [just|please|also|then] <repay>',
    '<repay> (me|us|the_difference|what)',
    "if you (don't|do_not|dont|won't|can't) <repay>",
    '^ <refund> <me>',
    '^ <refund> (of)?(<amount>|\\d[\\d.,]*)',
    '^ (a|an|full|partial) <refund> [of] <amount>',
    '<refund> …1 (please|pls|plz|asap|immediately|right_away|at_once)',
    '(rather|prefer) …2 <refund>',
    'file …2 chargeback',
  ],
  'wants money back': [
    '<get> …5 <money> …4 (<back>|returned)',
    '<get> (me|us|it|that|this|them) back (for|the|my|our|please|now|asap|immediately|what|all|every)',
    '<get> …4 back …1 (what|whatever|everything|all) …1 (i|we|was|has_been|you) …1 (paid|spent|took|taken|charged)',
    '(give|pay|send|return|get|have|put|transfer|book) …5 back (on|to|onto|into) (my|our|the) …1 (card|account|bank)',
    '(pay|paid|paying) (me|us|him|her) back',
    '(pay|give|send|hand|transfer|wire) back [all|to_us|to_me|us|me] (my|our|the|this|that|what|<amount>) …3 (<money>|paid|took|charged)',
    '(be|get|have) (paid|given|sent|handed|transferred) back',
    '(send|transfer|wire|pay|give) (me|us) [the|my|our|those|these|that|another] <amount>',
    '(send|transfer|wire|pay|return) …2 (purchase_price|overpayment|what_we_paid|what_i_paid)',
    '(release|repay|pay_back|get_back|return|give_back|send_back) [all] (my|our|the|this|that) [full|whole|entire|second|duplicate|double|extra|last|annual|remaining|unused|wrong] <money>',
    '^ return …5 <money>',
    '(please|kindly|must|you|to) return …2 (payments?|deposit|money|fee|<amount>)',
    '(the|my|our|those|these|that) …2 <money> …6 (can|could|should|must|may|to) be <undone>',
    'my (money|cash|payment) back',
    'make (us|me) whole',
    '<get> …2 (every|each|all|part|half|some|most) …1 (cent|penny|dollar|euro|pound|of_it|of_this|of_that|of_the_money|of_the_sum|of_the_fee) …4 (back|again|returned)',
    '(please|kindly|you_to) …2 (send|wire|transfer|pay|put|book|return) …4 (<money>|sum|balance) …3 (to|on|onto|into) (my|our|the_same|his|her)',
    '(recoup|recover|reclaim|claw_back) …3 (<money>|what_we|what_i|sum)',
    '<get> …3 (rest|remainder|unused_part|unused_months) …2 back',
    'you [still] owe (us|me)',
    '(transfer|send|pay|return|wire|give) [us|me] the difference',
    '(get|see|have|receive) (the|my|our|those) …1 <amount> …4 (paid|charged|overpaid|took)',
    '(return|refund|credit|send|pay) …3 (excess|overpayment|surplus)',
  ],
  'wants compensation': [
    '(<want>|give|please|could|can|should|expect|offer) …6 (deduct|deducted|subtract|subtracted|knock|offset) …4 (from|against|off) …3 (invoice|bill|fee|payment|renewal)',
    '(<want>|give|please|could|can|should|offer|get|is_there|any) …5 (discount|credits?|money_off|voucher|free_months?|months?_free|reduction) (for|as|because_of|due_to|after|in_return_for) …5 (trouble|outages?|downtime|inconvenience|delays?|problems?|loss|damage|compensation)',
    'goodwill (credit|gesture|arrangement|payment|refund|discount)',
    '(claim|demand|seek|claiming|demanding|want) …2 damages',
    "(claim|demand|insist_on) what (we_are|i_am|we're|i'm|is) (entitled|owed|due|ours)",
    'make (up|amends) for …4 (trouble|outages?|downtime|inconvenience|delays?|loss|damage)',
  ],
  'wants a charge undone': [
    '(reverse|reversing|undo|waive|void|cancel_out|write_off) …3 <fee>',
    '(remove|take_off|take|drop) (this|that|these|those|the) …2 (charges?|fees?|overcharge|overages?)',
    '(<want>|get|have|can|could|please|should_be|must_be|needs_to_be) …5 <money> …8 (<undone>|removed|reverted)',
    'credit …1 (me|us|back|our_account|my_account|our_card|my_card|the_difference|the_amount|the_overcharge)',
    '(void|annul|withdraw|write_off|scrap) (the|this|that|our|my|your) …2 (invoice|bill)',
    '(can|could|please|would|to|should|must|kindly|will) …2 credit (the|us|me|it|that|this|our|my|<amount>) …3 (to|for|back|on|month|<money>)',
    '(<want>|give|issue|get|request) …5 credits? (for|back|on|against|towards)',
  ],
});

/** A request put as a question, or said in the fewest words. */
export const ASKED = createRules(REFUND_VOCABULARY, {
  'asks for a refund': [
    '(can|could|may|might|would|will|should|do|am|is|are) (i|we|you|u|uhelp|ya|it|this|that|these|those|there|my|our|be|the) …8 <refund>',
    '(can|could|should|would) …4 (be|have|get) <refund>',
    '(how|where|what) (do|can|could|should|would|does|to|must|may|might|i|we) …8 <refund>',
    'possible …5 <refund>',
    '(any|a) (way|chance|possibility|option) …8 <refund>',
    '(help|assistance|assist|have_to|got_to|must|gotta|interested|know_how|know_what|able_to|like|how|go_about) …8 <refund>',
    '(get|getting|obtain|obtaining|request|requesting|ask|asking|demand|demanding|receive|receiving|claim|claiming|apply|applying|seek|seeking) …4 <refund>',
    '^ [full|partial|a|immediate] <refund> $',
    '<refund> (of|for|on) (my|our|this|that|money|the|<amount>)',
    'do you (give|offer|do|provide|issue|grant|make|accept) …3 (<refund>|returns?)',
    '<refund> (process|procedure|form|request|claim)',
    '<refund> …3 (possible|available|allowed|an_option)',
    "(shouldn't|should_not) have to pay",
  ],
  'wants to return what was bought': [
    '(return|returning|send_back|sending_back) [<whose>] …1 <thing>',
    '(purchases?|items?|products?) …1 (returnable|returned)',
  ],
  'wants a purchase cancelled': [
    '(cancel|canceling|cancelling|retract|stop) <whose> [previous|recent|last] (purchase|purchases)',
    '(purchase|purchases) [to_be] (canceled|cancelled)',
  ],
});
