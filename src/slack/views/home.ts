import type { HomeView, KnownBlock } from '@slack/web-api';
import type { Content, HomeFigures } from '../../conversation/content.ts';
import { InvariantError } from '../../errors.ts';
import { section } from './blocks.ts';
import { cut, LIMITS } from './limits.ts';
import { escapeLine, moment, mrkdwn, mrkdwnLink } from './mrkdwn.ts';

/** Headings, figures and the closing line. */
const FIXED_BLOCKS = 6;

/** The Home tab. It may not hold markdown blocks or tables, so it is made of sections and fields. */
export function renderHome(content: Content): HomeView {
  switch (content.kind) {
    case 'home-staff':
      return { type: 'home', blocks: staffBlocks(content.figures) };
    case 'home-customer':
      return { type: 'home', blocks: customerBlocks() };
    default:
      throw new InvariantError(`${content.kind} is not a Home tab`);
  }
}

function staffBlocks(figures: HomeFigures): KnownBlock[] {
  const { lastDay, index } = figures;
  return [
    header('The last 24 hours'),
    fields([
      ['Questions', String(lastDay.questions)],
      ['Answered', String(lastDay.answered)],
      ['Handed to a person', String(lastDay.handedOver)],
      ['Refund requests', String(lastDay.escalated)],
    ]),
    header('Waiting for a decision'),
    ...waiting(figures),
    header('Knowledge'),
    fields([
      ['Pages', index === undefined ? 'not indexed yet' : String(index.pages)],
      ['Passages', index === undefined ? '–' : String(index.passages)],
      ['Indexed', index === undefined ? '–' : moment(index.builtAt)],
      ['Answers by', escapeLine(figures.model)],
      ['Search', searchedBy(figures.search)],
    ]),
    section('`/reindex` reads the knowledge sources again.'),
  ];
}

function searchedBy(search: HomeFigures['search']): string {
  if (search.state === 'working') return 'words and meaning';
  if (search.state === 'off') return 'words alone; `npm run embedder -- install` adds meaning';
  return `words alone, because the embedder fails: ${escapeLine(search.reason)}`;
}

function waiting({ openEscalations }: HomeFigures): KnownBlock[] {
  if (openEscalations.length === 0) return [section('Nothing is waiting.')];
  return openEscalations.slice(0, LIMITS.blocksPerHome - FIXED_BLOCKS).map(({ customer, url, openedAt }) => {
    const name = url === undefined ? escapeLine(customer) : mrkdwnLink(url, customer);
    return section(`Refund request of ${name}, since ${moment(openedAt)}`);
  });
}

function customerBlocks(): KnownBlock[] {
  return [
    header('Hello, I am Countersign'),
    section('Ask in our shared channel and I answer in the thread, with links to the pages it comes from.'),
    section(
      'When the documentation does not know, or when money is concerned, I ask a colleague. You are told.',
    ),
    section('You can always ask for a person: write it in the thread.'),
  ];
}

function header(text: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text: cut(text, LIMITS.headerText) } };
}

function fields(pairs: [string, string][]): KnownBlock {
  return {
    type: 'section',
    fields: pairs.map(([label, value]) => mrkdwn(`*${label}*\n${value}`, LIMITS.fieldText)),
  };
}
