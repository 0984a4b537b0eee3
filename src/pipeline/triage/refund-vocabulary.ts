import type { Vocabulary } from './phrase.ts';

const AMOUNT = String.raw`[$€£]\s?\d[\d.,]*k?|(?:usd|eur|gbp)\s?\d[\d.,]*|\d[\d.,]*\s?(?:[$€£]|usd|eur|gbp|dollars?|pounds?|euros?|bucks|quid)`;

/** Words of the refund phrases, by name. All lower case, as folded text is. */
export const REFUND_VOCABULARY: Vocabulary = {
  amount: AMOUNT,
  refund: [
    'refund(?:s|ed|ing)?|reimburse(?:d|ments?|s)?|reimbursing|rebat(?:es?|ing)|restitutions?',
    'compensat(?:e|es|ed|ing|ions?)|money[ -]?back|chargebacks?|repayments?|repaid',
  ].join('|'),
  repay: 'refund|reimburse|compensate|repay',
  money: `money|cash|funds|payments?|deposit|charges?|fees?|difference|amount|sum|price|costs|${AMOUNT}`,
  fee: 'charges?|fees?|overcharge|overages?|renewal|payments?(?!_(?:method|info|details|option|reminder)s?)',
  thing: 'items?|products?|purchases?|orders?|goods|something|things?|package|device|hardware',
  undone: `returned|refunded|repaid|reimbursed|reversed|waived|voided|undone|credited|taken_off|(?:given|paid|sent|put|transferred|handed)_back`,
  want: [
    'want|wants|wanted|wanna|need|needs|demand|demanding|require|insist_on|claim|claiming|seek|seeking|deserve',
    'entitled_to|owed?|owes|would_like|would_really_like|would_appreciate|expect|expecting|hoping|hope|looking',
    "(?:i'd|we'd|id)_(?:really_)?(?:like|appreciate|love|prefer|rather)|trying|like_to|rather_have|ask_for|asking_for",
  ].join('|'),
  get: 'get|gets|getting|give|have|had|obtain|obtaining|receive|receiving|claim|recover|send|return|pay|put|transfer|want|need|take|like|ask_for|asking_for',
  not: "not|never|no_longer|cannot|cant|dont|didnt|doesnt|hasnt|havent|isnt|wont|\\w+n't",
  whose: 'my|our|the|this|that|those|these|all|a|an|any|your|his|her|their|ur|full',
  me: 'me|us|my|our|the|this|it|that|them',
  client: String.raw`(?:customer|client|buyer|shopper|guest|donor|patient|student|subscriber|tenant|end[ -]user)(?:s|'s|s')?(?!\s(?:service|support|care|success|portal|id|number|since|for))`,
  // "get back to me" brings no money back.
  back: String.raw`(?<!(?:get|getting|got|come|coming|hear|heard|reach|report|write|be|go|look)\s)back`,
};
