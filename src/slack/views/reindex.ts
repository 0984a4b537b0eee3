import type { KnownBlock } from '@slack/web-api';
import type { ReindexProgress, ReindexResult } from '../../knowledge/types.ts';
import { LIMITS } from './limits.ts';
import { cutMrkdwn, escapeLine, escapeMrkdwn, mrkdwn } from './mrkdwn.ts';

const BAR_CELLS = 20;
/** The rest is in the log; a message with hundreds of lines helps nobody. */
const MAX_FAILED = 15;

const PHASE = { reading: 'Reading pages', indexing: 'Building the new index', switching: 'Switching over' };

type Message = { text: string; blocks: KnownBlock[] };

export function renderProgress(progress: ReindexProgress): Message {
  const share = progress.total === 0 ? 0 : Math.min(1, progress.done / progress.total);
  const filled = Math.round(share * BAR_CELLS);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)}`;
  const count = progress.total === 0 ? '' : ` ${progress.done} of ${progress.total}`;
  return message(`🔄 *Re-indexing* · ${PHASE[progress.phase]}${count}`, [`\`${bar}\``]);
}

export function renderResult(result: ReindexResult): Message {
  const counts = (
    [
      ['Pages', result.pages],
      ['Added', result.added],
      ['Changed', result.changed],
      ['Removed', result.removed],
      ['Unchanged', result.unchanged],
      ['Failed', result.failed.length],
    ] as const
  ).map(([label, count]) => `*${label}* ${count}`);
  const failed = result.failed
    .slice(0, MAX_FAILED)
    .map(({ source, reason }) => `• ${escapeLine(source)}: ${escapeLine(reason)}`);
  const more =
    result.failed.length > MAX_FAILED ? [`• and ${result.failed.length - MAX_FAILED} more, see the log`] : [];
  const head = result.failed.length === 0 ? '✅ *Re-indexed*' : '⚠️ *Re-indexed, some pages failed*';
  const details = [counts.join(' · '), `${result.chunks} passages in ${(result.ms / 1_000).toFixed(1)} s`];
  return message(head, [...details, ...(failed.length > 0 ? [[...failed, ...more].join('\n')] : [])]);
}

export function renderFailure(reason: string): Message {
  return message('❌ *Re-indexing failed; the former index still serves*', [escapeMrkdwn(reason)]);
}

function message(head: string, lines: string[]): Message {
  return {
    text: cutMrkdwn([head, ...lines].join('\n'), LIMITS.messageText),
    blocks: [head, ...lines].map((line) => ({ type: 'section', text: mrkdwn(line, LIMITS.sectionText) })),
  };
}
