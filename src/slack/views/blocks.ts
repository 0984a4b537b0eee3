import type { KnownBlock } from '@slack/web-api';
import { LIMITS } from './limits.ts';
import { mrkdwn } from './mrkdwn.ts';

export function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text, LIMITS.sectionText) };
}

export function context(text: string): KnownBlock {
  return { type: 'context', elements: [mrkdwn(text, LIMITS.contextText)] };
}
