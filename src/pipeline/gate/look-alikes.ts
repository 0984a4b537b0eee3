/** Letters that look like Latin ones, written in pairs: the stranger, then the letter it passes for. */
const PAIRS = [
  // Cyrillic
  'аa бb вb гr дd еe ёe жx зe иu йu кk лl мm нh оo пn рp сc тt уy фo хx цu чy шw щw ъb ыb ьb эe юo яr',
  'іi їi јj ѕs ԁd ԛq ԝw ґr єe ћh һh ӏl ҁc ѵv ғf қk ңh ҳx ҷy ӊh ԍg ѡw ү y',
  // Greek
  'αa βb γy δd εe ζz ηn θo ιi κk λl μm νv ξe οo πn ρp σo ςs τt υu φo χx ψy ωw ϲc ϳj ϐb ϑo ϕo ϱp',
  // Armenian, Cherokee and other strangers
  'աw բp գq զq եe հh ոn ռn սu տs ցg օo ֆf ꭰd ꭱr ꭲt ꭺa ꭼe ꮋh ꮢr ꮪs',
  // Small capitals and phonetic letters
  'ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ꞯq ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz',
  'ɑa ɐa ɓb ƅb ɕc ɖd ɗd ɘe ǝe ɛe ɡg ɠg ɦh ɨi ɩi ıi ʝj ɭl ɫl ɱm ɯm ɲn ŋn ɳn ɵo ɔo ɒo ɾr ɹr ɽr ʂs ʃs ƨs ʇt ƭt ʈt ʉu ʊu ʋv ʌv ʍw ʎy ƴy ʐz ʑz',
  // Latin letters with a stroke, which are no combining marks
  'łl øo đd ħh ŧt ƀb ɇe ɉj ɍr ɏy ƶz ȼc ⱥa ꝁk ɟj ðd',
];

const LETTERS = new Map(
  PAIRS.join(' ')
    .split(' ')
    .map((pair) => [...pair] as [string, string])
    .filter((pair) => pair.length === 2),
);
const STRANGER = new RegExp(`[${[...LETTERS.keys()].join('')}]`, 'gu');

const NEGATIVE_LETTERS: [number, number][] = [
  [0x1f150, 0x1f169],
  [0x1f170, 0x1f189],
  [0x1f1e6, 0x1f1ff],
];

/** Look-alikes of Latin letters as the letters they pass for; expects lower case. */
export function foldLookAlikes(text: string): string {
  return text
    .replace(/(?<!\p{L})υ(?=\p{L})/gu, 'y')
    .replace(STRANGER, (letter) => LETTERS.get(letter) ?? letter);
}

/** Letters in black circles, black squares and flags, which Unicode does not take for letters. */
export function foldSymbolLetters(text: string): string {
  return text.replace(/[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}\u{1f1e6}-\u{1f1ff}]/gu, (symbol) => {
    const code = symbol.codePointAt(0) ?? 0;
    const block = NEGATIVE_LETTERS.find(([first, last]) => code >= first && code <= last);
    return block ? String.fromCharCode(97 + code - block[0]) : symbol;
  });
}
