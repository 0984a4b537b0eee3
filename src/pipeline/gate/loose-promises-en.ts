import type { PromiseTopic } from './promise-topic.ts';

/**
 * The net below the patterns: a statement that has a word of each group in `all` and no word of `unless` is taken
 * for a promise, however it is put. `unless` are the marks of rules, possibilities, refusals and other subjects.
 */
export interface LooseRule {
  topic: PromiseTopic;
  all: string[];
  unless: string;
}

const GENERAL =
  'if|when|whenever|unless|unable|has received|have received|authori[sz]\\w+|non profits?|students?|schools?|due on|you pay|generates|pricing|whether|may|might|can|could|would|should|must|not|never|nobody|nor|neither|policy|policies|per|plans?|each|every|any|request(?:s|ed|ing)?|question|page|settings|how|why|what is|depends?|decides?|decision|reviews?|reviewed|checks|checked|asked|wrote|see|read|show[ns]?|lists?|listed|described|explains?|based|using|usage|use|used|default|available|example|include[sd]?|including|limits?|account details|to avoid|to prevent|prorated|renewal|renews?|charged|billed|collected|costs|cost|pay for|number|usually|normally|generally|typically|up to|at least|minimum|maximum|before tax|bounty|bounties|commission|kickbacks?|template|earn\\w*|referral|balance|method|database|withdraw\\w*|reminder|overview|estimate[sd]?|track|manage|view|compare\\w*|customers|users|teams|api|code|app|apps';
const NARROW =
  'if|when|whenever|unless|whether|may|might|could|would|never|policy|policies|per|each|every|requests?|requested|depends?|decides?|decision|review\\w*|asked|described|usually|normally|generally|typically|up to|at least|prorated|renews|default|example|trial (?:starts|ends|gives|includes)|non profits?|bank|authori[sz]ation|bounty|plan (?:is|includes|has)|resource|template|database|container|deploy\\w*|process|api|node|query|memory|cpu|request|reminder|takes? effect|moves to|renewed|is sold|known issue|headroom|idle|hobby|railway|github';
const US_OR_YOU = 'you|your|yours|we|i|us|me|my|ours|our';

