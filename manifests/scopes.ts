import type { AppsManifestValidateArguments } from '@slack/web-api';

export type Manifest = Exclude<AppsManifestValidateArguments['manifest'], string>;
type Settings = NonNullable<Manifest['settings']>;
type Scopes = NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>;

export type BotEvent = NonNullable<NonNullable<Settings['event_subscriptions']>['bot_events']>[number];
export type BotScope = NonNullable<Scopes['bot']>[number];

const READ_CHANNELS: BotScope[] = ['channels:read', 'groups:read'];
// Finding a message again by the key in its metadata needs the metadata, in direct messages too.
const READ_MESSAGES: BotScope[] = [
  'channels:history',
  'groups:history',
  'im:history',
  'metadata.message:read',
];

/** What each Web API method we call asks of the bot token. A test holds the keys to the calls in the code. */
export const METHOD_SCOPES: Record<string, readonly BotScope[]> = {
  // By the app-level token, which has connections:write.
  'apps.connections.open': [],
  'auth.test': [],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': READ_MESSAGES,
  'conversations.info': READ_CHANNELS,
  'conversations.members': READ_CHANNELS,
  'conversations.open': ['im:write'],
  'conversations.replies': READ_MESSAGES,
  'reactions.get': ['reactions:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'views.publish': [],
};

/** What each event we subscribe to asks of the bot token. */
export const EVENT_SCOPES: Partial<Record<BotEvent, readonly BotScope[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  member_joined_channel: READ_CHANNELS,
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
};
