import { VendorRefused, VendorUnreachable } from '../errors.ts';
import { type Freeze, freezeOf } from '../escalation/policy.ts';
import type { Db } from '../store/schema.ts';
import type { Desk } from './desk.ts';
import { tellStaff } from './staff.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

const REMEDY: Record<Freeze, string> = {
  channel_public: 'is public, so anybody of the workspace can come in and read. Make it private',
  channel_shared: 'is shared with another company, whose people read along. Unshare it',
};

/** Once a day as long as it is so: whoever waits for a refund waits because of this. */
export async function tellFrozen(desk: Desk, db: Db, freeze: Freeze): Promise<void> {
  const { managerChannel } = desk.settings;
  const day = Math.floor(desk.clock.now() / DAY_MS);
  const text = `🧊 Approvals are frozen: the approval channel ${managerChannel} ${REMEDY[freeze]}, or set MANAGER_CHANNEL to a private channel of our own.`;
  await tellStaff(desk, `frozen:${managerChannel}:${freeze}:${day}`, text, db);
}

/**
 * Why nothing can be decided in the manager channel as it is. Undefined also when Slack does not say: a card may be
 * shown then, and before anything is decided Slack is asked again.
 */
export async function readFreeze(desk: Desk): Promise<Freeze | undefined> {
  return (await lookAtChannel(desk))?.freeze;
}

/** What the manager channel is right now; undefined when Slack does not say. */
export async function lookAtChannel(desk: Desk): Promise<{ freeze: Freeze | undefined } | undefined> {
  try {
    const channel = await desk.directory.channel(desk.settings.managerChannel, { fresh: true });
    return { freeze: freezeOf(channel) };
  } catch (error) {
    if (!(error instanceof VendorRefused || error instanceof VendorUnreachable)) throw error;
    return undefined;
  }
}
