import type { NewInboxItem } from '../../store/inbox.ts';
import { readTexts } from './read-texts.ts';

/** A slash command. Slack sends it once, so its trigger id is as good as an event id. */
export function fromCommand(body: Record<string, unknown>): NewInboxItem | undefined {
  const given = readTexts(body, ['command', 'text', 'trigger_id', 'user_id', 'channel_id', 'response_url']);
  const { command, trigger_id, user_id, channel_id, response_url } = given;
  if (!command || !trigger_id || !user_id || !channel_id || !response_url) return undefined;
  return {
    kind: 'command',
    key: `command:${trigger_id}`,
    lane: `command:${trigger_id}`,
    sortTs: '',
    body: {
      command,
      text: given.text ?? '',
      user: user_id,
      channel: channel_id,
      responseUrl: response_url,
    },
  };
}
