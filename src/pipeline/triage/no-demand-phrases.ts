import { createRules } from './phrase.ts';
import { REFUND_VOCABULARY } from './refund-vocabulary.ts';

/** Struck out before anything else is read: refunds not wanted, not ours to pay, under way, or only asked about. */
export const NO_DEMAND = createRules(REFUND_VOCABULARY, {
  'says that a refund is not wanted': [
    "(don't|do_not|dont|doesn't|not|never|no_longer|without|isn't|aren't) (want|need|want_to|even_want|asking_for|ask_for|looking_for|after|requesting|request|demanding|here_for|about|about_getting|seeking) …3 <refund>",
    'no (need|reason) (for|to) …4 <refund>',
    '(instead_of|rather_than) …2 <refund>',
    '(our|my|their|your) own <refund>',
  ],
  'speaks of refunds to its own customers': [
    '(our|my|their|one_of_our|some_of_our|own) [own|end] <client> …10 <refund>',
    '(wants|asks|asked|demands|asking|want) [for] (her|his|their) …1 <refund>',
    '(customers|they|people|buyers|clients|members) …3 (return|send_back)',
    '(they|he|she|people|members|buyers|customers) (can|could|would|should|want|wants|ask|asks|may|get|gets) …5 <refund>',
    '(a|an|the|your|when_a|if_a) <client> (wants|asks|asked|requests|requested|demands|is_asking|who_wants|gets|is) …4 <refund>',
    '<refund> …4 (to|for|from|by) (our|my|a|an|the|one_of_our|their) [own|end] <client>',
    '(refund|reimburse|compensate|refunding|reimbursing) (our|my|a|the|an|one_of_our) [own|end] <client>',
  ],
  'speaks of refunds as a part of the product': [
    '<refund> (button|endpoint|api|webhook|reports?|events?|field|column|object|flow|template|page|rates?|per|link|lines?|workflow|entries)',
    '(reports?|shows?|counts?|column|field|webhook|event|chart|button|job|copies) …3 <refund>',
    '(through|via|in|with) your (checkout|api|app|integration|plugin|widget) …4 <refund>',
    '<refund> …6 (through|via|in|with) (your|the) (checkout|api|app|integration|plugin|widget)',
  ],
  'asks about the refund policy': [
    '(<refund>|returns?|cancellation) [and|or|&|/] [return|returns|cancellation|refund] (policy|policies|terms|rules?|guarantees?|conditions?|window|period|clause)',
    '(policy|policies|rules|terms) (on|for|about|regarding|around|with) …3 (<refund>|returns?)',
    '(what|which|whatever|certain|some|hwat) (cases?|situations?|circumstances|conditions) …9 <refund>',
    '\\w*(cases?|situations?|circumstances|conditions) (can|could|do|may|am|are|is|will|would) …8 <refund>',
    '(is|are) …6 (refundable|reimbursable|non-refundable)',
    'how long …9 <refund>',
  ],
  'asks where a refund is': [
    '(status|track|tracking|progress|news|anything_new|update|updates) …5 <refund>',
    '<refund> (status|progress|timeline|tracking)',
    '<refund> …6 (came|arrived|went_out|showed_up|landed|has_come|came_in)',
    '(thanks|thank_you) …5 <refund>',
    "(where's|when's|when|where_is|where_are|where_did|where_has) …9 <refund>",
    '(wait|waiting|waited) (for|on) …6 <refund>',
    '<refund> …4 (?<!\\b(?:i|we|you)\\s)(<not>|missing|yet|pending|late|delayed|slow|processed|to_arrive)',
    '(<not>|no|yet_to) …4 (see|seen|find|get|got|gotten|receive|received|view|have|had|been|show|showing|know_if|know_when|know_whether|processed) …4 <refund>',
    "(hasn't|haven't|hasnt|havent|has_not|have_not|yet_to|not_yet|not_been|never_been) …1 <refund>",
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
    "(why|how_come)(?!\\s(?:won't|can't|don't|wont|cant|dont)\\b) …8 <refund>",
  ],
});
