import { requireSoundBlocks } from '../block-rules.ts';
import { withIds } from '../modals.ts';
import { refuse } from '../refused.ts';
import type { Block, Json } from '../types.ts';
import type { Arguments } from './arguments.ts';

export interface Content {
  text?: string;
  blocks?: Block[];
  attachments?: Json[];
  metadata?: Json;
}

export const MOST_MARKDOWN = 12_000;

/** What a message shall say, checked as Slack checks it. Absent parts stay undefined: an update treats them apart. */
export function readContent(args: Arguments): Content {
  const markdown = args.text('markdown_text');
  if (markdown !== undefined) return readMarkdown(markdown, args);
  const blocks = args.json('blocks', 'invalid_blocks_format');
  if (blocks !== undefined) requireSoundBlocks(blocks, 'message');
  return {
    text: args.has('text') ? String(args.raw.text) : undefined,
    blocks: blocks === undefined ? undefined : withIds(blocks as Block[]),
    attachments: args.json('attachments', 'invalid_attachments') as Json[] | undefined,
    metadata: readMetadata(args),
  };
}

function readMarkdown(markdown: string, args: Arguments): Content {
  if (args.text('text') || args.text('blocks') || args.has('blocks')) refuse('markdown_text_conflict');
  if (markdown.length > MOST_MARKDOWN) refuse('msg_too_long');
  return { text: markdown, blocks: [{ type: 'markdown', text: markdown }], metadata: readMetadata(args) };
}

export function readMetadata(args: Arguments): Json | undefined {
  const metadata = args.json('metadata', 'invalid_metadata_format') as Json | undefined;
  if (metadata === undefined || Object.keys(metadata).length === 0) return metadata;
  const { event_type: type, event_payload: payload } = metadata;
  if (typeof type !== 'string' || typeof payload !== 'object' || payload === null)
    refuse('invalid_metadata_format');
  return { event_type: type, event_payload: payload };
}

export function requireSomething({ text, blocks, attachments }: Content): void {
  if (!text?.trim() && !blocks?.length && !attachments?.length) refuse('no_text');
}
