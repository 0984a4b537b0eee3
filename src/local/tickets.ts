import { randomUUID } from 'node:crypto';
import { refuse } from './refused.ts';

interface Trigger {
  user: string;
  untilMs: number;
  isUsed: boolean;
}

/** Where an answer to a response_url goes. */
export interface ReplyPlace {
  user: string;
  channel: string;
  threadTs?: string;
  messageTs?: string;
}

interface ReplyAddress extends ReplyPlace {
  untilMs: number;
  usesLeft: number;
}

/** A response_url works five times within half an hour. */
const REPLY_LIFE_MS = 30 * 60_000;
const REPLY_USES = 5;

export type Tickets = ReturnType<typeof createTickets>;

/** The short-lived permissions an interaction hands out: trigger ids for dialogs, response_urls for answers. */
export function createTickets(nowMs: () => number, triggerLifeMs: number) {
  const triggers = new Map<string, Trigger>();
  const addresses = new Map<string, ReplyAddress>();

  return {
    issueTrigger(user: string): string {
      const id = `${nowMs()}.${randomUUID().slice(0, 12)}`;
      triggers.set(id, { user, untilMs: nowMs() + triggerLifeMs, isUsed: false });
      return id;
    },
    /** The person whose click it was. A trigger opens one dialog, within its three seconds. */
    useTrigger(id: string): string {
      const trigger = triggers.get(id) ?? refuse('invalid_trigger_id');
      if (trigger.isUsed) refuse('exchanged_trigger_id');
      if (nowMs() > trigger.untilMs) refuse('expired_trigger_id');
      trigger.isUsed = true;
      return trigger.user;
    },
    issueReplyAddress(place: ReplyPlace): string {
      const id = randomUUID();
      addresses.set(id, { ...place, untilMs: nowMs() + REPLY_LIFE_MS, usesLeft: REPLY_USES });
      return id;
    },
    useReplyAddress(id: string): ReplyPlace {
      const address = addresses.get(id) ?? refuse('invalid_url');
      if (nowMs() > address.untilMs) refuse('expired_url');
      if (address.usesLeft === 0) refuse('used_url');
      address.usesLeft -= 1;
      return address;
    },
  };
}
