import type { RichTextBlock, RichTextElement } from '@slack/web-api';
import type { List, ListItem, Nodes, PhrasingContent, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { toString as toPlainText } from 'mdast-util-to-string';
import { gfmTable } from 'micromark-extension-gfm-table';

type Block = RichTextBlock['elements'][number];
type ListBlock = Extract<Block, { type: 'rich_text_list' }>;
type Style = { bold?: true; italic?: true; code?: true; strike?: true };

/** A longer cell reaches over its column: padding a hundred rows to it would blow a message up to megabytes. */
const MAX_COLUMN_CHARS = 40;

/** Slack draws no deeper. */
const MAX_INDENT = 8;

/**
 * Markdown as rich text made only of literal text elements: no mention, no channel, no link. Whatever stands in a
 * page or was written by a model, Slack shows it and does nothing with it. Links keep their label.
 */
export function markdownToRichText(markdown: string): RichTextBlock {
  const tree = fromMarkdown(markdown, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  const elements = joinSections(tree.children.flatMap((node) => toBlocks(node, 0)));
  return { type: 'rich_text', elements: elements.length > 0 ? elements : [section([text(markdown)])] };
}

/** Slack sets sections tight under each other; paragraphs keep their distance only inside one section. */
function joinSections(blocks: Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (block.type === 'rich_text_section' && last?.type === 'rich_text_section') {
      last.elements = joinTexts([...last.elements, text('\n\n'), ...block.elements]);
    } else joined.push(block);
  }
  return joined;
}

function toBlocks(node: RootContent, indent: number): Block[] {
  switch (node.type) {
    case 'paragraph':
      return toSection(node.children.flatMap((child) => toInline(child, {})));
    case 'heading':
      return toSection(node.children.flatMap((child) => toInline(child, { bold: true })));
    case 'code':
      return [preformatted(node.value)];
    case 'table':
      return [preformatted(alignTable(node))];
    case 'blockquote': {
      const lines = node.children.map((child) => toPlainText(child)).join('\n');
      return lines.trim() === '' ? [] : [{ type: 'rich_text_quote', elements: [text(lines)] }];
    }
    case 'list':
      return toListBlocks(node, indent);
    case 'html': {
      const visible = node.value.replace(/<[^>]*>/g, ' ').trim();
      return visible === '' ? [] : toSection([text(visible)]);
    }
    default:
      return [];
  }
}

/**
 * Slack has no list inside a list item: what stands below an item follows as blocks of its own, and the list goes
 * on after it, counting on where it stopped.
 */
function toListBlocks(list: List, indent: number): Block[] {
  const blocks: Block[] = [];
  let open: ListBlock | undefined;
  for (const [index, item] of list.children.entries()) {
    const { lead, below } = splitItem(item);
    if (open === undefined) {
      open = newList(list, indent, index);
      blocks.push(open);
    }
    open.elements.push(section(lead));
    const nested = below.flatMap((child) => toBlocks(child, indent + 1));
    if (nested.length > 0) {
      blocks.push(...nested);
      open = undefined;
    }
  }
  return blocks;
}

function newList(list: List, indent: number, index: number): ListBlock {
  const offset = (list.start ?? 1) - 1 + index;
  return {
    type: 'rich_text_list',
    style: list.ordered ? 'ordered' : 'bullet',
    indent: Math.min(indent, MAX_INDENT),
    ...(list.ordered && offset > 0 ? { offset } : {}),
    elements: [],
  };
}

function splitItem(item: ListItem): { lead: RichTextElement[]; below: RootContent[] } {
  const [first, ...rest] = item.children;
  if (first?.type !== 'paragraph') return { lead: [text(' ')], below: item.children };
  return { lead: first.children.flatMap((child) => toInline(child, {})), below: rest };
}

function toInline(node: PhrasingContent, style: Style): RichTextElement[] {
  switch (node.type) {
    case 'text':
      return [text(node.value.replace(/\n/g, ' '), style)];
    case 'inlineCode':
      return [text(node.value, { ...style, code: true })];
    case 'strong':
      return node.children.flatMap((child) => toInline(child, { ...style, bold: true }));
    case 'emphasis':
      return node.children.flatMap((child) => toInline(child, { ...style, italic: true }));
    case 'break':
      return [text('\n', style)];
    case 'html':
      return [];
    default:
      return toPlainText(node as Nodes) === '' ? [] : [text(toPlainText(node as Nodes), style)];
  }
}

/** Cells padded to their column: Slack shows preformatted text in a fixed-width face. */
function alignTable(table: Table): string {
  const rows = table.children.map((row) => row.children.map((cell) => toPlainText(cell).trim()));
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.min(Math.max(widths[column] ?? 0, cell.length), MAX_COLUMN_CHARS);
    });
  }
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [lines[0] ?? '', rule, ...lines.slice(1)].join('\n');
}

function toSection(elements: RichTextElement[]): Block[] {
  return elements.length === 0 ? [] : [section(elements)];
}

function section(elements: RichTextElement[]): Extract<Block, { type: 'rich_text_section' }> {
  return { type: 'rich_text_section', elements: joinTexts(elements) };
}

/** Neighbours of one style as one element: Slack takes only so many. */
function joinTexts(elements: RichTextElement[]): RichTextElement[] {
  const joined: RichTextElement[] = [];
  for (const element of elements) {
    const last = joined.at(-1);
    if (last?.type === 'text' && element.type === 'text' && isSameStyle(last.style, element.style)) {
      joined[joined.length - 1] = { ...last, text: last.text + element.text };
    } else joined.push(element);
  }
  return joined;
}

function isSameStyle(one: object = {}, other: object = {}): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function preformatted(value: string): Block {
  return { type: 'rich_text_preformatted', elements: [{ type: 'text', text: value === '' ? ' ' : value }] };
}

/** Slack refuses empty text elements and empty style objects. */
function text(value: string, style: Style = {}): { type: 'text'; text: string; style?: Style } {
  const literal = { type: 'text' as const, text: value === '' ? ' ' : value };
  return Object.keys(style).length === 0 ? literal : { ...literal, style };
}
