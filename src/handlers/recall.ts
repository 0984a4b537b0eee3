import type { RecallCard } from '../conversation/content.ts';
import { quoteWords } from '../escalation/refund.ts';
import { type CheckCited, createCheckCited } from '../pipeline/recall/check-cited.ts';
import type { KnowledgeIndex } from '../ports.ts';
import { findAnswer, type GivenAnswer } from '../store/answers.ts';
import { appendAudit } from '../store/audit.ts';
import { type Citation, listWatched, listWatchedOf, markChecked } from '../store/citations.ts';
import { enqueue, findByKey } from '../store/outbox.ts';
import {
  closeRecall,
  digestChanges,
  findOpenRecall,
  openRecall,
  type Recall,
  type RecallFacts,
} from '../store/recalls.ts';
import type { Db } from '../store/schema.ts';
import { findMessage, findThread } from '../store/threads.ts';
import type { Desk } from './desk.ts';
import { describeCustomer, findThreadUrl } from './recall-facts.ts';
import { type Finding, listNewCites, mergeByPage } from './recall-findings.ts';
import { tellStaff } from './staff.ts';

/** Whoever asked longer ago has acted on the answer, or has asked again; and Slack's free plan hides it by then. */
const WATCHED_MS = 90 * 24 * 60 * 60 * 1_000;
/** More cards at once are not read; what is left over comes with the next run. */
const MAX_CARDS = 20;

export interface RecallRun {
  /** Answers that staff were told of. */
  told: number;
  /** Answers whose pages changed too, left for the next run. */
  left: number;
}

export interface RecallJob {
  /** One after another: all that is due, or one answer. */
  run(only?: { answerId: string }): Promise<RecallRun>;
  /** Resolves when nothing is being looked at. */
  settled(): Promise<unknown>;
}

/**
 * Holds what answers cited against the index as it is, and tells staff of those whose pages say something else now.
 * Each citation remembers the page it was last held against, and the note commits together with the card: killed at
 * any moment, or after a release by another process, the next run finds what this one did not tell.
 */
export function createRecall(desk: Desk, index: KnowledgeIndex): RecallJob {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(only) {
      const next = last.then(() => recall(desk, index, only));
      last = next.catch(() => undefined);
      return next;
    },
    settled: () => last,
  };
}

async function recall(
  desk: Desk,
  index: KnowledgeIndex,
  only: { answerId: string } | undefined,
): Promise<RecallRun> {
  const active = await index.active();
  const done: RecallRun = { told: 0, left: 0 };
  if (active === undefined) return done;
  const hashes = new Map((await index.pages()).map(({ source, hash }) => [source, hash]));
  const watched = only
    ? await listWatchedOf(desk.db, only.answerId)
    : await listWatched(desk.db, desk.clock.now() - WATCHED_MS);
  const due = watched.filter(({ page, checked }) => checked !== (hashes.get(page) ?? ''));
  const check = createCheckCited(index);
  for (const answerId of new Set(due.map((citation) => citation.answerId))) {
    const looked = await look(desk, { answerId, check, hashes });
    if (looked === undefined) continue;
    if (looked.isNews && done.told >= MAX_CARDS) done.left += 1;
    else {
      await desk.db.transaction().execute((db) => tell(desk, db, looked));
      if (looked.isNews) done.told += 1;
    }
  }
  if (done.left > 0) {
    const text = `The pages behind ${done.left} more answers have changed as well; they follow after the next re-index or restart.`;
    await tellStaff(desk, `recall-more:${active.version}:${done.left}`, text);
  }
  return done;
}

interface Looked {
  answer: GivenAnswer;
  findings: Finding[];
  /** The hash of each page as it was looked at. */
  hashes: ReadonlyMap<string, string>;
  digest: string;
  /** Undefined when nothing is to be told: nothing changed, or nobody got the answer. */
  facts: RecallFacts | undefined;
  isNews: boolean;
}

/** Everything that has to be asked before the transaction. Undefined while the answer is still on its way. */
async function look(
  desk: Desk,
  { answerId, check, hashes }: { answerId: string; check: CheckCited; hashes: ReadonlyMap<string, string> },
): Promise<Looked | undefined> {
  const answer = await findAnswer(desk.db, answerId);
  if (answer === undefined) return undefined;
  const reply = await findByKey(desk.db, replyKeyOf(answer));
  if (reply !== undefined && reply.state !== 'sent' && reply.state !== 'dead') return undefined;
  const findings: Finding[] = [];
  for (const citation of await listWatchedOf(desk.db, answerId)) {
    findings.push({ citation, ...(await check({ ...citation, source: citation.page })) });
  }
  const changes = mergeByPage(findings);
  const digest = digestChanges(changes);
  const isKnown = reply?.state === 'sent' && (await findThread(desk.db, answer)) !== undefined;
  const open = await findOpenRecall(desk.db, answerId);
  const isNews = isKnown && changes.length > 0 && open?.digest !== digest;
  const facts = isNews ? await readFacts(desk, answer, changes, findings) : undefined;
  return { answer, findings, hashes, digest, facts, isNews };
}

