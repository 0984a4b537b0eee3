import { BOT_SCOPES } from '../../manifests/app.ts';
import type { Config } from '../../src/config.ts';
import { createLogger } from '../../src/log.ts';
import { createSlackApi, type SlackApi } from '../../src/slack/api.ts';
import { APP_PAGE, type Finding, failed, failure, ok, skipped } from './finding.ts';

// What goes wrong is a finding; the same again in a log would only be noise.
const SILENT = createLogger({ level: 'error', write: () => undefined });

export interface Session {
  call: SlackApi;
  botName: string;
  teamId: string;
}

/** Bot token, scopes and app token. Returns what the later checks work with, if the bot token works. */
export async function* checkAccess(slack: Config['slack']): AsyncGenerator<Finding, Session | undefined> {
  const call = createSlackApi({ botToken: slack.botToken.reveal(), apiUrl: slack.apiUrl, log: SILENT });
  let bot: Awaited<ReturnType<typeof readBot>>;
  try {
    bot = await readBot(call);
  } catch (error) {
    yield failure('bot token', error);
    yield skipped('scopes', 'needs a bot token that works');
    yield await checkAppToken(slack, undefined);
    return undefined;
  }
  yield ok('bot token', `@${bot.botName} in ${bot.team} (${bot.teamId})`);
  yield checkScopes(bot.scopes);
  yield await checkAppToken(slack, bot.appId);
  return { call, botName: bot.botName, teamId: bot.teamId };
}

async function readBot(call: SlackApi) {
  const answer = await call((slack) => slack.auth.test());
  return {
    botName: answer.user ?? 'the bot',
    team: answer.team ?? 'a workspace without a name',
    teamId: answer.team_id ?? '',
    appId: answer.app_id,
    // From the header x-oauth-scopes; absent where the other side does not send it.
    scopes: answer.response_metadata?.scopes,
  };
}

function checkScopes(granted: string[] | undefined): Finding {
  if (granted === undefined) return skipped('scopes', 'not told by this Slack address');
  const missing = BOT_SCOPES.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return ok('scopes', `all ${BOT_SCOPES.length} that are needed`);
  const add = `${APP_PAGE} OAuth & Permissions → Bot Token Scopes: add them, then Reinstall`;
  return failed('scopes', `missing ${missing.join(', ')}`, add);
}

async function checkAppToken(slack: Config['slack'], botApp: string | undefined): Promise<Finding> {
  if (slack.mode === 'http') return skipped('app token', 'not needed in HTTP mode');
  const token = slack.appToken?.reveal() ?? '';
  const call = createSlackApi({ botToken: token, apiUrl: slack.apiUrl, log: SILENT });
  try {
    await call((client) => client.apps.connections.open());
  } catch (error) {
    return failure('app token', error);
  }
  // An app token carries the id of its app: xapp-1-A0123ABCD-…
  const tokenApp = /^xapp-\d+-(A[A-Z0-9]+)-/.exec(token)?.[1];
  if (botApp === undefined || tokenApp === undefined || tokenApp === botApp)
    return ok('app token', 'opens Socket Mode');
  const wrong = `belongs to the app ${tokenApp}, the bot token to ${botApp}`;
  return failed(
    'app token',
    wrong,
    `${APP_PAGE} Basic Information → App-Level Tokens, of the same app as the bot token`,
  );
}
