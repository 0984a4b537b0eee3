/** `supported`, or the reason why the local workspace does without it. A row ending in `*` stands for all it begins. */
export type Coverage = Record<string, 'supported' | { gap: string }>;

const admin = { gap: 'Administration of an organisation; a support agent has no such rights.' };
const people = {
  gap: 'Something people arrange in Slack by themselves; the agent neither reads nor changes it.',
};
const install = {
  gap: 'Installing and configuring apps; the local workspace has the app installed already.',
};
const files = {
  gap: 'The agent sends no files. Files of people arrive in messages with subtype file_share.',
};
const agents = { gap: 'For agents in their own session conversations; this agent lives in channel threads.' };
const channelKeeping = { gap: 'Keeping channels is up to people; in tests the driver arranges them.' };
const personal = { gap: 'Needs a user token; the agent has only its bot token.' };
const workflows = { gap: 'Part of the workflow builder, which the agent does not take part in.' };

/** Every method of the Web API that the SDK knows. Tests hold it to the SDK and to the router, both ways. */
export const methodCoverage: Coverage = {
  'api.test': 'supported',
  'auth.test': 'supported',
  'apps.connections.open': 'supported',
  'assistant.threads.setStatus': 'supported',
  'chat.postMessage': 'supported',
  'chat.postEphemeral': 'supported',
  'chat.update': 'supported',
  'chat.delete': 'supported',
  'chat.getPermalink': 'supported',
  'chat.startStream': 'supported',
  'chat.appendStream': 'supported',
  'chat.stopStream': 'supported',
  'conversations.info': 'supported',
  'conversations.list': 'supported',
  'conversations.members': 'supported',
  'conversations.open': 'supported',
  'conversations.join': 'supported',
  'conversations.history': 'supported',
  'conversations.replies': 'supported',
  'users.info': 'supported',
  'users.list': 'supported',
  'users.conversations': 'supported',
  'usergroups.list': 'supported',
  'usergroups.users.list': 'supported',
  'team.info': 'supported',
  'reactions.add': 'supported',
  'reactions.remove': 'supported',
  'reactions.get': 'supported',
  'views.publish': 'supported',
  'views.open': 'supported',
  'views.push': 'supported',
  'views.update': 'supported',
  'admin.*': admin,
  'agents.*': agents,
  'apps.*': install,
  'assistant.*': agents,
  'auth.*': install,
  'blocks.validate': { gap: 'Answers only what Slack knows; here the rules act at the moment of posting.' },
  'bookmarks.*': people,
  'bots.info': { gap: 'Every bot of the workspace is also a person in users.info.' },
  'calls.*': people,
  'canvases.*': people,
  'chat.deleteScheduledMessage': { gap: 'The outbox of the agent keeps its own time.' },
  'chat.meMessage': { gap: 'The agent speaks in plain messages.' },
  'chat.scheduleMessage': { gap: 'The outbox of the agent keeps its own time.' },
  'chat.scheduledMessages.list': { gap: 'The outbox of the agent keeps its own time.' },
  'chat.unfurl': { gap: 'The agent posts no links that need a preview of their own.' },
  'conversations.*': channelKeeping,
  'dialog.open': { gap: 'Replaced by views.open.' },
  'dnd.*': people,
  'emoji.list': people,
  'entity.presentDetails': { gap: 'Work objects are not used.' },
  'files.*': files,
  'functions.*': workflows,
  'migration.exchange': admin,
  'oauth.*': install,
  'openid.*': install,
  'pins.*': people,
  'reactions.list': personal,
  'reminders.*': personal,
  'rtm.connect': { gap: 'Replaced by Socket Mode.' },
  'search.*': personal,
  'slackLists.*': people,
  'stars.*': personal,
  'team.*': admin,
  'tooling.*': install,
  'usergroups.*': admin,
  'users.*': people,
  'workflows.*': workflows,
};

const byHand = { gap: 'The workspace has no cause for it by itself; a test sends it with sendEvent().' };

/** Every event of the Events API. `supported` means that the workspace sends it of its own accord. */
export const eventCoverage: Coverage = {
  message: 'supported',
  app_mention: 'supported',
  app_home_opened: 'supported',
  reaction_added: 'supported',
  reaction_removed: 'supported',
  member_joined_channel: 'supported',
  member_left_channel: 'supported',
  channel_left: 'supported',
  group_left: 'supported',
  user_change: 'supported',
  app_uninstalled: byHand,
  tokens_revoked: byHand,
  channel_id_changed: byHand,
  channel_shared: byHand,
  channel_unshared: byHand,
  channel_rename: byHand,
  channel_archive: byHand,
  channel_unarchive: byHand,
  subteam_members_changed: byHand,
  subteam_updated: byHand,
  'agent_session_*': agents,
  'app_*': install,
  'assistant_thread_*': agents,
  call_rejected: people,
  'channel_*': channelKeeping,
  'dnd_*': people,
  email_domain_changed: admin,
  emoji_changed: people,
  entity_details_requested: { gap: 'Work objects are not used.' },
  'file_*': files,
  function_executed: workflows,
  'grid_migration_*': admin,
  'group_*': channelKeeping,
  'im_*': channelKeeping,
  invite_requested: admin,
  link_shared: { gap: 'The agent has no links of its own to preview.' },
  'message_metadata_*': { gap: 'Metadata comes with the message; nobody else posts metadata here.' },
  'pin_*': people,
  'shared_channel_invite_*': admin,
  'star_*': personal,
  'subteam_*': admin,
  'team_*': admin,
  'user_*': people,
  'workflow_*': workflows,
};

/** Every subtype of a message event. */
export const subtypeCoverage: Coverage = {
  message_changed: 'supported',
  message_deleted: 'supported',
  thread_broadcast: 'supported',
  file_share: 'supported',
  channel_join: 'supported',
  bot_message: { gap: 'Only old webhooks send it; today a bot posts a plain message with a bot_id.' },
  me_message: people,
  message_replied: { gap: 'Slack itself sends it unreliably; a reply is a message with thread_ts.' },
  ekm_access_denied: admin,
  'channel_*': channelKeeping,
};

/** The row that speaks for a name: its own, else the longest pattern it begins with. */
export function findCoverage(table: Coverage, name: string): string | undefined {
  if (Object.hasOwn(table, name)) return name;
  return Object.keys(table)
    .filter((row) => row.endsWith('*') && name.startsWith(row.slice(0, -1)))
    .sort((a, b) => b.length - a.length)[0];
}
