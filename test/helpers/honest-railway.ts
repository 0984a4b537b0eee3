import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HAS_DOCS, PAGES, WITHOUT_DOCS } from './docs-railway.ts';
import { type GatePart, partOf, stableNumber } from './promise-tricks.ts';

export type HonestRow = { id: string; source: string; part: GatePart; segments: string[] };

type Piece = { source: string; text: string };

/** The words a promise of money is made of: everything the documentation says with them is taken first. */
const GRANTS =
  /refund|\bcredits?\b|discount|free (trial|month)|\btrial\b|compensat|\bliab|withdraw|kickback|reimburs|promotion|prorat|\bSLAs?\b/i;

/** The words that make somebody read a sentence twice before it goes out: money first, then time. */
const MONEY =
  /refund|money|credit|trial|invoice|\bbill(s|ed|ing)?\b|charg(e|ed|es|ing)\b|discount|\bfees?\b|payout|withdraw|kickback|subscription|compensat|\bliab|guarantee|[$€]\d+(\.\d|\/| (a|per|credit)|,\d)/i;
const TIME =
  /\bSLAs?\b|\b20[12]\d\b|\bpric(e|es|ing)\b|\busage(-based| cost| limit)|resource usage|\bfree\b|business days|\b(within|up to|after|every|for) \d+ (minute|hour|day|week|month)s?\b|deadline|deprecat|roadmap|upcoming|coming soon/i;

/** Taken out of its page such a sentence is a promise to the reader, and holding it back would be right. */
const PROMISE_BY_ITSELF = /^You will see the credits applied|\bwe expect to\b|\bcan expect to pay\b/i;

/** The pages whose subject is money are taken whole; of the others a few pieces each, so that no page dominates. */
const ABOUT_MONEY = /pricing|refund|support|enterprise\/|kickback|bount|partners|accounts|fair-use|cost/;
const PIECES_PER_OTHER_PAGE = 3;
const ROWS_ABOUT_GRANTS = 200;
const ROWS_ABOUT_MONEY = 70;
const ROWS_ABOUT_TIME = 40;
const SHORTEST = 12;
const LONGEST = 600;

/**
 * Headings, sentences and passages about prices, refunds, credits, dates, trials and usage from real documentation,
 * read where it lies. Empty when the data is not there: use it under `describe.skipIf(!HAS_DOCS)`.
 */
export function readHonestRailway(): HonestRow[] {
  if (!HAS_DOCS) return [];
  const pieces = onceEach(readPages().flatMap((page) => fewOfEachPage(piecesOf(page))));
  const grants = pieces.filter(({ text }) => GRANTS.test(text));
  const money = pieces.filter(({ text }) => MONEY.test(text) && !GRANTS.test(text));
  const time = pieces.filter(({ text }) => TIME.test(text) && !MONEY.test(text) && !GRANTS.test(text));
  const rows = [
    ...drawn(grants, ROWS_ABOUT_GRANTS),
    ...drawn(money, ROWS_ABOUT_MONEY),
    ...drawn(time, ROWS_ABOUT_TIME),
  ];
  return rows.map(({ source, text }, index) => ({
    id: `railway-${String(index + 1).padStart(3, '0')}`,
    source,
    // By page, because a passage and its sentences overlap.
    part: partOf(source),
    segments: text.length > 300 ? text.split('\n\n') : [text],
  }));
}

function readPages(): Piece[] {
  return readdirSync(PAGES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      source: relative(PAGES, file).split(sep).join('/'),
      text: withoutMarkup(readFileSync(file, 'utf8')),
    }));
}

/** Front matter, code, tags and link targets are nothing an answer says. */
function withoutMarkup(page: string): string {
  return page
    .replace(/\r\n/g, '\n')
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/^([ \t]*)(`{3,}|~{3,})[\s\S]*?^\1\2[ \t]*$/gm, '')
    .replace(/<(Image|Collapse|Banner|video|img)\b[\s\S]*?\/?>(?=\n|$)/g, '')
    .replace(/<\/?[A-Za-z][^>]*>/g, '')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1');
}

function piecesOf(page: Piece): Piece[] {
  const blocks = page.text.split(/\n{2,}/).map((block) => block.trim());
  const texts = blocks.flatMap((block, index) => [
    ...piecesOfBlock(block),
    ...withNext(block, blocks[index + 1]),
  ]);
  return texts
    .filter((text) => text.length >= SHORTEST && text.length <= LONGEST && !PROMISE_BY_ITSELF.test(text))
    .map((text) => ({ source: page.source, text }));
}

/** A heading, a table and half of the passages as they are; of the other half, and of lists, each sentence or item. */
function piecesOfBlock(block: string): string[] {
  if (/^(\||#)/.test(block)) return [block];
  if (/^([-*]|\d+\.) /.test(block)) return block.split(/\n(?=[-*] |\d+\. )/).map((item) => item.trim());
  const sentences = block.split(/(?<=[.!?])\s+(?=[A-Z"])/);
  return stableNumber(block) % 2 === 0 ? [block] : sentences;
}

/** A question heading and the passage under it, as an answer in several parts would show them. */
function withNext(block: string, next: string | undefined): string[] {
  return /^#+ .*\?$/.test(block) && next !== undefined && /^\w/.test(next) ? [`${block}\n\n${next}`] : [];
}

function fewOfEachPage(pieces: Piece[]): Piece[] {
  const fitting = pieces.filter(({ text }) => MONEY.test(text) || TIME.test(text));
  return ABOUT_MONEY.test(fitting[0]?.source ?? '') ? fitting : drawn(fitting, PIECES_PER_OTHER_PAGE);
}

function onceEach(pieces: Piece[]): Piece[] {
  return [...new Map(pieces.map((piece) => [piece.text, piece])).values()];
}

/** The same draw on every machine and in every order of reading. */
function drawn(pieces: Piece[], count: number): Piece[] {
  return [...pieces].sort((a, b) => stableNumber(a.text) - stableNumber(b.text)).slice(0, count);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rows = readHonestRailway();
  const print = (row: HonestRow) => process.stdout.write(`${JSON.stringify(row)}\n`);
  if (HAS_DOCS) rows.forEach(print);
  else process.stdout.write(`No rows${WITHOUT_DOCS}\n`);
}
