import { createRules, type Vocabulary } from './phrase.ts';

const VOCABULARY: Vocabulary = {
  person:
    'humans?|person|people|someone|somebody|agents?|operators?|representatives?|rep|managers?|supervisors?|assistants?|advisor|adviser|staff|team|worker|colleague|csm|reception|receptionist|specialist|expert|engineer|account_manager',
  talk: 'speak|speaking|talk|talking|chat|chatting|connect|connected|transfer|pass|put|direct|contact|contacting|reach|call|route|redirect|hand|escalate|meet',
  cancel:
    'cancel|canceling|cancelling|canceled|cancelled|close|closing|closed|terminate|terminating|delete|deleting|deactivate|inactivate|freeze|freezing|block|end|discontinue|stop|quit|leave|unsubscribe|remove|erase',
  contract:
    'account|accounts|subscription|plan|membership|contract|service|services|workspace|card|booking|reservation|order|purchase|loan|mortgage|transfer|transaction|direct_debit|standing_order|trial|renewal|profile|data',
  charge:
    'charges?|charged|billed|fees?|payments?|invoices?|transactions?|withdrawals?|debits?|direct_debits?|debited|amount|bill|bills|billing|statement',
};

/** Findings that help the classifier to tell the desk's kinds of message apart, whatever the trade. */
export const CATEGORY_RULES = createRules(VOCABULARY, {
  'asks for a person': [
    '<talk> …5 (<person>)',
    '(real|live|actual|human) (<person>|being)',
    '(get|give|send|find|want|need) [me|us] …3 (human|person|agent|someone|somebody|manager|operator|representative|supervisor|colleague)',
    'not (a|the|some) (bot|robot|machine|computer)',
    '(with|to|from) (a|some|this|the) (bot|robot|machine)',
    '<person> please',
    '(transfer|connect|put) (me|us) …3',
  ],
  'wants to cancel or close': [
    '<cancel> …5 <contract>',
    '<contract> …4 (cancelled|canceled|closed|terminated|deleted|removed|frozen|blocked|reversed)',
    '(cancellation|termination|early_exit|exit) (fee|fees|charge|charges|penalty|penalties)',
    "(don't|do_not|dont|no_longer) (want|need) …4 <contract>",
    '(go|going) (somewhere_else|elsewhere)',
    '(want|going|like|have|decided) to (quit|leave|cancel)',
    'cancel (it|this|that|everything|now|please|immediately)',
    'can (not|no_longer) …2 (afford|make_it)',
    'get rid of …3 <contract>',
    '(undo|revert|reverse|retract) …3 (transfer|transaction|payment|order)',
  ],
  'reports trouble with a charge': [
    '(charged|billed|debited|paid|appears|appearing) …4 (twice|double|two_times|multiple_times|again|incorrectly|wrongly|extra|too_much)',
    '(double|duplicate|extra|unknown|strange|suspicious|unauthorized|unauthorised|incorrect|wrong|unexpected|hidden|additional|unusual|unrecognized|fraudulent) …3 <charge>',
    "(don't|didn't|do_not|did_not|never|not) (recognize|recognise|authorize|authorise|make|made|know|approve|remember) …5 <charge>",
    "<charge> …8 (don't|didn't|do_not|did_not|never|not) (recognize|recognise|authorize|authorise|make|do|approve|remember)",
    '(why|what) …6 (fee|fees|charge|charged|charges|billed|debit)',
    '(error|errors|issue|issues|problem|problems|trouble|troubles|mistake) (with|in|on|about) …4 <charge>',
    '<charge> (error|errors|issue|issues|problem|problems|trouble|troubles)',
    '(wrong|less|incorrect|different|right) …2 (amount|cash|money)',
    '(fee|fees|charge|charges) (for|on|when|that|after)',
    'should (not|have_not) have been (charged|billed)',
  ],
  'makes a complaint': [
    '(complaint|complaints|complain|complaining|reclamation|reclamations|grievance|ombudsman|regulator)',
    '(file|lodge|make|submit|filing|lodging|making|submitting) …3 (claim|claims|complaint)',
    'claim against',
    '(unhappy|dissatisfied|disappointed|disgusted|appalled|not_happy) …4 (service|services|support|company|experience|product|platform)',
  ],
});
