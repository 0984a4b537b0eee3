import { type BotEvent, type BotScope, EVENT_SCOPES, type Manifest, METHOD_SCOPES } from './scopes.ts';

export type ManifestKind = 'production' | 'development';
/** Socket Mode needs no address; in HTTP mode Slack sends everything to one path of `url`. */
export type Transport = { mode: 'socket' } | { mode: 'http'; url: string };

const NAMES = {
  production: { app: 'Countersign', bot: 'countersign' },
  development: { app: 'Countersign (dev)', bot: 'countersign-dev' },
};

const LONG_DESCRIPTION = [
  'Countersign answers customer questions in shared channels, in the thread and with sources that were checked.',
  'It stays quiet while a person of your team holds the thread, hands over what it cannot answer,',
  'and asks a manager before money moves.',
].join(' ');

const BOT_EVENTS = (Object.keys(EVENT_SCOPES) as BotEvent[]).sort();

/** No more than what the calls, the events and the slash command need. */
export const BOT_SCOPES: BotScope[] = [
  ...new Set<BotScope>(['commands', ...Object.values({ ...METHOD_SCOPES, ...EVENT_SCOPES }).flat()]),
].sort();

/** The Slack app as Slack's "create an app from a manifest" takes it. */
export function buildManifest(kind: ManifestKind, transport: Transport) {
  const address = transport.mode === 'http' ? new URL('/slack/events', transport.url).href : undefined;
  return {
    _metadata: { major_version: 2, minor_version: 0 },
    display_information: {
      name: NAMES[kind].app,
      description: 'Answers customers with checked sources; asks a manager before money moves',
      long_description: LONG_DESCRIPTION,
      background_color: '#1f3d36',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: NAMES[kind].bot, always_online: true },
      slash_commands: [
        {
          command: '/reindex',
          description: 'Read the knowledge again (staff only)',
          should_escape: false,
          ...(address === undefined ? {} : { url: address }),
        },
      ],
    },
    oauth_config: { scopes: { bot: BOT_SCOPES } },
    settings: {
      event_subscriptions: {
        bot_events: BOT_EVENTS,
        ...(address === undefined ? {} : { request_url: address }),
      },
      interactivity: { is_enabled: true, ...(address === undefined ? {} : { request_url: address }) },
      org_deploy_enabled: false,
      socket_mode_enabled: transport.mode === 'socket',
      token_rotation_enabled: false,
    },
  } satisfies Manifest;
}
