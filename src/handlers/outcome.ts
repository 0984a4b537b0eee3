import type { MessagePosted } from '../conversation/events.ts';
import { threadOf } from '../conversation/events.ts';
import { readMessageText } from '../conversation/message-text.ts';
import { readAmount } from '../escalation/amount.ts';
import type { Freeze } from '../escalation/policy.ts';
import { digestOf, quoteWords } from '../escalation/refund.ts';
import type { CitedSpan } from '../pipeline/recall/cited-span.ts';
import type { CustomerRecord, Decision, HandoverReason } from '../pipeline/types.ts';
import type { Person } from '../ports.ts';
import { recordAnswer } from '../store/answers.ts';
import { type Escalation, openEscalation } from '../store/escalations.ts';
import type { InboxItem } from '../store/inbox.ts';
import { enqueue } from '../store/outbox.ts';
import type { Db } from '../store/schema.ts';
import { openThread, type ThreadKey, updateThread } from '../store/threads.ts';
import type { Desk } from './desk.ts';
import { showNewCard } from './new-card.ts';

const QUOTED_LABEL = 'Quoted word for word from our documentation.';
const FAILED_LINE = (reference: string) =>
  `I could not answer this just now, so I have asked a colleague to take over. Reference: ${reference}`;

const HANDOVER_REASON: Record<HandoverReason, string> = {
  not_in_sources: 'The documentation does not answer this.',
  needs_decision: 'The customer asks for something that people decide about.',
  held_back: 'The answer promised something that only people may promise, so it was held back.',
};
const FAILED = 'Answering failed.';
const NO_LINK = 'The link to the thread is not available.';
const STEERING = 'Careful: the message reads as if it wanted to steer the bot.';

interface Asked {
  message: MessagePosted;
  key: ThreadKey;
  author: Person;
  text: string;
  decision: Decision;
  cited: readonly CitedSpan[];
  customer: CustomerRecord | undefined;
  threadUrl: string | undefined;
  /** Why nothing can be decided in the manager channel as it is now. */
  frozen: Freeze | undefined;
}

/** Writes the decision down and enqueues what follows from it, all in the given transaction. */
export async function tellOutcome(desk: Desk, db: Db, asked: Asked): Promise<void> {
  const answerId = desk.newId();
  await keepAnswer(desk, db, asked, answerId);
  switch (asked.decision.outcome) {
    case 'silence':
      return;
    case 'answer':
      return reply(desk, db, asked, {
        kind: 'answer',
        segments: asked.decision.segments,
        note: asked.decision.model === 'extractive' ? QUOTED_LABEL : undefined,
        feedbackId: answerId,
      });
    case 'clarify':
      return reply(desk, db, asked, { kind: 'line', text: joinText(asked.decision) });
    case 'handover':
      return handOver(desk, db, asked, HANDOVER_REASON[asked.decision.reason]);
    case 'escalate':
      return escalate(desk, db, asked);
  }
}

async function keepAnswer(desk: Desk, db: Db, asked: Asked, id: string): Promise<void> {
  const { message, key, decision, cited } = asked;
  const now = desk.clock.now();
  await recordAnswer(db, {
    id,
    channel: key.channel,
    threadTs: key.threadTs,
    questionTs: message.ts,
    decision,
    cited,
    now,
  });
}

type Reply = Parameters<typeof enqueue>[1]['content'];

function reply(desk: Desk, db: Db, asked: Asked, content: Reply): Promise<void> {
  const { channel, ts } = asked.message;
  return enqueue(
    db,
    {
      key: `reply:${channel}:${ts}`,
      target: { to: 'thread', channel, threadTs: asked.key.threadTs },
      content,
    },
    stamp(desk),
  );
}

