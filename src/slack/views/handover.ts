import type { KnownBlock } from '@slack/web-api';
import type { Content } from '../../conversation/content.ts';
import { section } from './blocks.ts';
import { cut, LIMITS } from './limits.ts';
import { escapeLine, escapeMrkdwn, mrkdwn, mrkdwnLink } from './mrkdwn.ts';

/** What staff need to take a thread over: who, where, what was asked, why, and what may help. */
export function renderHandover(handover: Extract<Content, { kind: 'handover' }>): {
  text: string;
  blocks: KnownBlock[];
} {
  const title = `A customer needs a person in <#${handover.channel}>`;
  const link =
    handover.threadUrl === undefined ? '' : ` · ${mrkdwnLink(handover.threadUrl, 'Open the thread')}`;
  const likely = handover.likely.map(({ title: name, url }) =>
    url === undefined ? escapeLine(name) : mrkdwnLink(url, name),
  );
  const near = likely.length === 0 ? [] : [`Nearest pages: ${likely.join(' · ')}`];
  return {
    text: title,
    blocks: [
      section(`👋 *${title}*${link}`),
      section(`*From* ${escapeLine(handover.customer)}\n*Why* ${escapeMrkdwn(handover.reason)}`),
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_quote',
            elements: [{ type: 'text', text: cut(handover.question, LIMITS.passageChars) || ' ' }],
          },
        ],
      },
      ...near.map((line): KnownBlock => ({ type: 'context', elements: [mrkdwn(line, LIMITS.contextText)] })),
    ],
  };
}
