import { isStaff } from '../conversation/people.ts';
import type { Channel, Person } from '../ports.ts';

export type RefusalReason =
  | 'bot'
  | 'not_staff'
  | 'not_an_approver'
  | 'own_request'
  | 'not_in_manager_channel'
  | 'channel_public'
  | 'channel_shared'
  | 'unknown';

export type Permission = { allowed: true } | { allowed: false; reason: RefusalReason };

export type Freeze = 'channel_public' | 'channel_shared';

/** Who may approve or deny. Every doubt is a refusal. */
export function mayDecide(
  person: Person,
  facts: {
    homeTeams: readonly string[];
    /** User ids; undefined = every full staff member of the manager channel. */
    approvers: ReadonlySet<string> | undefined;
    managerChannelMembers: ReadonlySet<string>;
    managerChannel: Pick<Channel, 'isPrivate' | 'isExtShared'>;
    requester: string;
  },
): Permission {
  if (person.isBot) return refuse('bot');
  if (!isStaff(person, facts.homeTeams)) return refuse('not_staff');
  if (person.id === facts.requester) return refuse('own_request');
  if (!facts.managerChannelMembers.has(person.id)) return refuse('not_in_manager_channel');
  if (facts.approvers !== undefined && !facts.approvers.has(person.id)) return refuse('not_an_approver');
  const freeze = freezeOf(facts.managerChannel);
  return freeze === undefined ? { allowed: true } : refuse(freeze);
}

/** Why nothing can be decided in this channel: other people read along there, or anybody may come in. */
export function freezeOf(channel: Pick<Channel, 'isPrivate' | 'isExtShared'>): Freeze | undefined {
  if (channel.isExtShared) return 'channel_shared';
  return channel.isPrivate ? undefined : 'channel_public';
}

/** What a refused person is told. */
export const REFUSAL_TEXT: Record<RefusalReason, string> = {
  bot: 'Apps cannot decide about refunds.',
  not_staff: 'Only full members of our own workspace can decide about refunds.',
  not_an_approver: 'You are not on the list of approvers (APPROVERS), so this did not count.',
  own_request: 'You asked for this refund yourself, so somebody else has to decide.',
  not_in_manager_channel: 'Only members of the approval channel can decide about refunds.',
  channel_public: 'Approvals are frozen, because this channel is public. Make it private, then decide again.',
  channel_shared:
    'Approvals are frozen, because this channel is shared with another company. Unshare it, then decide again.',
  unknown: 'It is not known whether you may decide about refunds, so this did not count.',
};

function refuse(reason: RefusalReason): Permission {
  return { allowed: false, reason };
}
