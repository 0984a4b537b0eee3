import type { ButtonPressed } from '../conversation/events.ts';
import { isStaff } from '../conversation/people.ts';
import { VendorRefused } from '../errors.ts';
import type { CitedSpan } from '../pipeline/recall/cited-span.ts';
import type { Messenger, Person } from '../ports.ts';
import { appendAudit } from '../store/audit.ts';
import { recordCitations, settleCitations } from '../store/citations.ts';
import type { InboxItem } from '../store/inbox.ts';
import { enqueue, findByKey } from '../store/outbox.ts';
import { findRecall, type Recall } from '../store/recalls.ts';
import type { Db } from '../store/schema.ts';
import type { Handled, Handler } from '../worker.ts';
import { type Desk, readHomeTeams } from './desk.ts';
import { endRecall, type RecallJob, replyKeyOf } from './recall.ts';

interface Parts {
  recall: RecallJob;
  messenger: Pick<Messenger, 'find'>;
}

/** A press on "Send correction" or "Leave as it is". */
interface Press {
  desk: Desk;
  item: InboxItem;
  person: Person;
  channel: string;
  verb: 'sent' | 'left';
}

const REFUSAL = 'Only staff can decide about corrections, so nothing was sent.';
const STANDS: Record<Recall['state'], string> = {
  open: 'This is still open.',
  sent: 'The correction was already sent; nothing was sent again.',
  left: 'This was already left as it is; nothing was sent.',
  outdated: 'This card is outdated, so nothing was sent. If the page differs still, a newer card says so.',
  unsendable: 'This could not be sent any more.',
};

const ignore: Handled = { commit: async () => undefined };

/** The buttons of the card about an outdated answer. Nothing reaches the customer without one of the staff. */
export function createRecallButtonHandler(desk: Desk, parts: Parts): Handler {
  return {
    async handle(item) {
      const pressed = JSON.parse(item.body) as ButtonPressed;
      if (pressed.message?.channel !== desk.settings.staffChannel) return ignore;
      const found = await findRecall(desk.db, pressed.value);
      if (found === undefined) return ignore;
      const person = await desk.directory.person(pressed.user, { fresh: true });
      const verb = pressed.action === 'recall.send' ? 'sent' : 'left';
      const press = { desk, item, person, channel: pressed.message.channel, verb } as const;
      if (!isStaff(person, await readHomeTeams(desk))) return { commit: (db) => refuse(press, db, found) };
      // The index may have changed since the card, by another process too: then the card is outdated by this.
      if (found.state === 'open') await parts.recall.run({ answerId: found.answerId });
      const spans = await findNewSpans(desk, found);
      const why = verb === 'sent' ? await findObstacle(desk, parts.messenger, found) : undefined;
      return { commit: (db) => decide(press, db, found.id, { spans, why }) };
    },
  };
}

async function decide(
  press: Press,
  db: Db,
  id: string,
  { spans, why }: { spans: CitedSpan[]; why: string | undefined },
): Promise<void> {
  const { desk, person, verb } = press;
  const recall = await findRecall(db, id);
  if (recall === undefined) return;
  if (recall.state === 'open' && why !== undefined) {
    await endRecall(desk, db, recall, { name: 'unsendable', why });
    return settleCitations(db, recall.facts.citations);
  }
  const now = desk.clock.now();
  if (
    recall.state !== 'open' ||
    !(await endRecall(desk, db, recall, { name: verb, by: person.id, at: now }))
  ) {
    return tellItStands(press, db, recall);
  }
  await settleCitations(db, recall.facts.citations);
  // What staff have seen is what counts from here on: the next change is a change against this.
  await recordCitations(db, recall.answerId, spans, { by: recall.id, now });
  if (verb === 'sent') await sendCorrection(desk, db, recall);
}

function sendCorrection(desk: Desk, db: Db, { id, facts }: Recall): Promise<void> {
  const changes = facts.changes.map(({ title, url, newer }) => ({ title, url, newer }));
  return enqueue(
    db,
    {
      key: `correction:${id}`,
      target: { to: 'thread', channel: facts.channel, threadTs: facts.threadTs },
      content: { kind: 'correction', changes },
    },
    { newId: desk.newId, now: desk.clock.now() },
  );
}

/** The new words as the answer rests on them from now on; nothing where there are none. */
async function findNewSpans(desk: Desk, { facts }: Recall): Promise<CitedSpan[]> {
  return desk.findCited([{ text: '', cites: facts.newCites }]);
}

/** Why nothing can be sent there any more, or undefined when it can. */
async function findObstacle(
  desk: Desk,
  messenger: Pick<Messenger, 'find'>,
  { facts }: Recall,
): Promise<string | undefined> {
  const { channel, threadTs } = facts;
  try {
    const there = await desk.directory.channel(channel, { fresh: true });
    if (!there.isMember) return 'I am not in that channel any more.';
    const key = replyKeyOf(facts);
    const reply = await findByKey(desk.db, key);
    const posted =
      reply && (await messenger.find({ to: 'thread', channel, threadTs }, key, Number(reply.created_at)));
    return posted === undefined ? 'my answer was deleted.' : undefined;
  } catch (error) {
    if (error instanceof VendorRefused && error.retry === 'never') return `Slack says: ${error.message}`;
    throw error;
  }
}

async function refuse(press: Press, db: Db, recall: Recall): Promise<void> {
  const { desk, person, verb } = press;
  const detail = { verb, reason: 'not_staff', team: person.teamId };
  const entry = { actor: person.id, action: 'recall.refused', subject: recall.id, detail };
  await appendAudit(db, entry, desk.clock.now());
  // Nobody reads what an app is told in private, and Slack refuses to deliver it.
  if (!person.isBot) await tellPrivately(press, db, REFUSAL);
}

async function tellItStands(press: Press, db: Db, { state, decidedBy }: Recall): Promise<void> {
  // Pressed twice by one impatient person: it happened as they wanted.
  if (state === press.verb && decidedBy === press.person.id) return;
  await tellPrivately(press, db, STANDS[state]);
}

function tellPrivately({ desk, item, channel, person }: Press, db: Db, text: string): Promise<void> {
  return enqueue(
    db,
    {
      key: `told:${item.id}`,
      target: { to: 'person', channel, user: person.id },
      content: { kind: 'line', text },
    },
    { newId: desk.newId, now: desk.clock.now() },
  );
}
