import type { Config } from '../../src/config.ts';
import { type Finding, failed, failure, ok, skipped } from './finding.ts';
import type { Session } from './slack-access.ts';

/** The bot is in each channel it has to work in, and those for staff are closed to customers. */
export async function* checkChannels(slack: Config['slack'], session: Session): AsyncGenerator<Finding> {
  const { customerChannels, managerChannel, staffChannel } = slack;
  if (customerChannels === '*') yield skipped('customer channels', 'every channel that invites the bot');
  else for (const id of customerChannels) yield await checkChannel(`customer channel ${id}`, id, session);
  yield await checkChannel(`manager channel ${managerChannel}`, managerChannel, session, [
    'private',
    'internal',
  ]);
  if (staffChannel === managerChannel) yield skipped('staff channel', 'the manager channel');
  else yield await checkChannel(`staff channel ${staffChannel}`, staffChannel, session, ['internal']);
}

async function checkChannel(
  check: string,
  id: string,
  session: Session,
  wanted: ('private' | 'internal')[] = [],
): Promise<Finding> {
  try {
    const { channel } = await session.call((slack) => slack.conversations.info({ channel: id }));
    const name = `#${channel?.name ?? id}`;
    if (channel?.is_archived)
      return failed(check, `${name} is archived`, 'unarchive it, or name another channel');
    if (!channel?.is_member) {
      return failed(check, `the bot is not in ${name}`, `in ${name}, type /invite @${session.botName}`);
    }
    if (wanted.includes('internal') && (channel.is_ext_shared || channel.is_pending_ext_shared)) {
      const who = 'name a channel of your own workspace alone, so that customers cannot read along';
      return failed(check, `${name} is shared with another workspace`, who);
    }
    if (wanted.includes('private') && !channel.is_private) {
      const how = 'Slack → channel name → Settings → Change to a private channel, or name a private one';
      return failed(check, `${name} is public, so anybody can join and read about refunds`, how);
    }
    return ok(check, name);
  } catch (error) {
    return failure(check, error);
  }
}
