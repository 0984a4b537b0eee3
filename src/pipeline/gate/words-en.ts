/** Groups of English words the patterns speak of as `{name}`; a group may hold others. */
export const WORDS_EN: Record<string, string> = {
  ours: 'tidemark|northbeam(?: ltd)?|billing|finance|accounting|accounts|engineering|support|management|(?:the|our|my|your) (?:\\w+ )?(?:\\w+ )?(?:teams?|company|firm|colleagues?|engineers?|developers?|managers?|managing|department|boss|supervisor|provider|technicians?|specialists?|side|card issuer|issuer|bank)|(?:the|a|an|one of (?:our|my)) (?:\\w+ )?(?:colleagues?|engineers?|developers?|technicians?|specialists?|manager)(?: (?:in|from|of) \\w+)?|someone(?: (?:in|from) \\w+)?|somebody|the company|management',
  we: 'i|we|{ours}',
  they: '{we}|they|he|she',
  will: '(?:will|shall|gonna)(?! not)|(?:am|are|is) (?:not )?going to|about to',
  have: '(?:have|has|had)(?! (?:not|no|to))',
  am: '(?:am|are|is|was|were)(?! not)',
  be: 'be|been|being|is|are|was|were|am|gets?|got|getting|become|stands?',
  adv: '(?:\\w+ly|already|now|just|also|then|even|still|hereby|gladly|all|certainly|of course|always|both|therefore|so|once|today|hence|in fact|thus|soon|personally|have|has|be|been|happily|however|at once)',
  repay: 'refund|reimburse|repay|recompense|compensate|indemnify|remunerate|recredit|rebate|redress',
  repaid:
    'refunded|reimbursed|repaid|recompensed|compensated|indemnified|remunerated|recredited|rebated|redressed',
  repaying:
    'refunding|reimbursing|repaying|recompensing|compensating|indemnifying|remunerating|recrediting|rebating',
  hand: 'give|gave|given|giving|send|sent|sending|sends|gives|transfer|transferred|transferring|transfers|put|puts|putting|pay|paid|pays|paying|return|returned|returning|returns|wire|wired|hand|handed|bring|brought|get|gets|getting|got|take|took|taken|taking|takes|move|moved|push|pushed|pushing|release|released|let|roll|rolled|rolling|book|booked|booking|route|routed|remit|remitted|reverse|reversed|reversing|flow|flows|flowing|land|lands|landing|come|comes|coming|go|goes|going|went|make|make its|find|hop|head|heading|headed|travel|travels|travelling|transmit|ship|restore|restored',
  undo: 'undo|reverse|annul|void|cancel|nullify|revoke|unwind|roll back|erase|forget|forgive|waive|drop|scrap|strike|delete|remove|lift|wipe|write off|swallow|absorb|eat|bear|shoulder|cover|pick up|discard|take off|take out|knock off|foot',
  undone:
    'undone|reversed|annulled|voided|void|cancelled|canceled|nullified|revoked|unwound|rolled back|erased|forgiven|waived|dropped|scrapped|struck|deleted|removed|lifted|wiped|written off|swallowed|absorbed|shouldered|covered|taken off|taken out|knocked off|discarded|settled|cleared|credited|off the books|deducted|subtracted|lowered|reduced|halved|adjusted',
  undoing:
    'undoing|reversing|annulling|voiding|cancelling|canceling|nullifying|waiving|dropping|scrapping|striking|removing|lifting|wiping|writing off|swallowing|absorbing|eating|bearing|shouldering|covering|picking up|forgiving|taking off|knocking off|crediting|deducting|halving|footing',
  grant:
    'give|grant|issue|apply|add|put|send|provide|initiate|process|arrange|offer|award|approve|authori[sz]e|allow|make|book|place|deposit|trigger|start|submit|sort out|sort|push|let you have|have|get|throw in|include|pay|extend|confirm|order|release|prepare|set aside|reserve|secure|set up|organi[sz]e|gift|present|file|finali[sz]e|complete|execute|post|load|enter|hand|honou?r|expedite|schedule|handle|deliver|credit',
  granted:
    'given|granted|issued|applied|added|put|sent|provided|initiated|processed|arranged|offered|awarded|approved|authori[sz]ed|allowed|made|booked|placed|deposited|triggered|started|submitted|sorted|pushed|thrown in|included|paid|extended|confirmed|ordered|released|prepared|set aside|reserved|secured|set up|organi[sz]ed|gifted|filed|finali[sz]ed|completed|executed|posted|loaded|entered|handed|honou?red|signed off|greenlit|scheduled|done|accepted|waved through|cleared|gone through|went through|successful|ready|final|settled|agreed|yours|underway|in progress|under way|on its way|on the way|guaranteed|certain|locked in|a done deal|in the bag|a certainty|a formality|promised|assured|coming|due to you|in place|queued|credited|delivered',
  granting:
    'giving|granting|issuing|applying|adding|putting|sending|providing|initiating|processing|arranging|offering|awarding|approving|authori[sz]ing|allowing|making|booking|placing|depositing|triggering|starting|submitting|sorting|pushing|letting you have|throwing in|including|paying|extending|confirming|ordering|releasing|preparing|setting aside|gifting|tacking|posting|loading|setting up|organi[sz]ing|expediting|scheduling|handling|crediting|delivering',
  backMoney:
    'refunds?|reimbursements?|repayments?|money back|moneyback|cash back|cashback|payback|pay ?back|chargebacks?|return of (?:the|your) (?:money|payment|amount|charge|fee)s?|retour',
  benefit:
    '{backMoney}|credits?(?! (?:cards?|notes?|balance|limit))|discounts?|rebates?|reductions?|vouchers?|coupons?|gift ?cards?|compensation|goodwill|redress|restitution|damages|indemnity|payouts?|bonus|pct off|price cut|price match|promo(?:tion)?(?: code| price)?|special (?:price|offer|rate|deal)|amends|waivers?|concession|freebie|gratuity|deduction|settlement|gesture',
  moneyWord:
    'money|cash|amt|amount|amounts|sum|sums|payments?|charges?|fees?|costs?|balance|total|difference|remainder|surcharge|overcharge|overpayment|deposit|funds|dollars?|euros?|pounds?|cents?|bucks|debt|debits?|transaction|invoice|bill|subscription|losses|loss|expenses|mony|installment|instalment|purchase|renewal|price',
  harmless:
    'been|already|now|just|also|have|has|passed?|passing|forwarded?|forwarding|ask|asked|asking|check|checked|checking|look|looked|looking|explain\\w*|retry|retried|try|tried|list|listed|show|shown|showing|remind\\w*|notif\\w+|inform|informed|email\\w*|collect|collected|charge|charged|charging|bill|billed|billing|invoiced?|calculat\\w+|measure\\w*|review\\w*|verif\\w+|linked|attached|quote[ds]?|find|found|see|seen|need|needed|require[ds]?|request\\w*|receive[ds]?|received|made|using|used|want\\w*|able|unable|sorry|afraid|to|in|on|at|of|the|a|an|your|here|not|never|no|called|call|store[ds]?|keep|kept|talk\\w*|discuss\\w*|support\\w*|read|reading|describe[ds]?|recommend\\w*|stage|plac\\w+ your|record\\w*|log|logged|track\\w*|automatically|wait\\w*|clarif\\w+|start|started|happy|written|tell|told|know|point\\w*|answer\\w*|hand\\w*|escalat\\w+|open\\w*|create[ds]?|creating|mention\\w*|be',
  asset:
    'refunds?|reimbursements?|repayment|discounts?|vouchers?|compensation|rebate|fees?|charges?|payments?|invoices?|bill|bills|penalty|amt|pct|money|contract|debt|losses|damages|downtime|difference|reminder|cash|trial|months?|coupon|free|gratis|no (?:extra )?(?:charge|cost)|price|cost|costs|surcharge',
  paper:
    'request|requests|policy|page|details|question|number|numbers|history|method|methods|information|link|terms|reasons?|note|address|settings|status|amount due|failure',
  span: '(?:(?:\\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|another|extra|additional|more|couple|few|half|next|several|first|last|whole|full|the|this|of|free) )*(?:days?|weeks?|months?|years?|quarters?|period|term|fortnight|january|february|march|april|june|july|august|september|october|november|december)',
  month:
    'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec',
  weekday:
    'mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|mon|tue|wed|thu|fri|weekend',
  when: '(?:(?:by|before|until|till|on|at|from|as of|around|in|for|within|no later than|not later than|latest|end of|after|during|over|past|of|the|next|this|coming|first|early|late|mid|later|on the) )*(?:tomorrow|tonight|today|{weekday}|{month}|(?:the |this |next |coming |end of |of )+(?:day|week|month|quarter|year|morning|afternoon|evening|weekend|night|hour|sprint|spring|summer|autumn|fall|winter|release|version)s?|q[1-4]|noon|midnight|morning|evening|easter|christmas|new year|eod|eow|cob|\\d+(?:st|nd|rd|th)|\\d{1,2} ?(?:am|pm)|\\d{1,2}:\\d\\d(?: utc)?|\\d{1,2} {month}|{month} \\d{1,2}|20\\d\\d|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|half an|a few|few|couple of|\\d+|the|next|coming|following)(?: (?:to|or|-) (?:\\w+))?(?: (?:business|working|more|short))? (?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|quarters?)|shortly|soon|immediately|straight away|right away|asap|in no time|momentarily|before long|any minute|any moment|first thing|overnight|at once)',
  firm: '(?:by|before|until|till|no later than|latest|within|in|on|at|as of|this|next|tomorrow|tonight|today|from|around|end of|first thing|overnight)',
  fix: 'fix|resolve|repair|solve|ship|deploy|release|deliver|restore|patch|launch|finish|complete|correct|remedy|recover|enable|reactivate|roll out|rolls? out|publish|address|implement|add|build|provide|have|send|call|answer|reply|respond|get back|contact|lift|eliminate|migrate|upgrade|turn on|switch on|unlock|get this|get it|get that|hand over|push|sort|sort out|bring|support|introduce|land|write|set up|reach out|update|phone|ring|e-?mail|go live|come back|be back|have back|close|clear|end|start|begin|finali[sz]e',
  fixed:
    'fixed|resolved|repaired|solved|shipped|deployed|released|delivered|restored|patched|launched|finished|completed|complete|corrected|remedied|recovered|enabled|reactivated|rolled out|published|addressed|implemented|added|built|live|available|ready|done|working|running|up(?! to)|back|over|online|sorted|gone|answered|sent|called|lifted|eliminated|migrated|upgraded|unlocked|included|in your (?:inbox|hands|mailbox)|on your desk|out|there|here|usable|able to|operational|stable|normal|turned on|switched on|with you|in place|cured|history|closed|green|smooth|contacted|updated',
  fixing:
    'fixing|resolving|repairing|solving|shipping|deploying|releasing|delivering|restoring|patching|launching|finishing|completing|correcting|rolling (?:\\w+ ){0,3}out|publishing|implementing|adding|building|sending|calling|landing|coming|arriving|going (?:live|out)|pushing|lifting|migrating|getting',
  thing:
    'fix|repair|patch|hotfix|feature|connector|release|update|solution|correction|report|export|migration|bug|issue|problem|error|sync|integration|dashboards?|service|system|data|answer|reply|response|account|workspace|it|this|that|everything|outage|api|version|restore|deployment|rollout|invoice|invoices|request|access|app|login|incident|limit|change|functionality|button|documents?|statement|contract|root cause|analysis|post-?mortem|ticket|delivery|shipment|order|package',
  vow: 'promised?|guaranteed?|guarantees|guarantee|promises|assured?|swear|pledged?|vow|undertakes?|vouch',
  fault:
    'faults?|negligence|negligent|negligently|carelessness|careless|mistakes?|blame|wrongdoing|guilty|guilt|error|failure|oversight|shortcoming|misconduct|omission|blunder|culpability|culpable|culpa|recklessness|reckless|doing|responsibility|screw-?up|own making|slip',
  liable:
    'liab\\w*|responsib\\w*|accountab\\w*|answerab\\w*|culpab\\w*|blam(?:e|ed|eworthy)|guilty|at fault|in the wrong|negligent',
  breach:
    'breach(?:ed|es)?|violat\\w+|infring\\w+|broke|broken|contraven\\w+|mishandled|mismanaged|misled|misused|misinformed|disregarded|neglected|failed to (?:comply|protect|meet|perform|honou?r|secure|warn|keep|live|deliver|safeguard|fulfil\\w*|test|act)|did not (?:comply|perform|protect|meet|fulfil\\w*|honou?r|live|keep|warn|follow|act)|have not (?:complied|performed|protected|met|fulfil\\w*|honou?red)|dropped the ball|messed up|screwed up|acted (?:\\w+ )?(?:negligently|unlawfully|illegally|wrongly|carelessly|improperly|in breach|in violation)|wronged|let you down|exposed|leaked|lost your|caused (?:\\w+ ){0,2}(?:damage|loss|harm|outage)|defaulted|fell short',
  law: 'law|legal|legally|court|lawsuit|sue|damages|liab\\w*|negligen\\w*|unlawful\\w*|illegal\\w*|gdpr|contract|agreement|sla|duty|duties|obligations?|rights|claims?|regulation|statut\\w*|article|terms|dpa|compliance',
};
