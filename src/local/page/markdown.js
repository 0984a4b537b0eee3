import { h } from 'preact';
import { useMemo } from 'preact/hooks';
import { html } from './html.js';
import { markdownInline } from './markdown-inline.js';

// Deeper nesting is shown as text; it only occurs in text made to exhaust the stack.
const DEEPEST = 8;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*)$/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const QUOTE = /^ {0,3}>\s?/;
const ITEM = /^(\s*)([-*+•]|\d{1,9}[.)])(\s+)(.*)$/;
const DELIMITERS = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

const isTableAt = (lines, at) =>
  lines[at].includes('|') && DELIMITERS.test(lines[at + 1] ?? '') && (lines[at + 1] ?? '').includes('-');

const startsBlock = (lines, at) =>
  [FENCE, HEADING, RULE, QUOTE, ITEM].some((pattern) => pattern.test(lines[at])) || isTableAt(lines, at);

// Each reader gets the lines and where to start; it answers [node, line after it], or undefined.
const READERS = [readFence, readHeading, readRule, readQuote, readTable, readList, readParagraph];

/** Markdown to preact nodes. HTML in the text is text: nothing here ever makes markup from a string. */
function markdownNodes(text, depth = 0) {
  const lines = String(text ?? '').split(/\r?\n/);
  if (depth > DEEPEST) return [h('p', null, text)];
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    if (!lines[at].trim()) {
      at += 1;
      continue;
    }
    for (const reader of READERS) {
      const found = reader(lines, at, depth);
      if (!found) continue;
      nodes.push(found[0]);
      at = found[1];
      break;
    }
  }
  return nodes;
}

function readFence(lines, at) {
  const fence = FENCE.exec(lines[at])?.[1];
  if (!fence) return undefined;
  let end = at + 1;
  while (end < lines.length && !lines[end].trimStart().startsWith(fence)) end += 1;
  return [h('pre', null, h('code', null, lines.slice(at + 1, end).join('\n'))), end + 1];
}

function readHeading(lines, at) {
  const match = HEADING.exec(lines[at]);
  if (!match) return undefined;
  const size = Math.min(match[1].length, 3);
  const title = match[2].trimEnd().replace(/\s#+$/, '');
  return [h('p', { class: `heading heading-${size}` }, ...markdownInline(title)), at + 1];
}

function readRule(lines, at) {
  return RULE.test(lines[at]) ? [h('hr'), at + 1] : undefined;
}

function readQuote(lines, at, depth) {
  if (!QUOTE.test(lines[at])) return undefined;
  let end = at;
  while (end < lines.length && QUOTE.test(lines[end])) end += 1;
  const inner = lines.slice(at, end).map((line) => line.replace(QUOTE, ''));
  return [h('blockquote', null, ...markdownNodes(inner.join('\n'), depth + 1)), end];
}

const cellsOf = (line) =>
  line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

const alignOf = (delimiter = '') =>
  delimiter.endsWith(':') ? (delimiter.startsWith(':') ? 'center' : 'right') : 'left';

function readTable(lines, at) {
  if (!isTableAt(lines, at)) return undefined;
  const aligns = cellsOf(lines[at + 1]).map(alignOf);
  let end = at + 2;
  while (end < lines.length && lines[end].includes('|')) end += 1;
  const row = (line, tag) =>
    h(
      'tr',
      null,
      ...cellsOf(line).map((cell, index) => h(tag, { class: aligns[index] }, ...markdownInline(cell))),
    );
  const body = lines.slice(at + 2, end).map((line) => row(line, 'td'));
  const table = h('table', null, h('thead', null, row(lines[at], 'th')), h('tbody', null, ...body));
  return [h('div', { class: 'table-scroll', tabIndex: 0, role: 'group', 'aria-label': 'Table' }, table), end];
}

function readList(lines, at, depth) {
  const first = ITEM.exec(lines[at]);
  if (!first) return undefined;
  const isOrdered = /\d/.test(first[2]);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const match = ITEM.exec(lines[end]);
    if (!match || match[1].length > first[1].length + 1 || /\d/.test(match[2]) !== isOrdered) break;
    const indent = match[1].length + match[2].length + 1;
    const stop = endOfItem(lines, end + 1, match[1].length + 2);
    const rest = lines.slice(end + 1, stop).map((line) => dedent(line, indent));
    items.push(h('li', null, ...itemNodes([match[4], ...rest], depth)));
    end = stop;
  }
  const start = isOrdered ? Number.parseInt(first[2], 10) : undefined;
  return [h(isOrdered ? 'ol' : 'ul', isOrdered ? { start } : null, ...items), end];
}

/** An item goes on over indented lines, and over one blank line when more of the list follows it. */
function endOfItem(lines, from, indent) {
  let end = from;
  while (end < lines.length) {
    const isIndented = lines[end].startsWith(' '.repeat(indent)) || lines[end].startsWith('\t');
    const next = lines[end + 1] ?? '';
    const isGap = !lines[end].trim() && (ITEM.test(next) || next.startsWith(' '.repeat(indent)));
    if (!isGap && (!lines[end].trim() || (!isIndented && startsBlock(lines, end)))) break;
    end += 1;
    if (isGap && ITEM.test(next) && !next.startsWith(' '.repeat(indent))) break;
  }
  return end;
}

const dedent = (line, indent) => line.replace(new RegExp(`^(?:\\t| {0,${indent}})`), '');

function itemNodes(lines, depth) {
  const task = /^\[([ xX])\]\s+/.exec(lines[0]);
  const text = lines.join('\n').slice(task ? task[0].length : 0);
  const nodes = markdownNodes(text, depth + 1);
  return task ? [task[1] === ' ' ? '☐ ' : '☑ ', ...nodes] : nodes;
}

function readParagraph(lines, at) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() && !startsBlock(lines, end)) end += 1;
  const text = lines.slice(at, end).map((line) => line.trim());
  return [h('p', null, ...markdownInline(text.join('\n'))), end];
}

export function Markdown({ text }) {
  const nodes = useMemo(() => markdownNodes(text), [text]);
  return html`<div class="text markdown">${nodes}</div>`;
}
