import type { KnownBlock, MrkdwnElement } from '@slack/web-api';
import type { RefundCard } from '../../conversation/content.ts';
import type { CustomerRecord } from '../../pipeline/types.ts';
import { cut, LIMITS } from './limits.ts';
import { cutMrkdwn, escapeLine, escapePlain, mrkdwn, mrkdwnLink } from './mrkdwn.ts';

/** The card a manager decides on: facts of our own first, the customer's words last and inert. */
export function renderRefundCard(card: RefundCard): { text: string; blocks: KnownBlock[] } {
  const title = `${heading(card.state.name)}: ${card.customer.record?.name ?? card.customer.name}`;
  return {
    text: cutMrkdwn(escapePlain(title), LIMITS.messageText),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(title, LIMITS.headerText), emoji: true } },
      { type: 'section', fields: fields(card) },
      ...policy(card.policy),
      section(
        `*In the customer’s words* (not verified${card.steering ? '; careful, they read as if they wanted to steer the bot' : ''})`,
      ),
      quote(card.words),
      ...closing(card),
    ],
  };
}

function heading(state: RefundCard['state']['name']): string {
  const headings = {
    open: '⏳ Refund request',
    held: '⏳ Refund request',
    approved: '✅ Refund approved',
    denied: '❌ Refund denied',
  };
  return headings[state];
}

function fields(card: RefundCard): MrkdwnElement[] {
  const { record, name } = card.customer;
  const thread =
    card.threadUrl === undefined ? 'not available' : mrkdwnLink(card.threadUrl, 'Open the thread');
  const facts: [string, string][] = [
    ['Asked by', escapeLine(name)],
    ['Thread', thread],
    ...(record === undefined
      ? ([['Account', 'no record found']] as [string, string][])
      : ([
          ['Account', escapeLine(record.name)],
          ['Plan', escapeLine(record.tier)],
          ['Customer since', escapeLine(record.joined)],
          ['Recent tickets', tickets(record)],
        ] as [string, string][])),
  ];
  return facts.map(([label, value]) => mrkdwn(`*${label}*\n${value}`, LIMITS.fieldText));
}

function tickets(record: CustomerRecord): string {
  if (record.recentTickets.length === 0) return 'none';
  return record.recentTickets
    .slice(0, 3)
    .map((ticket) => escapeLine(`${ticket.id} ${ticket.title} (${ticket.status})`))
    .join('\n');
}

function policy(found: RefundCard['policy']): KnownBlock[] {
  if (found === undefined) return [];
  const title = found.url === undefined ? escapeLine(found.title) : mrkdwnLink(found.url, found.title);
  return [section(`*What the documentation says*: ${title}`), quote(found.quote)];
}

/** Literal text in a quote: nothing in it can be a mention, a link, a field or a button. */
function quote(words: string): KnownBlock {
  const literal = cut(words.trim() === '' ? ' ' : words, 1_200);
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: literal }] }],
  };
}

function closing(card: RefundCard): KnownBlock[] {
  switch (card.state.name) {
    case 'open':
    case 'held':
      return [
        buttons(card.escalationId),
        context('Or react with :white_check_mark: to approve, :x: to deny.'),
      ];
    case 'approved':
    case 'denied': {
      const at = Math.floor(card.state.at / 1_000);
      const when = `<!date^${at}^{date_short_pretty} {time}|${new Date(card.state.at).toISOString()}>`;
      const verdict = card.state.name === 'approved' ? 'Approved' : 'Denied';
      return [context(`${verdict} by <@${card.state.by}>, ${when}. The customer has been told.`)];
    }
  }
}

function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text, LIMITS.sectionText) };
}

function context(text: string): KnownBlock {
  return { type: 'context', elements: [mrkdwn(text, LIMITS.contextText)] };
}

function buttons(escalationId: string): KnownBlock {
  return {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: 'refund.approve',
        style: 'primary',
        text: { type: 'plain_text', text: 'Approve' },
        value: escalationId,
      },
      {
        type: 'button',
        action_id: 'refund.deny',
        style: 'danger',
        text: { type: 'plain_text', text: 'Deny' },
        value: escalationId,
      },
    ],
  };
}
