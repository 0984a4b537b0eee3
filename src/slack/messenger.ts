import { createHash } from 'node:crypto';
import type { ConversationsRepliesResponse } from '@slack/web-api';
import { VendorRefused } from '../errors.ts';
import type { Destination, Messenger } from '../ports.ts';
import type { SlackApi } from './api.ts';
import { renderHome } from './views/home.ts';
import { renderMessage } from './views/message.ts';

const METADATA_TYPE = 'countersign_message';
/** A message lost sight of is among the last few of its thread or channel. */
const LOOK_BACK = 100;
/** Slack's clock and ours may differ. */
const SKEW_MS = 60_000;

/** Sends rendered content to Slack, and finds what was sent by the key it carries. */
export function createSlackMessenger(call: SlackApi): Messenger {
  return {
    async send(destination, content, key) {
      if (destination.to === 'home') {
        await call((slack) => slack.views.publish({ user_id: destination.user, view: renderHome(content) }));
        return {};
      }
      const message = renderMessage(content);
      return plainIfRefused(message, (shown) => deliver(call, destination, shown, key));
    },
    async find(destination, key, since) {
      const place = await placeOf(call, destination);
      if (place === undefined) return undefined;
      const oldest = String((since - SKEW_MS) / 1_000);
      const found = (await readMessages(call, place, oldest)).find((message) => carries(message, key));
      return found?.ts === undefined ? undefined : { channel: place.channel, ts: found.ts };
    },
  };
}

interface Rendered {
  text: string;
  blocks?: ReturnType<typeof renderMessage>['blocks'];
}
type Sent = { channel?: string; ts?: string };

const LAYOUT_REFUSED = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']);

/** A layout that Slack does not take must not leave a customer without an answer: the words alone always fit. */
async function plainIfRefused(message: Rendered, send: (message: Rendered) => Promise<Sent>): Promise<Sent> {
  try {
    return await send(message);
  } catch (error) {
    if (!(error instanceof VendorRefused) || !LAYOUT_REFUSED.has(error.reason)) throw error;
    return send({ text: message.text });
  }
}

async function deliver(
  call: SlackApi,
  destination: Exclude<Destination, { to: 'home' }>,
  message: Rendered,
  key: string,
): Promise<Sent> {
  switch (destination.to) {
    case 'thread':
    case 'channel':
      return post(call, destination.channel, destination.threadTs, message, key);
    case 'direct':
      return post(call, await openDirect(call, destination.user), undefined, message, key);
    case 'message':
      await call((slack) =>
        slack.chat.update({ channel: destination.channel, ts: destination.ts, ...message }),
      );
      return { channel: destination.channel, ts: destination.ts };
    case 'person': {
      const { channel, user, threadTs } = destination;
      const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
      await call((slack) => slack.chat.postEphemeral({ channel, user, ...thread, ...message }));
      return {};
    }
    case 'response':
      await respond(call, destination.url, message);
      return {};
  }
}

async function post(
  call: SlackApi,
  channel: string,
  threadTs: string | undefined,
  message: Rendered,
  key: string,
): Promise<{ channel: string; ts?: string }> {
  const posted = await call((slack) =>
    slack.chat.postMessage({
      channel,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      ...message,
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: METADATA_TYPE, event_payload: { key: opaque(key) } },
    }),
  );
  return posted.ts === undefined ? { channel } : { channel: posted.channel ?? channel, ts: posted.ts };
}

async function openDirect(call: SlackApi, user: string): Promise<string> {
  const opened = await call((slack) => slack.conversations.open({ users: user }));
  return opened.channel?.id ?? user;
}

/** `response_url` takes a plain POST; through the same client so that failures are converted alike. */
async function respond(call: SlackApi, url: string, message: Rendered): Promise<void> {
  await call(async () => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', ...message }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) throw new Error(`the response URL answered with status ${answer.status}`);
  });
}

type MessageElement = NonNullable<ConversationsRepliesResponse['messages']>[number];

interface Place {
  channel: string;
  threadTs: string | undefined;
}

/** Where a new message would stand; edits, Home tabs and private notes leave nothing to look for. */
async function placeOf(call: SlackApi, destination: Destination): Promise<Place | undefined> {
  switch (destination.to) {
    case 'thread':
    case 'channel':
      return { channel: destination.channel, threadTs: destination.threadTs };
    case 'direct':
      return { channel: await openDirect(call, destination.user), threadTs: undefined };
    default:
      return undefined;
  }
}

async function readMessages(call: SlackApi, place: Place, oldest: string): Promise<MessageElement[]> {
  const range = { channel: place.channel, oldest, limit: LOOK_BACK, include_all_metadata: true };
  const { threadTs } = place;
  const page =
    threadTs === undefined
      ? await call((slack) => slack.conversations.history(range))
      : await call((slack) => slack.conversations.replies({ ...range, ts: threadTs }));
  return (page.messages ?? []) as MessageElement[];
}

function carries(message: MessageElement, key: string): boolean {
  const payload = message.metadata?.event_payload as { key?: unknown } | undefined;
  return payload?.key === opaque(key);
}

/** Metadata can be read by every app in the channel, so it holds nothing that means anything elsewhere. */
function opaque(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
