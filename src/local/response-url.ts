import { requireSoundBlocks } from './block-rules.ts';
import { withIds } from './modals.ts';
import { refuse } from './refused.ts';
import { BOT } from './seed.ts';
import type { ReplyPlace } from './tickets.ts';
import type { Block, Json } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Carries out what the bot sent to a response_url, or said in the acknowledgement of a command. */
export function postReply(workspace: Workspace, place: ReplyPlace, body: Json): void {
  const original = place.messageTs ? workspace.findMessage(place.channel, place.messageTs) : undefined;
  if (body.delete_original) {
    if (original) workspace.remove(original);
    return;
  }
  const content = readContent(body);
  if (body.replace_original && original) {
    workspace.change(original, content);
    return;
  }
  const threadTs = (body.thread_ts as string | undefined) ?? place.threadTs;
  const isPublic = body.response_type === 'in_channel';
  const reader = isPublic ? {} : { ephemeralFor: place.user };
  const author = { user: BOT.userId, botId: BOT.botId };
  workspace.post({
    channel: place.channel,
    ...author,
    ...content,
    ...reader,
    ...(threadTs ? { threadTs } : {}),
  });
}

function readContent(body: Json): { text: string; blocks: Block[] | undefined } {
  const blocks = body.blocks as Block[] | undefined;
  if (!body.text && !blocks?.length) refuse('no_text');
  if (blocks) requireSoundBlocks(blocks, 'message');
  return { text: String(body.text ?? ''), blocks: blocks && withIds(blocks) };
}
