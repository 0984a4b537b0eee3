import type { KnownBlock } from '@slack/web-api';
import type { PageChange, RecallCard } from '../../conversation/content.ts';
import { context, section } from './blocks.ts';
import { renderCorrection, renderWords } from './correction.ts';
import { cut } from './limits.ts';
import { escapeLine, escapePlain, moment, mrkdwnLink } from './mrkdwn.ts';

/** Each page takes three blocks here and two in the correction below; the rest is in the thread. */
const MAX_PAGES = 6;

/** What staff decide on: who got which answer, what its page said and says now, and what would be sent. */
export function renderRecallCard(card: RecallCard): { text: string; blocks: KnownBlock[] } {
  const title = `A page behind an answer in <#${card.channel}> has changed`;
  const link = card.threadUrl === undefined ? '' : ` · ${mrkdwnLink(card.threadUrl, 'Open the thread')}`;
  const changes = card.changes.slice(0, MAX_PAGES);
  const more = card.changes.length - changes.length;
  return {
    text: title,
    blocks: [
      section(`📝 *${title}*${link}`),
      section(`*Answered* ${escapeLine(card.customer)}\n*Asked* ${escapeLine(cut(card.question, 300))}`),
      ...changes.flatMap(renderChange),
      ...(more > 0 ? [context(`And ${more} more pages.`)] : []),
      ...closing(card, changes),
    ],
  };
}

function renderChange({ title, url, older, newer }: PageChange): KnownBlock[] {
  const page = url === undefined ? escapeLine(title) : mrkdwnLink(url, title);
  const now =
    newer === undefined
      ? [section(`*${page} now*: removed`)]
      : [section(`*${page} now*`), renderWords(cut(newer, 1_000))];
  return [section(`*${page} when I answered*`), renderWords(cut(older, 1_000)), ...now];
}

function closing(card: RecallCard, changes: PageChange[]): KnownBlock[] {
  const { state } = card;
  switch (state.name) {
    case 'open':
      return [
        section('*Suggested correction*, sent to the thread only when you say so:'),
        ...renderCorrection({ kind: 'correction', changes }).blocks,
        buttons(card.recallId),
      ];
    case 'sent':
      return [context(`✅ Correction sent by <@${state.by}>, ${moment(state.at)}.`)];
    case 'left':
      return [
        context(`Left as it is by <@${state.by}>, ${moment(state.at)}. The customer was told nothing.`),
      ];
    case 'outdated':
      return [context(`⚠️ Outdated, nothing was sent: ${escapePlain(state.why)}`)];
    case 'unsendable':
      return [context(`⚠️ Nothing was sent: ${escapePlain(state.why)}`)];
  }
}

function buttons(recallId: string): KnownBlock {
  return {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: 'recall.send',
        style: 'primary',
        text: { type: 'plain_text', text: 'Send correction' },
        value: recallId,
      },
      {
        type: 'button',
        action_id: 'recall.leave',
        text: { type: 'plain_text', text: 'Leave as it is' },
        value: recallId,
      },
    ],
  };
}