async function readFacts(
  desk: Desk,
  answer: GivenAnswer,
  changes: RecallCard['changes'],
  findings: Finding[],
): Promise<RecallFacts> {
  const { channel, threadTs, questionTs } = answer;
  const asked = await findMessage(desk.db, { channel, ts: questionTs });
  return {
    ...{ channel, threadTs, questionTs, changes },
    customer: await describeCustomer(desk, channel, asked?.user),
    question: quoteWords(asked?.text ?? ''),
    threadUrl: await findThreadUrl(desk, channel, questionTs),
    citations: findings.filter(isChanged).map(({ citation }) => citation.id),
    newCites: listNewCites(findings),
  };
}

/** The notes of what was looked at, the card, and the end of a card that says something else: all or nothing. */
async function tell(desk: Desk, db: Db, { answer, findings, hashes, digest, facts }: Looked): Promise<void> {
  for (const { citation, verdict } of findings) await note(db, citation, verdict, hashes);
  const open = await findOpenRecall(db, answer.id);
  const changed = findings.some(isChanged);
  if (open !== undefined && (!changed || open.digest !== digest)) {
    const why = changed
      ? 'the page has changed again; see the newer card.'
      : 'the page says again what I answered.';
    await endRecall(desk, db, open, { name: 'outdated', why });
  }
  if (facts === undefined) return;
  const id = desk.newId();
  if (!(await openRecall(db, { id, answerId: answer.id, facts, digest }, desk.clock.now()))) return;
  await enqueue(
    db,
    {
      key: recallKey(id),
      target: { to: 'channel', channel: desk.settings.staffChannel },
      content: { kind: 'recall-card', ...cardOf({ id, facts }, { name: 'open' }) },
    },
    { newId: desk.newId, now: desk.clock.now() },
  );
  const detail = { answer: answer.id, channel: answer.channel, thread: answer.threadTs, digest };
  const entry = { actor: 'countersign', action: 'recall.opened', subject: id, detail };
  await appendAudit(db, entry, desk.clock.now());
}

function note(
  db: Db,
  { id, page }: Citation,
  verdict: Finding['verdict'],
  hashes: ReadonlyMap<string, string>,
): Promise<void> {
  const now = verdict.kind === 'moved' ? verdict.to : page;
  return markChecked(db, { id, page: now, hash: hashes.get(now) ?? '' });
}

/** Ends a recall and says so on its card. False when it was not open any more. */
export async function endRecall(
  desk: Desk,
  db: Db,
  recall: Pick<Recall, 'id' | 'facts'>,
  state: Exclude<RecallCard['state'], { name: 'open' }>,
): Promise<boolean> {
  const now = desk.clock.now();
  const by = 'by' in state ? state.by : undefined;
  if (!(await closeRecall(db, { id: recall.id, state: state.name, by, now }))) return false;
  await enqueue(
    db,
    {
      key: `${recallKey(recall.id)}:${state.name}`,
      target: { to: 'edit', of: recallKey(recall.id) },
      content: { kind: 'recall-card', ...cardOf(recall, state) },
    },
    { newId: desk.newId, now },
  );
  const entry = {
    actor: by ?? 'countersign',
    action: `recall.${state.name}`,
    subject: recall.id,
    detail: 'why' in state ? { why: state.why } : {},
  };
  await appendAudit(db, entry, now);
  return true;
}

/** One card per recall: a page may change back and forth, and then each time is a matter of its own. */
const recallKey = (id: string) => `recall:${id}`;

export const replyKeyOf = ({ channel, questionTs }: Pick<GivenAnswer, 'channel' | 'questionTs'>) =>
  `reply:${channel}:${questionTs}`;

function cardOf({ id, facts }: Pick<Recall, 'id' | 'facts'>, state: RecallCard['state']): RecallCard {
  const { channel, customer, question, threadUrl, changes } = facts;
  return { recallId: id, channel, customer, question, threadUrl, changes, state };
}

function isChanged({ verdict }: Finding): boolean {
  return verdict.kind === 'changed' || verdict.kind === 'removed';
}
