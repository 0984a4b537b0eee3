import { channelType, type InnerEvent } from './events.ts';
import { BOT } from './seed.ts';
import type { Json } from './types.ts';
import type { Workspace } from './workspace.ts';

/** The name under which an app subscribes to the event: messages are split by the kind of channel. */
export function subscriptionOf(event: InnerEvent, workspace: Workspace): string {
  if (event.type !== 'message') return event.type;
  const kind = channelType(workspace.channels.get(String(event.channel)));
  return { im: 'message.im', group: 'message.groups' }[kind] ?? 'message.channels';
}

const SCOPES: Record<string, string> = {
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  app_mention: 'app_mentions:read',
  reaction_added: 'reactions:read',
  reaction_removed: 'reactions:read',
  user_change: 'users:read',
};

/** The scope without which Slack does not send the event, though the app subscribed to it. */
export const scopeOfSubscription = (name: string): string | undefined => SCOPES[name];

/** The outer payload of the Events API. `authorizations` names whose token may act on it: always the home team. */
export function wrapEvent(event: InnerEvent, workspace: Workspace): Json {
  const team = workspace.homeTeam().id;
  const authorization = { enterprise_id: null, team_id: team, user_id: BOT.userId, is_bot: true };
  return {
    token: 'local-verification-token',
    team_id: team,
    context_team_id: team,
    context_enterprise_id: null,
    api_app_id: BOT.appId,
    event,
    type: 'event_callback',
    event_id: `Ev${workspace.nextTs().replace('.', '')}`,
    event_time: Math.floor(workspace.nowMs() / 1000),
    authorizations: [{ ...authorization, is_enterprise_install: false }],
    is_ext_shared_channel: isExtShared(event, workspace),
    event_context: `4-${team}-${BOT.appId}`,
  };
}

function isExtShared(event: InnerEvent, workspace: Workspace): boolean {
  const item = event.item as { channel?: string } | undefined;
  const channel = typeof event.channel === 'string' ? event.channel : item?.channel;
  return workspace.channels.get(channel ?? '')?.isExtShared ?? false;
}
