import type { NewInboxItem } from '../../store/inbox.ts';

/** A slash command. Slack sends it once, so its trigger id is as good as an event id. */
export function fromCommand(body: Record<string, unknown>): NewInboxItem | undefined {
  const { command, trigger_id, user_id, channel_id, response_url } = body as Record<
    string,
    string | undefined
  >;
  if (!command || !trigger_id || !user_id || !channel_id || !response_url) return undefined;
  return {
    kind: 'command',
    key: `command:${trigger_id}`,
    lane: `command:${trigger_id}`,
    sortTs: '',
    body: {
      command,
      text: String(body.text ?? ''),
      user: user_id,
      channel: channel_id,
      responseUrl: response_url,
    },
  };
}
