import type { KnownBlock } from '@slack/web-api';
import type { Content } from '../../conversation/content.ts';
import { InvariantError } from '../../errors.ts';
import { renderAnswer } from './answer.ts';
import { renderCorrection } from './correction.ts';
import { renderHandover } from './handover.ts';
import { cut, LIMITS } from './limits.ts';
import { cutMrkdwn, escapePlain } from './mrkdwn.ts';
import { renderRecallCard } from './recall-card.ts';
import { renderRefundCard } from './refund-card.ts';
import { renderFailure, renderPlan, renderProgress, renderResult } from './reindex.ts';
import { renderRolledBack, renderStatus } from './release.ts';

/** Content as a message: blocks, and the text that notifications show. */
export function renderMessage(content: Content): { text: string; blocks: KnownBlock[] } {
  switch (content.kind) {
    case 'answer':
      return renderAnswer(content);
    case 'line':
      return renderLine(content.text);
    case 'handover':
      return renderHandover(content);
    case 'refund-card':
      return renderRefundCard(content);
    case 'recall-card':
      return renderRecallCard(content);
    case 'correction':
      return renderCorrection(content);
    case 'reindex-progress':
      return renderProgress(content.progress);
    case 'reindex-result':
      return renderResult(content.result);
    case 'reindex-failed':
      return renderFailure(content.reason);
    case 'reindex-plan':
      return renderPlan(content.result);
    case 'reindex-status':
      return renderStatus(content.status);
    case 'rolled-back':
      return renderRolledBack(content.rolledBack);
    case 'home-staff':
    case 'home-customer':
      throw new InvariantError('a Home tab is not a message');
  }
}

function renderLine(text: string): { text: string; blocks: KnownBlock[] } {
  return {
    text: cutMrkdwn(escapePlain(text), LIMITS.messageText),
    blocks: [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [{ type: 'text', text: cut(text, LIMITS.passageChars) || ' ' }],
          },
        ],
      },
    ],
  };
}
