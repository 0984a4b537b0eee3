import type { KnownBlock } from '@slack/web-api';
import type { ReindexProgress, ReindexResult } from '../../knowledge/types.ts';
import { LIMITS } from './limits.ts';
import { cutMrkdwn, escapeLine, escapeMrkdwn, mrkdwn } from './mrkdwn.ts';

const BAR_CELLS = 20;
/** The rest is in the log; a message with hundreds of lines helps nobody. */
const MAX_FAILED = 15;
const MAX_WARNINGS = 5;

const PHASE = {
  reading: 'Reading pages',
  embedding: 'Reading meanings',
  indexing: 'Building the new index',
  checking: 'Trying the new index',
  switching: 'Switching over',
};

export type ReindexMessage = { text: string; blocks: KnownBlock[] };

export function renderProgress(progress: ReindexProgress): ReindexMessage {
  const share = progress.total === 0 ? 0 : Math.min(1, progress.done / progress.total);
  const filled = Math.round(share * BAR_CELLS);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)}`;
  const count = progress.total === 0 ? '' : ` ${progress.done} of ${progress.total}`;
  return reindexMessage(`🔄 *Re-indexing* · ${PHASE[progress.phase]}${count}`, [`\`${bar}\``]);
}

export function renderResult(result: ReindexResult): ReindexMessage {
  const head = result.failed.length === 0 ? '✅ *Re-indexed*' : '⚠️ *Re-indexed, some pages failed*';
  const took = `${result.chunks} passages in ${(result.ms / 1_000).toFixed(1)} s`;
  return reindexMessage(head, [counts(result), took, ...warningLines(result), ...failedLines(result)]);
}

/** A dry run. */
export function renderPlan(result: ReindexResult): ReindexMessage {
  const { refused, embeddings } = result;
  const head =
    refused === undefined
      ? '🔍 *Dry run: nothing was changed*'
      : '🔍 *Dry run: this re-index would be refused*';
  const why = refused === undefined ? [] : [escapeMrkdwn(refused)];
  const cost = embeddings.costUsd === null ? '' : `, about $${embeddings.costUsd.toFixed(2)}`;
  const needed = embeddings.needed === 0 ? '' : ` · ${embeddings.needed} to embed${cost}`;
  const size = `${result.chunks} passages${needed}`;
  return reindexMessage(head, [
    ...why,
    counts(result),
    size,
    ...warningLines(result),
    ...failedLines(result),
  ]);
}

export function renderFailure(reason: string): ReindexMessage {
  return reindexMessage('❌ *Re-indexing failed; the former index still serves*', [escapeMrkdwn(reason)]);
}

/** A head and a section a line. */
export function reindexMessage(head: string, lines: string[]): ReindexMessage {
  return {
    text: cutMrkdwn([head, ...lines].join('\n'), LIMITS.messageText),
    blocks: [head, ...lines].map((line) => ({ type: 'section', text: mrkdwn(line, LIMITS.sectionText) })),
  };
}

/** What should be known though it stopped nothing. */
export function warningLines({ warnings }: Pick<ReindexResult, 'warnings'>): string[] {
  return warnings.slice(0, MAX_WARNINGS).map((warning) => `⚠️ ${escapeMrkdwn(warning)}`);
}

function counts(result: ReindexResult): string {
  return (
    [
      ['Pages', result.pages],
      ['Added', result.added],
      ['Changed', result.changed],
      ['Removed', result.removed],
      ['Unchanged', result.unchanged],
      ['Failed', result.failed.length],
    ] as const
  )
    .map(([label, count]) => `*${label}* ${count}`)
    .join(' · ');
}

function failedLines({ failed }: ReindexResult): string[] {
  if (failed.length === 0) return [];
  const named = failed
    .slice(0, MAX_FAILED)
    .map(({ source, reason }) => `• ${escapeLine(source)}: ${escapeLine(reason)}`);
  const more = failed.length > MAX_FAILED ? [`• and ${failed.length - MAX_FAILED} more, see the log`] : [];
  return [[...named, ...more].join('\n')];
}
