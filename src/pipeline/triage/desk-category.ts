import type { Category } from '../types.ts';
import { fold } from './fold.ts';
import type { Label } from './triage-message.ts';

const BY_LABEL: Partial<Record<Label, Category>> = {
  refund_demand: 'refund',
  refund_info: 'refund',
  billing_problem: 'billing',
  cancel_or_close: 'account',
};

/** Topics the labels don't tell apart; the first that fits counts. */
const BY_TOPIC: [Category, RegExp][] = [
  [
    'incident',
    /\b(?:outage|down(?:time)?|incident|status page|unavailable|50[0234]\b|nothing works|since (?:this|yesterday) (?:morning|evening|night)|for everyone|all users)\b/,
  ],
  [
    'security',
    /\b(?:security|phish\w*|hack\w*|breach|encrypt\w*|soc ?2|iso ?27001|gdpr|dpa|sso|saml|scim|2fa|mfa|two-factor|penetration|vulnerabilit\w+|audit log|data residency|compliance|hipaa)\b/,
  ],
  [
    'technical',
    /\b(?:errors?|bugs?|crash\w*|api|webhooks?|endpoint|sdk|integration|sync\w*|imports?|exports?|times? out|timeout|broken|fail\w*|rate limits?|not (?:work|load)\w*|does(?:n't| not) (?:work|load|show)|slow|token)\b/,
  ],
  [
    'account',
    /\b(?:log ?in|sign ?in|password|locked|accounts?|users?|invit\w+|members?|owner|admin|role|permissions?|seats?|workspace|email address|profile|delete)\b/,
  ],
  [
    'billing',
    /\b(?:invoices?|receipts?|billing|bill|billed|charged?|charges|pric\w+|cost\w*|plans?|pay\w*|card|vat|tax|discount|coupon|trial|subscription|upgrade|downgrade|renew\w*)\b/,
  ],
  [
    'product',
    /\b(?:how (?:do|can|to)|can (?:i|we)|is there|does it|feature|dashboard|report|template|where (?:do|can|is))\b/,
  ],
];

/** The desk's category of a message, from the classifier's label and, where that says little, the topic. */
export function deskCategory(label: Label, text: string): Category {
  const folded = fold(text);
  return BY_LABEL[label] ?? BY_TOPIC.find(([, words]) => words.test(folded))?.[0] ?? 'other';
}
