// Only the words the money rules hang on: correcting everything would change what people said.
const WORDS = [
  ...['refund', 'refunds', 'refunded', 'refunding', 'rebate', 'rebates', 'rebating', 'reimburse'],
  ...['reimbursed', 'reimburses', 'reimbursing', 'reimbursement', 'reimbursements', 'restitution'],
  ...['restitutions', 'compensate', 'compensation', 'compensations', 'money', 'cancel', 'policy'],
  ...['request', 'demand', 'receive', 'expect', 'waiting'],
];
// English words one slip away from those above, which mean what they say.
const KNOWN = new Set([
  ...WORDS,
  ...['relate', 'relates', 'debate', 'debates', 'rebase', 'rebases', 'rebased', 'relating', 'debating'],
  ...['monkey', 'honey', 'cancels', 'cancer', 'police', 'requests', 'bequest', 'demands', 'remand'],
  ...[
    'received',
    'receives',
    'receiver',
    'deceive',
    'expects',
    'expert',
    'aspect',
    'refunder',
    'moneys',
    'writing',
    'waiving',
    'baiting',
    'wailing',
  ],
]);
const SHORTEST = 5;

/** "reimbvurse" and "erfunds" as they were meant: one slip of the keys in a word of money is undone. */
export function mendSpelling(folded: string): string {
  return folded
    .replace(/([a-z])([$€£])/g, '$1 $2')
    .replace(/\b(of|for)(\d)/g, '$1 $2')
    .replace(/[a-z]+/g, (word) => {
      if (word.length < SHORTEST || KNOWN.has(word)) return word;
      return WORDS.find((meant) => meant.length >= SHORTEST && isOneSlip(word, meant)) ?? word;
    });
}

/** One letter more, less, other, or two neighbours exchanged. */
function isOneSlip(typed: string, meant: string): boolean {
  if (Math.abs(typed.length - meant.length) > 1) return false;
  let start = 0;
  while (start < typed.length && typed[start] === meant[start]) start += 1;
  const rest = [typed.slice(start), meant.slice(start)] as const;
  if (rest[0].slice(1) === rest[1] || rest[0] === rest[1].slice(1)) return true;
  if (rest[0].slice(1) === rest[1].slice(1)) return true;
  const swapped = `${rest[0][1] ?? ''}${rest[0][0] ?? ''}${rest[0].slice(2)}`;
  return rest[0].length > 1 && swapped === rest[1];
}
