import type { RichTextBlock, RichTextElement } from '@slack/web-api';
import type { ListItem, Nodes, PhrasingContent, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { toString as toPlainText } from 'mdast-util-to-string';
import { gfmTable } from 'micromark-extension-gfm-table';

type Block = RichTextBlock['elements'][number];
type Style = { bold?: true; italic?: true; code?: true; strike?: true };

/**
 * Markdown as rich text made only of literal text elements: no mention, no channel, no link. Whatever stands in a
 * page or was written by a model, Slack shows it and does nothing with it. Links keep their label.
 */
export function markdownToRichText(markdown: string): RichTextBlock {
  const tree = fromMarkdown(markdown, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  });
  const elements = tree.children.flatMap((node) => toBlocks(node, 0));
  return { type: 'rich_text', elements: elements.length > 0 ? elements : [section([text(markdown)])] };
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
    case 'list': {
      const style = node.ordered ? 'ordered' : 'bullet';
      return node.children.flatMap((item, index) =>
        toListBlocks(item, { style, indent, index, start: node.start }),
      );
    }
    case 'html': {
      const visible = node.value.replace(/<[^>]*>/g, ' ').trim();
      return visible === '' ? [] : toSection([text(visible)]);
    }
    default:
      return [];
  }
}

interface ListPlace {
  style: 'ordered' | 'bullet';
  indent: number;
  index: number;
  start: number | null | undefined;
}

/** Slack has no list inside a list item, so an item becomes a list of one and what is below it follows indented. */
function toListBlocks(item: ListItem, place: ListPlace): Block[] {
  const [lead, ...below] = item.children;
  const inline = lead?.type === 'paragraph' ? lead.children.flatMap((child) => toInline(child, {})) : [];
  const first: Block = {
    type: 'rich_text_list',
    style: place.style,
    indent: Math.min(place.indent, 8),
    ...(place.style === 'ordered' ? { offset: (place.start ?? 1) - 1 + place.index } : {}),
    elements: [section(inline.length > 0 ? inline : [text(' ')])],
  };
  const rest = lead && lead.type !== 'paragraph' ? item.children : below;
  return [first, ...rest.flatMap((child) => toBlocks(child, place.indent + 1))];
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
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
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
  return elements.length === 0 ? [] : [section([...elements, text('\n')])];
}

function section(elements: RichTextElement[]): Extract<Block, { type: 'rich_text_section' }> {
  return { type: 'rich_text_section', elements };
}

function preformatted(value: string): Block {
  return { type: 'rich_text_preformatted', elements: [{ type: 'text', text: value === '' ? ' ' : value }] };
}

/** Slack refuses empty text elements and empty style objects. */
function text(value: string, style: Style = {}): { type: 'text'; text: string; style?: Style } {
  const literal = { type: 'text' as const, text: value === '' ? ' ' : value };
  return Object.keys(style).length === 0 ? literal : { ...literal, style };
}
