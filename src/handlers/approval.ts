import type { ButtonPressed, Reacted } from '../conversation/events.ts';
import { castVote, type Vote, voteOfEmoji } from '../escalation/approval.ts';
import { mayDecide, REFUSAL_TEXT, type RefusalReason } from '../escalation/policy.ts';
import { cardKey, cardOf, decisionLine, escalationOfCardKey } from '../escalation/refund.ts';
import type { Person } from '../ports.ts';
import { appendAudit } from '../store/audit.ts';
import { decideEscalation, type Escalation, findDecision, findEscalation } from '../store/escalations.ts';
import type { InboxItem } from '../store/inbox.ts';
import { enqueue, findByMessage, hasUnsettled } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';
import { updateThread } from '../store/threads.ts';
import type { Handled, Handler } from '../worker.ts';
import { readApprovers } from './approvers.ts';
import { type Desk, readHomeTeams } from './desk.ts';

/** The reaction came before Slack's answer told us the card's ts: look again soon. */
const CARD_UNSETTLED_MS = 500;

/** Somebody's wish to decide, however it was expressed. */
interface Ballot {
  vote: Vote;
  user: string;
  via: 'reaction' | 'button';
  card: { channel: string; ts: string };
}

/** ✅ and ❌ on a card. Removing one changes nothing that was decided. */
export function createReactionHandler(desk: Desk): Handler {
  return {
    async handle(item) {
      const reaction = JSON.parse(item.body) as Reacted;
      const vote = voteOfEmoji(reaction.emoji);
      if (vote === undefined || reaction.removed) return ignore;
      const card = { channel: reaction.channel, ts: reaction.ts };
      return count(desk, item, { vote, user: reaction.user, via: 'reaction', card });
    },
  };
}

/** The buttons Approve and Deny. */
export function createApprovalButtonHandler(desk: Desk): Handler {
  return {
    async handle(item) {
      const press = JSON.parse(item.body) as ButtonPressed;
      if (press.message === undefined) return ignore;
      const vote = press.action === 'refund.approve' ? 'approved' : 'denied';
      return count(desk, item, { vote, user: press.user, via: 'button', card: press.message });
    },
  };
}

const ignore: Handled = { commit: async () => undefined };

async function count(desk: Desk, item: InboxItem, ballot: Ballot): Promise<Handled> {
  if (ballot.card.channel !== desk.settings.managerChannel) return ignore;
  const row = await findByMessage(desk.db, ballot.card.channel, ballot.card.ts);
  if (row === undefined) {
    return (await hasUnsettled(desk.db, ballot.card.channel)) ? { parkMs: CARD_UNSETTLED_MS } : ignore;
  }
  const escalation = await findEscalation(desk.db, escalationOfCardKey(row.key) ?? '');
  if (escalation === undefined) return ignore;
  const person = await desk.directory.person(ballot.user, { fresh: true });
  const permission = mayDecide(person, {
    homeTeams: await readHomeTeams(desk),
    approvers: await readApprovers(desk),
    managerChannelMembers: new Set(await desk.directory.members(ballot.card.channel, { fresh: true })),
    requester: escalation.customer,
  });
  const matter: Matter = { desk, item, ballot, person, escalation };
  return {
    commit: (db) => (permission.allowed ? decide(matter, db) : refuse(matter, db, permission.reason)),
  };
}

interface Matter {
  desk: Desk;
  item: InboxItem;
  ballot: Ballot;
  person: Person;
  escalation: Escalation;
}

async function decide(matter: Matter, db: Db): Promise<void> {
  const { desk, ballot, person } = matter;
  const escalation = await findEscalation(db, matter.escalation.id);
  if (escalation === undefined) return;
  const step = castVote(escalation.state, ballot.vote);
  const decided =
    step.effect === 'decide' &&
    (await decideEscalation(db, {
      escalationId: escalation.id,
      verdict: step.state,
      by: person.id,
      via: ballot.via,
      now: desk.clock.now(),
    }));
  if (decided) await tellDecision(matter, db);
  else await tellItStands(matter, db);
}

/** One new message in the customer's thread, the card edited, the books written: all or nothing. */
async function tellDecision({ desk, ballot, person, escalation }: Matter, db: Db): Promise<void> {
  const now = desk.clock.now();
  const stamp = { newId: desk.newId, now };
  // The line says that a colleague goes on from here, so the bot must not answer in their place.
  await updateThread(db, escalation, { handed_over_at: now });
  await enqueue(
    db,
    {
      key: `decision:${escalation.id}`,
      target: { to: 'thread', channel: escalation.channel, threadTs: escalation.threadTs },
      content: { kind: 'line', text: decisionLine(ballot.vote) },
    },
    stamp,
  );
  await enqueue(
    db,
    {
      key: `card:${escalation.id}:decided`,
      target: { to: 'edit', of: cardKey(escalation) },
      content: {
        kind: 'refund-card',
        ...cardOf(escalation, { name: ballot.vote, by: person.id, at: now }),
      },
    },
    stamp,
  );
  await appendAudit(
    db,
    {
      actor: person.id,
      action: `refund.${ballot.vote}`,
      subject: escalation.id,
      detail: { via: ballot.via, digest: escalation.digest, team: person.teamId },
    },
    now,
  );
}

/** Too late is not wrong, but the person must not believe that it counted. */
async function tellItStands(matter: Matter, db: Db): Promise<void> {
  const { desk, ballot, person, escalation } = matter;
  const decision = await findDecision(db, escalation.id);
  if (decision?.decided_by === person.id && decision.verdict === ballot.vote) return;
  await appendAudit(
    db,
    {
      actor: person.id,
      action: 'approval.too_late',
      subject: escalation.id,
      detail: { via: ballot.via, vote: ballot.vote, stands: decision?.verdict ?? escalation.state },
    },
    desk.clock.now(),
  );
  await tellPrivately(
    matter,
    db,
    `This was already ${decision?.verdict ?? escalation.state}; nothing changed.`,
  );
}

async function refuse(matter: Matter, db: Db, reason: RefusalReason): Promise<void> {
  const { desk, ballot, person, escalation } = matter;
  await appendAudit(
    db,
    {
      actor: person.id,
      action: 'approval.refused',
      subject: escalation.id,
      detail: { via: ballot.via, vote: ballot.vote, reason, team: person.teamId },
    },
    desk.clock.now(),
  );
  // Nobody reads what an app is told in private, and Slack refuses to deliver it.
  if (!person.isBot) await tellPrivately(matter, db, REFUSAL_TEXT[reason]);
}

function tellPrivately({ desk, item, ballot, person }: Matter, db: Db, text: string): Promise<void> {
  return enqueue(
    db,
    {
      key: `told:${item.id}`,
      target: { to: 'person', channel: ballot.card.channel, user: person.id },
      content: { kind: 'line', text },
    },
    { newId: desk.newId, now: desk.clock.now() },
  );
}