export const LOOSE_EN: LooseRule[] = [
  {
    topic: 'money',
    all: [
      'refund\\w*|reimburs\\w+|repa(?:y|id)\\w*|money|moneys|cash|(?<!you paid )amt|cents?|penny|credit(?:ed|ing)?(?! (?:cards?|notes?|balance))|discount\\w*|compensat\\w+|rebate|voucher|wallet|cheque|check for|deposit|debt|penalty|free (?:month|quarter|week|year|days|of charge)|pct (?:off|discount|less|cheaper|reduction|rebate|lower)|days more|weeks more|months more|gratis|on the house|cheaper|annual price|student price|price|contract',
      US_OR_YOU,
    ],
    unless: GENERAL,
  },
  {
    topic: 'money',
    all: [
      'payments?|transaction|charges?|invoices|reversal|reimbursement|amount|whole|sum|funds|fee|refund|money|cent|debit|renewal|purchase|transfer',
      'back|reversed|reversal|never made|undone|drop off|deposited|posted|with your bank|yours|we transfer|payment as never|returned|reimbursement it is|refund it is|see you right|square things up|lose a (?:cent|penny)|unwound|on its way|released to you',
    ],
    unless: `${NARROW}|not|pending|authori[sz]e\\w*|dispute|collected|statement within|can|page|how|why|get started`,
  },
  {
    topic: 'money',
    all: [
      'overages?|fees?|charges?|penalty|penalties|fine|debt|amt|increase|setup|set up|tax|surcharge|invoice|bill|interest|deposit|remainder|rest',
      'is off|are off|off the table|gone(?! from the next)|i have cancelled|we have cancelled|ignore|let go|absorbs?|released|not hit you|not chase|nothing for you|forget|this time|swallow|not affect you|not apply to you|waived|pass on|spared?|let (?:it|that|you)|scratch|drop|dropped|ours|taken off|excused?|written down|wiped',
    ],
    unless: `${NARROW}|how|why|drop down|dropdown`,
  },
  {
    topic: 'discount',
    all: [
      '(?:\\w+ )?(?:days?|weeks?|months?|quarters?|years?|fortnight|{month}|summer|autumn|winter|spring|christmas|easter|term|period|trial|subscription|licen[cs]e|renewal|billing|invoice|account|workspace|business|enterprise|seats?|access)',
      '(?<!trial is )free(?! (?:trial|plan|tier|of credit|or trial|credit|and|viewers|for everyone|up to))|complimentary|gratis|on me|my treat|our treat|our guest|without (?:any )?(?:payment|bill|charge|paying|cost)|on top|extended|no strings|pause[ds]?|pushed|moved|postponed?|delayed?|reset|zero|at our cost|no bill|no invoice|good for another|paid until|paid through|starts? again|not start billing|do not count|does not count|another|extra|lost days|as a present|thrown in|we add|i add|keep it open|not renew until|longer|prolong\\w*|bonus|for nothing|sponsor\\w*|courtesy|first invoice comes|as a trial',
      `${US_OR_YOU}|here is|has been|have been|have|done|free|on top|starts again|added`,
    ],
    unless: `${NARROW}|upgrade[ds]?|choose|day \\d+|pages?|free of|free seats?|seat is free|members free|seat free|free workspaces|is included|plan :|credit note|legacy|it is free|nothing extra|signs? up|history|equivalent|vps|can (?!have|keep|stay|use)|view|history|every new|works?|new workspace|export|step|run|runs|running|viewers|users|project|service|services|extra cost|deleted|settings|environment`,
  },
  {
    topic: 'discount',
    all: [
      'price|rate|quote|increase|upcoming charge|renewal|pct code|code :|quarter off|third off|half off|fifth|pct|list price|tariff',
      'you pay|got you|gets you|give you|for you|freeze|frozen|special|approved|not hit you|shrinks|shaved|your pct|now amt|lower|knocked|slashed|better|old|from now on|reduced|locked|keep your|keeps? the|will not rise|stays the same|nonprofit|cheaper|drops|less for|match',
    ],
    unless: `${NARROW}|limits?|higher|can|how|why|error|code is|source|rate limit\\w*|codebase|line|script|is set|costs the same|vm|performance|latency|hardware|egress|vps|raw|usage`,
  },
  {
    topic: 'date',
    all: [
      '(?:fixed|restored|back|ready|done|available|delivered|delivery|finished?|finishes|resolved|repaired|live|working|running|shipped|solved|complete|completed|over|takes?|take|ends|released|deployed|better|gone|normal|sorted) (?:\\w+ ){0,4}{when}|{firm} {when} (?:\\w+ ){1,3}(?:is|are|will be) (?:fixed|restored|back|ready|done|available|live|solved|normal|over|fine|resolved|working)|delivery (?:is|will be) ',
    ],
    unless:
      'if|when|unless|whether|may|might|can|could|not|never|once|stops?|over the|completed jobs|historical|half|sunday|monday to|was|were|had|since|ago|usually|up to|at least|each|every|takes effect|after|until|default|utc on|run|runs|for \\d+|request|renewal|cancellation|plan|trial|deploy|deployment|builds?|container|command|process|service|services|node|cluster|seconds?|metrics|query|database|took|lasted|business days|reads?|review|expires?|version|migrat\\w+|starter|sold|maintenance|example|bank|authori[sz]ation|e-?mail|exports?',
  },
  {
    topic: 'date',
    all: [
      '(?:{firm} |at |first )*{when}|at the latest|before you (?:wake|notice|know)',
      'fix|hotfix|patch|fixed|done|deploy(?:s|ed)? it|answer|reply|engineer|technician|scheduled|contains your|log in again|you have it|joins|reaches|works again|it works|history|solved|solution|finishes|finished|first in line|restored|calls|at the latest|deploy|tuesday|is back|are back|is yours|goes live|ships|arrives|lands|call you|visit|delivery|order|package|courier',
    ],
    unless: `${NARROW.replace('|deploy\\w*', '')}|deployments?|was|were|had|ago|last|since|took|lasted|business hours?|business days?|posted|review|usually|takes up|expire[ds]?|version|release notes|export|run|runs|running|retry|retries|timeout|log|logs|minutes? after|build|builds|service|command|image|job|jobs|connection|cron|schedule[ds]? at|how|digest|email|e mail|not|cannot|within a few|seconds|patch version|update|behavior|tasks?|clicking|range|stateful|metal|changes`,
  },
  {
    topic: 'legal',
    all: [
      'liab\\w+|negligen\\w+|breach\\w*|violat\\w+|break the|broke the|defective|unlawful\\w*|illegal\\w*|guilty|faults?|blame|lawsuit|sue|damages|withhold payment|wronged|failed you|failure|culpab\\w+|compensation',
      'we|us|our|ours|i|my|{ours}',
    ],
    unless:
      'if|may|might|can not|could|not|policy|whether|page|terms|described|should|your application|your app|healthcheck|deploy\\w*|you (?:must|agree)|tolerance|retry|retries|node|report|notify|can|customers|users|services?|subscription|payment failure|hipaa|baa|security|test|detect\\w*|downtime',
  },
  {
    topic: 'money',
    all: [
      '{will}|{have}|{am}|here is|please|we like to|would like to give|like to give|name your',
      'gift|hamper|present for you|amazon|insurance|damages|your (?:lawyer|costs|losses|loss|overtime|expenses|trouble)|for your trouble|your way|settle',
      US_OR_YOU,
    ],
    unless: `${NARROW}|not|settings|upgrade|how|why|track|estimate|reduce|control|monitor`,
  },
];
