import { join } from 'node:path';
import { z } from 'zod';
import { createFolderSource } from '../knowledge/load-folder.ts';
import type { Page, PageSource } from '../knowledge/types.ts';
import type { Turn } from '../pipeline/types.ts';
import { type ConversationTask, readConversationPages, readConversations } from './conversations.ts';
import { createPageList } from './page-list.ts';
import { readLines } from './read-lines.ts';

/** A question to an index of which we know whether the index answers it. */
export interface CalibrationQuestion {
  question: string;
  thread: Turn[];
  answerable: boolean;
  /** Questions that must not be parted in cross-validation. */
  group: string;
  /** Which questions it is weighed against. */
  set: string;
}

export interface CalibrationCorpus {
  name: string;
  source: PageSource;
  questions: CalibrationQuestion[];
}

/** How much each set counts in the fit: the conversations are the task itself, the others hold it in place. */
export const SET_WEIGHTS: Record<string, number> = {
  conversations: 3,
  'conversations / other subjects': 0.5,
  'documentation / off the subject': 0.5,
  'documentation / other subjects': 0.5,
  'FAQ / off the subject': 0.5,
  'FAQ / other subjects': 0.5,
  'sample knowledge / off the subject': 1,
  'sample knowledge / other subjects': 0.3,
};

/** Answered by triage before anything is searched. */
const CHATTER = ['small_talk', 'meta'];
/** Enough of each; every question costs a search. */
const EVERY = { offSubject: 6, faqAsked: 2, faqElsewhere: 4 };

const JUDGED = z.object({ question: z.string(), gold: z.array(z.string()), kind: z.string().optional() });
const OFF_SUBJECT = z.object({ text: z.string(), domain: z.string() });
const FAQ_DOC = z.object({ id: z.string(), question: z.string(), answer: z.string() });
const FAQ_QUERY = z.object({ text: z.string() });

/** The public data of a folder, and the sample knowledge with its questions. */
export function readCalibrationCorpora(parts: {
  data: string;
  knowledge: string;
  questions: string;
}): CalibrationCorpus[] {
  const folder = (name: string) => join(parts.data, name);
  const tasks = readConversations(folder('rag-conversations'));
  const docs = readLines(join(folder('docs-railway'), 'questions.jsonl'), JUDGED);
  const faq = readLines(join(folder('faq-webapps'), 'queries.jsonl'), FAQ_QUERY).map(({ text }) => text);
  const off = every(
    EVERY.offSubject,
    readLines(join(folder('out-of-scope'), 'clinc150.jsonl'), OFF_SUBJECT).filter(
      ({ domain }) => !CHATTER.includes(domain),
    ),
  ).map(({ text }) => text);
  const fromFaq = every(EVERY.faqElsewhere, faq);
  const fromDocs = docs.filter(({ kind }) => kind !== 'anchor-text').map(({ question }) => question);
  const fromTalks = tasks.filter(({ answerability }) => answerability === 'ANSWERABLE');
  const own = readLines(parts.questions, JUDGED).map(({ question }) => question);

  return [
    {
      name: 'conversations',
      source: readConversationPages(folder('rag-conversations')),
      questions: [
        ...tasks.flatMap((task) => {
          const answerable = { ANSWERABLE: true, UNANSWERABLE: false }[task.answerability];
          return answerable === undefined ? [] : [turn('conversations', task, answerable)];
        }),
        ...fromTalks.map((task) => turn('conversations / other subjects', task, true)),
        ...plain('conversations / other subjects', [...fromFaq, ...fromDocs], false),
      ],
    },
    {
      name: 'documentation',
      source: createFolderSource([join(folder('docs-railway'), 'pages')]),
      questions: compare(
        'documentation',
        docs.map(({ question }) => question),
        off,
        fromFaq,
        fromTalks,
      ),
    },
    {
      name: 'FAQ',
      source: createPageList(readLines(join(folder('faq-webapps'), 'docs.jsonl'), FAQ_DOC).map(toPage)),
      questions: compare('FAQ', every(EVERY.faqAsked, faq), off, fromDocs, fromTalks),
    },
    {
      name: 'sample knowledge',
      source: createFolderSource([parts.knowledge]),
      questions: compare('sample knowledge', own, off, fromFaq, fromTalks),
    },
  ];
}

function compare(
  corpus: string,
  asked: string[],
  off: string[],
  elsewhere: string[],
  talks: ConversationTask[],
): CalibrationQuestion[] {
  const [offSubject, others] = [`${corpus} / off the subject`, `${corpus} / other subjects`];
  return [
    ...plain(offSubject, asked, true),
    ...plain(offSubject, off, false),
    ...plain(others, asked, true),
    ...plain(others, elsewhere, false),
    ...talks.map((task) => turn(others, task, false)),
  ];
}

function plain(set: string, questions: string[], answerable: boolean): CalibrationQuestion[] {
  return questions.map((question) => ({ question, thread: [], answerable, group: question, set }));
}

function turn(set: string, task: ConversationTask, answerable: boolean): CalibrationQuestion {
  return { question: task.question, thread: task.thread, answerable, group: task.conversation, set };
}

function every<T>(n: number, items: T[]): T[] {
  return items.filter((_, at) => at % n === 0);
}

function toPage({ id, question, answer }: z.infer<typeof FAQ_DOC>): Page {
  return { source: id, title: question, url: undefined, updated: undefined, body: answer, hash: id };
}
