import { foldText } from './fold-text.ts';
import { findEnglishPromise } from './judge-english.ts';
import { findForeignPromise } from './judge-language.ts';
import { joinLettersApart } from './letters-apart.ts';
import { foldLookAlikes } from './look-alikes.ts';
import type { PromiseTopic } from './promise-topic.ts';
import { splitSentences } from './sentences.ts';
import { repairSpelling } from './spelling.ts';

export interface PromiseFinding {
  /** Null when only the segments read together make the promise. */
  segment: number | null;
  /** The words that were taken for a promise, as folded. */
  phrase: string;
  topic: PromiseTopic;
}

export interface PromiseVerdict {
  held: boolean;
  findings: PromiseFinding[];
}

/**
 * Whether an answer promises, grants or admits what only people may: money, credit, discounts, dates, fault.
 * Each segment is judged alone and all of them as one text.
 */
export function holdsPromise(segments: string[]): PromiseVerdict {
  const single = segments.flatMap((text, segment) =>
    findPromises(text).map((found) => ({ segment, ...found })),
  );
  const findings = single.length > 0 || segments.length < 2 ? single : findTogether(segments);
  return { held: findings.length > 0, findings };
}

function findTogether(segments: string[]): PromiseFinding[] {
  const glued = segments.map((text) => text.trim()).join('');
  const cut = segments
    .map((text) => text.trim().replace(/(?<=\p{L})-$/u, '\u00AD'))
    .join(' ')
    .replace(/\u00AD /g, '');
  const texts = [segments.join(' '), cut, glued];
  return texts
    .flatMap((text) => findPromises(text).map((found) => ({ segment: null, ...found })))
    .slice(0, 1);
}

function findPromises(text: string): Omit<PromiseFinding, 'segment'>[] {
  const folded = foldText(text);
  const latin = joinLettersApart(foldLookAlikes(folded));
  const english = findEnglishPromise(splitSentences(repairSpelling(latin)));
  if (english) return [english];
  const foreign = [latin, folded].flatMap(splitSentences).map(findForeignPromise).find(Boolean);
  return foreign === undefined ? [] : [{ phrase: foreign, topic: 'money' }];
}