/** The customer learns that a person takes over; staff get the question, the reason and what may help. */
async function handOver(desk: Desk, db: Db, asked: Asked, reason: string): Promise<void> {
  const { channel, ts } = asked.message;
  const { steering } = asked.decision;
  await reply(desk, db, asked, { kind: 'line', text: joinText(asked.decision) });
  await updateThread(db, asked.key, { handed_over_at: desk.clock.now() });
  await enqueue(
    db,
    {
      key: `handover:${channel}:${ts}`,
      target: { to: 'channel', channel: desk.settings.staffChannel },
      content: {
        kind: 'handover',
        question: quoteWords(asked.text),
        reason: sentences(reason, steering && STEERING, !asked.threadUrl && NO_LINK),
        channel,
        threadUrl: asked.threadUrl,
        customer: describe(asked),
        likely: asked.decision.passages.slice(0, 3).map(({ title, url }) => ({ title, url })),
      },
    },
    stamp(desk),
  );
}

/** One escalation per thread while it is open: a second demand is the same matter and changes nothing. */
async function escalate(desk: Desk, db: Db, asked: Asked): Promise<void> {
  const escalation = toEscalation(desk, asked);
  if (!(await openEscalation(db, escalation))) return;
  await reply(desk, db, asked, { kind: 'line', text: joinText(asked.decision) });
  await showNewCard(desk, db, escalation, asked.frozen);
}

function toEscalation(desk: Desk, asked: Asked): Escalation {
  const { key, author } = asked;
  const words = quoteWords(asked.text);
  const amount = readAmount(asked.text);
  const policy = asked.decision.segments[0]?.cites[0];
  return {
    id: desk.newId(),
    channel: key.channel,
    threadTs: key.threadTs,
    customer: author.id,
    facts: {
      customerName: author.name,
      record: asked.customer,
      words,
      steering: asked.decision.steering,
      threadUrl: asked.threadUrl,
      amount,
      policy: policy && { title: policy.title, url: policy.url, quote: policy.quote },
    },
    digest: digestOf({ ...key, customer: author.id, words, amount }),
    state: 'open',
    createdAt: desk.clock.now(),
    account: accountOf(asked),
    questionTs: asked.message.ts,
  };
}

/** Whose refunds are added up: the company, however many of its people ask; a guest of ours by their channel. */
function accountOf({ author, customer, key }: Asked): string {
  if (customer !== undefined) return `record:${customer.name}`;
  return author.isGuest ? `channel:${key.channel}` : `team:${author.teamId}`;
}

/** When a message could not be answered at all: a calm line for the customer, the reason for staff. */
export async function tellFailure(
  desk: Desk,
  db: Db,
  failed: { item: InboxItem; message: MessagePosted; reason: string; threadUrl: string | undefined },
): Promise<void> {
  const { item, message, threadUrl } = failed;
  const threadTs = threadOf(message);
  const reference = item.id.slice(-8);
  await enqueue(
    db,
    {
      key: `reply:${message.channel}:${message.ts}`,
      target: { to: 'thread', channel: message.channel, threadTs },
      content: { kind: 'line', text: FAILED_LINE(reference) },
    },
    stamp(desk),
  );
  const key = { channel: message.channel, threadTs };
  // What failed never recorded its message, so it may be the first that is known of the thread.
  await openThread(db, key, desk.clock.now());
  await updateThread(db, key, { handed_over_at: desk.clock.now() });
  await enqueue(
    db,
    {
      key: `handover:${message.channel}:${message.ts}`,
      target: { to: 'channel', channel: desk.settings.staffChannel },
      content: {
        kind: 'handover',
        question: quoteWords(readMessageText(message.text).plain),
        reason: sentences(FAILED, failed.reason, `Reference: ${reference}`, !threadUrl && NO_LINK),
        channel: message.channel,
        threadUrl,
        customer: message.user,
        likely: [],
      },
    },
    stamp(desk),
  );
}

function sentences(...parts: (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}

function describe({ author, customer }: Asked): string {
  return customer ? `${author.name}, ${customer.name} (${customer.tier})` : author.name;
}

function joinText(decision: Decision): string {
  return decision.segments.map((segment) => segment.text).join('\n\n');
}

function stamp(desk: Desk): { newId: () => string; now: number } {
  return { newId: desk.newId, now: desk.clock.now() };
}
