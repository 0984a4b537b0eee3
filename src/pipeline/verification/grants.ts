import { foldText } from '../gate/fold-text.ts';
import { joinLettersApart } from '../gate/letters-apart.ts';
import { foldLookAlikes } from '../gate/look-alikes.ts';

/**
 * Words of money, and of what only people may grant. Broad on purpose: a sentence with one of them is not forbidden,
 * it is only shown in the words of the page instead of the model's.
 */
const GRANTS =
  /[$€£¥]|\b(?:paid|pay(?:ments?|ing)?|invoices?|bill(?:s|ed|ing)?|charge[ds]?|fees?|costs?|prices?)\b|refund|re-?imburse|repay|repaid|pay(?:ing|s)? (?:you )?back|paid back|money|cash|credit|discount|rebate|compensat|goodwill|voucher|coupon|waiv|write[ -]?off|written off|forgiv|free|gratis|complimentary|on us|on the house|no (?:extra |additional )?c(?:ost|harge)|per ?cent off|% off|cheaper|lower price|price (?:cut|match|drop)|reverse|revers(?:al|ing)|cancel(?:led)? (?:the|your) (?:charge|invoice|fee)|make (?:you|it) (?:whole|right|good)|made whole|entitle|owe|liab|negligen|our fault|at fault|damages|guarantee|promise|assure/i;

/** Whether a text touches on what only people may grant, in whatever disguise its letters come. */
export function touchesGrants(text: string): boolean {
  return GRANTS.test(text) || GRANTS.test(joinLettersApart(foldLookAlikes(foldText(text))));
}
