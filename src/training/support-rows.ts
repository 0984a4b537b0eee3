import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A claim with its sources, and whether people found it supported. */
export interface SupportRow {
  /** Rows of one claim share it; a claim is judged by its best row. */
  claimId: string;
  /** Rows of one group are never on both sides of a split. */
  group: string;
  set: 'claim' | 'answer';
  claim: string;
  passages: string[];
  supported: boolean;
}

interface ClaimLine {
  claim_id: string;
  claim: string;
  evidence: string[];
  label: string;
  title: string;
}

interface AnswerLine {
  id: string;
  answer: string;
  author: string;
  passages: { text: string }[];
  label: string;
}

/** Partially supported counts as not supported: an answer must not say more than its source. */
export function readClaimRows(folder: string): SupportRow[] {
  const lines = readLines<ClaimLine>(join(folder, 'claims.jsonl'));
  const groups = groupTwins(lines);
  return lines.map((line, index) => ({
    claimId: line.claim_id,
    group: groups[index] ?? line.title,
    set: 'claim',
    claim: line.claim,
    passages: [line.evidence.join('\n')],
    supported: line.label === 'supported',
  }));
}

/** Answers people disagreed on are left out, and so are rows without passages: there is nothing to compare. */
export function readAnswerRows(folder: string): SupportRow[] {
  return readLines<AnswerLine>(join(folder, 'rag_answers.jsonl'))
    .filter((line) => line.label !== 'mixed' && line.passages.length > 0)
    .map((line) => ({
      claimId: line.id,
      group: line.id.split('<::>')[0] ?? line.id,
      set: 'answer',
      claim: line.answer,
      passages: line.passages.map((passage) => passage.text),
      supported: line.label === 'faithful',
    }));
}

function readLines<T>(path: string): T[] {
  const text = readFileSync(path, 'utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Claims about one article, or with half of their words in common, are near-twins. */
const TWIN_OVERLAP = 0.5;

function groupTwins(lines: readonly ClaimLine[]): string[] {
  const words = lines.map((line) => new Set(line.claim.toLowerCase().match(/\p{L}{4,}|\d+/gu) ?? []));
  const groups = lines.map((_, index) => index);
  const root = (index: number): number => (groups[index] === index ? index : root(groups[index] ?? 0));
  for (let i = 0; i < lines.length; i++) {
    for (let j = 0; j < i; j++) {
      const isTwin = lines[i]?.title === lines[j]?.title || overlap(words[i], words[j]) >= TWIN_OVERLAP;
      if (isTwin) groups[root(i)] = root(j);
    }
  }
  return lines.map((_, index) => `claims ${root(index)}`);
}

function overlap(a: ReadonlySet<string> = new Set(), b: ReadonlySet<string> = new Set()): number {
  let both = 0;
  for (const word of a) if (b.has(word)) both++;
  return both / Math.max(1, a.size + b.size - both);
}
