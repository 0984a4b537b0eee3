import { refuse } from '../refused.ts';
import { BOT } from '../seed.ts';
import type { Json } from '../types.ts';
import type { Arguments } from './arguments.ts';
import { type ApiContext, type Method, requireOwnChannel } from './method.ts';

export const sessionMethods: Record<string, Method> = {
  'api.test': { token: 'any', run: (args) => ({ args: args.raw }) },
  'auth.test': { token: 'any', run: authTest },
  'apps.connections.open': { token: 'app', run: (_args, context) => ({ url: context.newSocketUrl() }) },
  'assistant.threads.setStatus': { scope: 'chat:write', run: setStatus },
};

/** Bolt compares both ids to tell its own posts from others'. */
function authTest(_args: Arguments, { workspace, baseUrl }: ApiContext): Json {
  const team = workspace.homeTeam();
  const who = { team: team.name, team_id: team.id, user: BOT.name, user_id: BOT.userId, bot_id: BOT.botId };
  return { url: `${baseUrl()}/`, ...who, app_id: BOT.appId, is_enterprise_install: false };
}

function setStatus(args: Arguments, context: ApiContext): Json {
  const channel = requireOwnChannel(context, args.requireText('channel_id', 'channel_not_found'));
  const threadTs = args.requireText('thread_ts');
  if (!context.workspace.findMessage(channel.id, threadTs)) refuse('thread_not_found');
  const loading = args.json('loading_messages', 'invalid_arguments');
  if (Array.isArray(loading) && loading.length > 10) refuse('invalid_arguments');
  if (!args.has('status')) refuse('invalid_arguments');
  context.statuses.set(channel.id, threadTs, String(args.raw.status));
  return {};
}
