const isReply = (message) => Boolean(message.threadTs) && message.threadTs !== message.ts;
// A reply its author also sent to the channel stands in both.
const isInChannel = (message) => !isReply(message) || message.subtype === 'thread_broadcast';
const byTs = (a, b) => (a.ts < b.ts ? -1 : 1);

/** Top-level messages of a channel, oldest first. */
export const topLevelOf = (messages, channel) =>
  [...messages.values()].filter((message) => message.channel === channel && isInChannel(message)).sort(byTs);

/** Replies under one message, oldest first. */
export const repliesTo = (messages, channel, ts) =>
  [...messages.values()]
    .filter((message) => message.channel === channel && message.threadTs === ts && isReply(message))
    .sort(byTs);

export function newestIn(messages, channel) {
  let newest = '0';
  for (const message of messages.values()) {
    if (message.channel === channel && message.ts > newest) newest = message.ts;
  }
  return newest;
}

/** How many messages of others came into a channel since this person last had it open. */
export function countUnread({ messages, viewer, readUpTo }, channel) {
  const since = readUpTo[`${viewer}/${channel}`] ?? readUpTo.since ?? '0';
  let count = 0;
  for (const message of messages.values()) {
    if (message.channel === channel && message.user !== viewer && message.ts > since) count += 1;
  }
  return count;
}
