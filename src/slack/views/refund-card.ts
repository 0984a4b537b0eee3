import type { Button, KnownBlock, MrkdwnElement } from '@slack/web-api';
import type { CardPayment, RefundCard } from '../../conversation/content.ts';
import type { CustomerRecord } from '../../pipeline/types.ts';
import { context, section } from './blocks.ts';
import { cut, LIMITS } from './limits.ts';
import { cutMrkdwn, escapeLine, escapePlain, moment, mrkdwn, mrkdwnLink } from './mrkdwn.ts';

/** The card a manager decides on: facts of our own first, the customer's words last and inert. */
export function renderRefundCard(card: RefundCard): { text: string; blocks: KnownBlock[] } {
  const who = card.frozen === 'channel_shared' ? '' : `: ${card.customer.record?.name ?? card.customer.name}`;
  const title = `${heading(card.state.name)}${who}`;
  return {
    text: cutMrkdwn(escapePlain(title), LIMITS.messageText),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(title, LIMITS.headerText), emoji: true } },
      ...facts(card),
      ...closing(card),
    ],
  };
}

/** In a channel that other companies read, whose customer asks for what is nobody's business. */
function facts(card: RefundCard): KnownBlock[] {
  if (card.frozen === 'channel_shared') return [];
  return [
    { type: 'section', fields: fields(card) },
    ...policy(card.policy),
    section(
      `*In the customer’s words* (not verified${card.steering ? '; careful, they read as if they wanted to steer the bot' : ''})`,
    ),
    quote(card.words),
  ];
}

function heading(state: RefundCard['state']['name']): string {
  const headings = {
    open: '⏳ Refund request',
    held: '⏳ Refund request',
    approved: '✅ Refund approved',
    denied: '❌ Refund denied',
    expired: '⌛ Refund request expired',
    superseded: '🚫 Refund request superseded',
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
    ['Amount', amount(card)],
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

function amount({ amount }: RefundCard): string {
  if (amount === undefined) return 'not known: the words name none, or more than one';
  return `${amount.value.toFixed(2)} ${amount.currency}, as the customer says`;
}

function closing(card: RefundCard): KnownBlock[] {
  const { state } = card;
  switch (state.name) {
    case 'open':
    case 'held':
      if (card.frozen !== undefined) return [context(FROZEN[card.frozen])];
      return [
        ...(state.name === 'held' ? [section(countdown(state))] : []),
        ...(card.two === undefined ? [] : [context(twoNeeded(card.two, state))]),
        buttons(card),
        context('Or react with :white_check_mark: to approve, :x: to deny.'),
      ];
    case 'approved':
    case 'denied': {
      const verdict = state.name === 'approved' ? 'Approved' : 'Denied';
      const people = names(state.by, state.secondedBy);
      return [
        context(`${verdict} by ${people}, ${moment(state.at)}. The customer has been told.`),
        ...(state.payment === undefined ? [] : payment(card.escalationId, state.payment)),
      ];
    }
    case 'expired':
      return [
        context(
          `Nobody decided in time, so it expired ${moment(state.at)}. The customer was told that a colleague gets back to them.`,
        ),
      ];
    case 'superseded':
      return [context(SUPERSEDED[state.why])];
  }
}

const FROZEN = {
  channel_public:
    '🧊 *Approvals are frozen*, because this channel is public. Make it private; then decide here as usual.',
  channel_shared:
    '🧊 *Approvals are frozen*, because this channel is shared with another company. The request is shown, and can be decided, once it is not.',
};

const SUPERSEDED = {
  changed: 'The customer changed the request, so this card no longer counts. The new one has its own card.',
  withdrawn: 'The customer deleted the request, so there is nothing left to decide.',
  altered: 'The record of this request was changed outside of me, so nobody can decide on it.',
};

const TWO = {
  amount_unknown: 'the amount is not known',
  above_limit: 'the amount is above the limit for one',
  sum_above_limit: 'with what this customer got in the last 30 days it is above the limit for one',
  sum_unknown: 'what this customer got in the last 30 days cannot be added up',
};

function twoNeeded(why: keyof typeof TWO, state: RefundCard['state']): string {
  const first = state.name === 'open' ? (state.approvedBy ?? []) : [];
  const next = first.length === 0 ? '' : ` *Approved by ${names(...first)}; one more person has to.*`;
  return `👥 Two people have to approve: ${TWO[why]}.${next}`;
}

function countdown(state: RefundCard['state'] & { name: 'held' }): string {
  const seconds = Math.ceil(state.leftMs / 1_000);
  const verdict = state.verdict === 'approved' ? '✅ *Approved' : '❌ *Denied';
  const until = Math.floor(state.until / 1_000);
  const at = `<!date^${until}^{time_secs}|${new Date(state.until).toISOString()}>`;
  return `${verdict} by ${names(state.by, state.secondedBy)}*. Counts in ${seconds} seconds, at ${at}. To undo, remove the reaction or press Take back; one denial outweighs any approval.`;
}

function payment(escalationId: string, paid: CardPayment): KnownBlock[] {
  switch (paid.name) {
    case 'due':
      return [context('💸 The refund is being ordered.')];
    case 'accepted':
      return [context(`💸 The refund was ordered, ${moment(paid.at)}.`)];
    case 'paid':
      return [context(`💸 Paid by hand by <@${paid.by}>, ${moment(paid.at)}.`)];
    case 'by_hand': {
      const why =
        paid.why === undefined
          ? ''
          : ` The webhook did not take it (${escapeLine(cut(paid.why, 200))}): look first whether it was paid all the same.`;
      const confirm = button('refund.paid', 'I have paid it', escalationId);
      return [context(`💸 *To be paid by hand.*${why}`), { type: 'actions', elements: [confirm] }];
    }
  }
}

function names(...users: (string | undefined)[]): string {
  return users
    .filter((user) => user !== undefined)
    .map((user) => `<@${user}>`)
    .join(' and ');
}

function buttons({ escalationId, digest, state }: RefundCard): KnownBlock {
  // The press says which request it saw: one that has changed since is not decided by it.
  const value = digest === undefined ? escalationId : `${escalationId}:${digest}`;
  const isVoted = state.name === 'held' || (state.name === 'open' && (state.approvedBy ?? []).length > 0);
  return {
    type: 'actions',
    elements: [
      button('refund.approve', 'Approve', value, 'primary'),
      button('refund.deny', 'Deny', value, 'danger'),
      ...(isVoted ? [button('refund.undo', 'Take back', value)] : []),
    ],
  };
}

function button(action: string, text: string, value: string, style?: 'primary' | 'danger'): Button {
  const shown = { type: 'plain_text' as const, text };
  return { type: 'button', action_id: action, text: shown, value, ...(style === undefined ? {} : { style }) };
}
