import type { KnownBlock } from '@slack/web-api';
import type { Content, PageChange } from '../../conversation/content.ts';
import { markdownToRichText } from '../rich-text.ts';
import { cut, LIMITS } from './limits.ts';
import { cutMrkdwn, escapeLine, escapePlain, mrkdwn, mrkdwnLink } from './mrkdwn.ts';

type Correction = Extract<Content, { kind: 'correction' }>;
type Told = Correction['changes'][number];

/** More pages than an answer ever cites. */
const MAX_PAGES = 10;

/** What a customer is told when the page behind an answer has changed: in the words of the page, and nothing else. */
export function renderCorrection({ changes }: Correction): { text: string; blocks: KnownBlock[] } {
  const told = changes.slice(0, MAX_PAGES);
  const text = told.map((change) => sayCorrection(change)).join('\n\n');
  return { text: cutMrkdwn(escapePlain(text), LIMITS.messageText), blocks: told.flatMap(renderTold) };
}

function sayCorrection({ title, newer }: Told): string {
  return newer === undefined
    ? `${opening(title)} no longer says what I quoted; a colleague will follow up.`
    : `${opening(title)} now says: “${newer}”`;
}

const opening = (title: string) => `A correction to my answer above: the page “${title}”`;

function renderTold({ title, url, newer }: Told): KnownBlock[] {
  const page = url === undefined ? `“${escapeLine(cut(title, LIMITS.headerText))}”` : mrkdwnLink(url, title);
  const says =
    newer === undefined ? 'no longer says what I quoted; a colleague will follow up.' : 'now says:';
  const line: KnownBlock = {
    type: 'section',
    text: mrkdwn(`A correction to my answer above: the page ${page} ${says}`, LIMITS.sectionText),
  };
  return newer === undefined ? [line] : [line, renderWords(newer)];
}

/** Words of a page as literal text; a table as a table. */
export function renderWords(words: PageChange['older']): KnownBlock {
  const shown = cut(words.trim(), LIMITS.passageChars) || ' ';
  if (shown.startsWith('|')) return markdownToRichText(shown);
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: shown }] }],
  };
}
