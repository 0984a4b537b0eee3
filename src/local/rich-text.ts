import type { Block, Json } from './types.ts';

const plain = (text: string) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** The rich text block Slack's composer sends beside a typed text: sections, quotes and code, with references. */
export function readRichText(text: string, ts: string): Block {
  const elements = groupLines(text).map(({ kind, lines }): Json => {
    const body = lines.join('\n');
    if (kind === 'code')
      return { type: 'rich_text_preformatted', elements: [{ type: 'text', text: plain(body) }] };
    return { type: kind === 'quote' ? 'rich_text_quote' : 'rich_text_section', elements: inline(body) };
  });
  return { type: 'rich_text', block_id: Number(ts.replace('.', '')).toString(36).slice(-5), elements };
}

interface LineGroup {
  kind: 'plain' | 'quote' | 'code';
  lines: string[];
}

function groupLines(text: string): LineGroup[] {
  const groups: LineGroup[] = [];
  for (const [index, part] of text.split('```').entries()) {
    const body = part.replace(/^\n|\n$/g, '');
    if (index % 2 === 1) groups.push({ kind: 'code', lines: [body] });
    else addLines(groups, body);
  }
  return groups;
}

function addLines(groups: LineGroup[], part: string): void {
  if (!part.trim()) return;
  for (const line of part.split('\n')) {
    const quoted = /^&gt;\s?/.exec(line)?.[0];
    const kind = quoted === undefined ? 'plain' : 'quote';
    const last = groups.at(-1);
    const rest = line.slice(quoted?.length ?? 0);
    if (last?.kind === kind) last.lines.push(rest);
    else groups.push({ kind, lines: [rest] });
  }
}

const REFERENCE = /<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>/g;

function inline(text: string): Json[] {
  const elements: Json[] = [];
  let done = 0;
  for (const found of text.matchAll(REFERENCE)) {
    const [whole, sign = '', target = '', label] = found;
    if (found.index > done) elements.push({ type: 'text', text: plain(text.slice(done, found.index)) });
    elements.push(reference(sign, target, label));
    done = found.index + whole.length;
  }
  if (done < text.length || elements.length === 0) {
    elements.push({ type: 'text', text: plain(text.slice(done)) });
  }
  return elements;
}

function reference(sign: string, target: string, label: string | undefined): Json {
  if (sign === '@') return { type: 'user', user_id: target };
  if (sign === '#') return { type: 'channel', channel_id: target };
  if (sign === '!' && target.startsWith('subteam^'))
    return { type: 'usergroup', usergroup_id: target.slice(8) };
  if (sign === '!') return { type: 'broadcast', range: target };
  return { type: 'link', url: plain(target), ...(label ? { text: plain(label) } : {}) };
}
