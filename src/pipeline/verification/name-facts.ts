import type { Fact, NameFact } from './fact-types.ts';
import type { Scan } from './scan.ts';
import { findUnit, RATE_WORDS } from './units.ts';

const ENDS =
  'com|org|net|io|app|dev|ai|co|gov|edu|me|so|sh|info|biz|cloud|tech|xyz|us|uk|de|fr|eu|ca|au|in|jp|ch|nl';
const URL = /\b(?:https?:\/\/|www\.)[^\s<>()[\]{}"'|\\]+/gi;
const EMAIL = /\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const DOMAIN = new RegExp(
  `\\b(?:[a-z0-9-]+\\.)+(?:${ENDS})\\b(?![\\w-]|\\.\\w)(?:/[^\\s<>()\\[\\]{}"'|\\\\]*)?`,
  'gi',
);
const VERSION =
  /\bv\d+(?:\.(?:\d+|x))*\b|(?<![\d.])\d+(?:\.\d+){2,}(?:-[\w.]+)?(?![\w])|(?<=\b(?:version|versions|release|ver\.?) )\d+(?:\.(?:\d+|x))+/gi;
const DECADE = /\b\d{2,3}0s\b/g;
const CODE = /(?<![\p{L}\p{N}])\p{L}[\p{L}_]*\d[\p{L}\p{N}_]*(?![\p{L}\p{N}])/gu;
const RATE =
  /(?:\bper |\/ ?|\beach |\bevery )(second|minute|min|hour|hr|day|week|month|mo|quarter|year|yr|gb|mb|tb|kb|kwh)\b/gi;
const RATE_WORD = new RegExp(`\\b(${RATE_WORDS.join('|')})\\b`, 'gi');

export function takeNames(scan: Scan, facts: Fact[]): void {
  const take = (pattern: RegExp, kind: NameFact['kind'], toKey: (text: string) => string) =>
    scan.take(pattern, ([text]) => {
      const key = toKey(text.toLowerCase());
      if (key === '') return false;
      facts.push({ kind, text, key });
      return true;
    });
  take(URL, 'url', toAddress);
  take(EMAIL, 'url', toAddress);
  take(DOMAIN, 'url', toAddress);
  take(VERSION, 'version', (text) => text.replace(/^v/, ''));
  take(DECADE, 'code', (text) => text);
  take(CODE, 'code', (text) => text);
}

export function takeRates(scan: Scan, facts: Fact[]): void {
  for (const pattern of [RATE, RATE_WORD]) {
    scan.take(pattern, ([text, word]) => {
      facts.push({ kind: 'rate', text, unit: rateUnit(word ?? '') });
      return true;
    });
  }
}

/** The period itself, not what it is made of: a year is not twelve monthly payments. */
export function rateUnit(word: string): string {
  const unit = findUnit(word);
  return unit === undefined ? word.toLowerCase() : `${unit.factor} ${unit.name}`;
}

function toAddress(url: string): string {
  return url
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[.,;:!?*_`'"]+$/, '')
    .replace(/\/+$/, '');
}
