import { systemClock } from '../../src/clock.ts';
import type { Config } from '../../src/config.ts';
import { createSlackDirectory } from '../../src/slack/directory.ts';
import { type Finding, skipped } from './finding.ts';
import { checkMachine } from './machine.ts';
import { checkAccess } from './slack-access.ts';
import { checkApprovers } from './slack-approvers.ts';
import { checkChannels } from './slack-channels.ts';

/** Everything that can be looked at once the settings are valid, finding by finding. */
export async function* checkAll(config: Config): AsyncGenerator<Finding> {
  yield* checkMachine(config);
  const session = yield* checkAccess(config.slack);
  if (session === undefined) {
    yield skipped('channels and approvers', 'need a bot token that works');
    return;
  }
  yield* checkChannels(config.slack, session);
  yield* checkApprovers(config.slack, {
    directory: createSlackDirectory(session.call, systemClock),
    homeTeams: [session.teamId, ...config.slack.homeTeams],
  });
}
