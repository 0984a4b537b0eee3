import { isContent, type Token } from './tokenize.ts';
import { findLoneUnit } from './units.ts';

const NEGATORS = new Set(
  `not no never none nor neither cannot without nothing nobody nowhere unable unless dont doesnt didnt isnt arent wasnt
werent wont wouldnt shouldnt couldnt cant hasnt havent hadnt mustnt neednt aint lack fail refus forbid prohibit
except exclud`.split(/\s+/),
);

export function isNegator(token: Token): boolean {
  return NEGATORS.has(token.key.replace(/'/g, '')) || /n't$/i.test(token.text);
}

/** "Not only" and "no longer than" deny nothing. */
export function countNegators(tokens: readonly Token[]): number {
  return tokens.filter((token, index) => {
    const next = tokens[index + 1]?.key;
    return (
      isNegator(token) &&
      !(token.key === 'not' && (next === 'onli' || next === 'just' || next === 'necessarili'))
    );
  }).length;
}

/** A capital letter where none is due, or letters mixed with capitals (iPhone, GitHub, AWS). */
export function isName(token: Token): boolean {
  if (token.isNumber || !isContent(token)) return false;
  if (findLoneUnit(token.text) !== undefined) return false;
  if (/\p{Ll}\p{Lu}|\p{Lu}{2}/u.test(token.text)) return true;
  return token.isCapital && !token.isInitial;
}

const OPPOSITES = new Map<string, Set<string>>();
for (const pair of `always/never all/none all/no before/after above/below over/under more/less more/fewer most/least
increase/decrease increase/reduce raise/lower enable/disable allow/deny allow/forbid allow/prevent allow/block
include/exclude with/without maximum/minimum max/min start/end start/stop begin/end open/close accept/reject accept/decline
accept/refuse approve/reject approve/deny free/paid public/private internal/external required/optional
mandatory/optional possible/impossible
enabled/disabled success/failure succeed/fail upgrade/downgrade add/remove first/last early/late earlier/later
higher/lower high/low higher/less largest/smallest larger/smaller longest/shortest longer/shorter best/worst better/worse
inside/outside buy/sell win/lose won/lost true/false yes/no same/different
incoming/outgoing import/export upload/download encrypt/decrypt automatic/manual automatically/manually
temporary/permanent partial/full north/south east/west northern/southern
eastern/western northeast/southwest left/right male/female old/new older/newer monthly/yearly monthly/annual`.split(
  /\s+/,
)) {
  const [a = '', b = ''] = pair.split('/');
  OPPOSITES.set(a, (OPPOSITES.get(a) ?? new Set()).add(b));
  OPPOSITES.set(b, (OPPOSITES.get(b) ?? new Set()).add(a));
}

export function areOpposites(a: Token, b: Token): boolean {
  return OPPOSITES.get(a.text.toLowerCase())?.has(b.text.toLowerCase()) ?? false;
}

/** Available and unavailable; a word that denies by itself ("unable") is counted among the negators instead. */
export function isDeniedByPrefix(a: Token, b: Token): boolean {
  if (isNegator(a) || isNegator(b)) return false;
  return (
    isPrefixed(a.text.toLowerCase(), b.text.toLowerCase()) ||
    isPrefixed(b.text.toLowerCase(), a.text.toLowerCase())
  );
}

const PREFIXES = ['un', 'in', 'im', 'non', 'dis', 'il', 'ir'];

function isPrefixed(long: string, short: string): boolean {
  return short.length >= 4 && PREFIXES.some((prefix) => long === prefix + short);
}
