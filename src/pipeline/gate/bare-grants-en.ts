/** Grants without an object: they count when the text speaks of money, a date or a fault elsewhere. */
export const BARE_GRANTS_EN = [
  '(?:it|that|this|all|everything|both|they|yours?|request|case|claim) .. (?:{have} been|is|are|was|were|{will} be|gets?) {adv}? ?(?:arranged|approved|granted|done|settled|sorted|taken care of|confirmed|on its way|on the way|accepted|agreed|authori[sz]ed|booked|in the works|a done deal|a deal|yours|as good as done|back|processed|signed off|initiated|guaranteed|set|sent|refunded|waived|credited)',
  '^(?:granted|approved|done|confirmed|agreed|deal|accepted|consider it done|sure thing|of course|absolutely|certainly|already|gladly|settled|sorted|no problem) (?:$|,)',
  '(?::|-|,) (?:granted|approved|confirmed|done|agreed|processed|paid|waived|accepted|credited)$',
  'already on (?:its|the|their) way',
  '(?:already|now) (?:done|approved|arranged|sent|booked|refunded)',
  'consider it (?:done|yours|settled|approved|sorted)',
  '(?:it|they|that) (?:runs|comes|goes|returns) .. (?:another|back|to you)',
  '{they} {will} .. (?:take care|sort|handle|see to|arrange|return|do|make it happen|get it done) .. (?:it|that|this|all|everything|of it|of that)',
  '{they} {have} .. (?:arranged|sorted|settled|approved|done|confirmed|signed|taken care|made it|agreed|accepted|granted) .. (?:it|that|this|everything|for you|with)?',
  'you will have (?:that|it|this|them|everything) (?:again|back|by|within|soon|in|tomorrow|on)',
  '(?:we|i) (?:are|am) ,? ?(?:in|yes|indeed|fully|entirely|legally|and)',
  '(?:so )?(?:that|this) (?:month|week|year|period|quarter) costs',
  '(?:we|i) (?:make|made|go|went) it ',
  '(?:we|i) (?:go|went) (?:amt|pct) (?:below|under|lower)',
  '(?:send|forward) .. (?:bill|invoice|receipt) .. (?:over|and|to us)',
  'you may walk away',
];
