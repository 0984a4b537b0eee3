import type { KnownBlock, RichTextBlock } from '@slack/web-api';
import type { Content } from '../../conversation/content.ts';
import type { Citation } from '../../pipeline/types.ts';
import { markdownToRichText } from '../rich-text.ts';
import { cut, LIMITS } from './limits.ts';
import { cutMrkdwn, escapeLine, escapePlain, mrkdwn, mrkdwnLink } from './mrkdwn.ts';

type AnswerContent = Extract<Content, { kind: 'answer' }>;

/** Besides the segments there are the sources and the buttons. */
const MAX_SEGMENTS = LIMITS.blocksPerMessage - 2;

/** An answer: what is said, each part with the number of its source, the sources, and whether it helped. */
export function renderAnswer(answer: AnswerContent): { text: string; blocks: KnownBlock[] } {
  const sources = distinctSources(answer.segments.flatMap((segment) => segment.cites));
  const numberOf = (cite: Citation) => sources.findIndex((source) => source.source === cite.source) + 1;
  const body = answer.segments.slice(0, MAX_SEGMENTS).map((segment) => {
    const numbers = [...new Set(segment.cites.map(numberOf))].filter((number) => number > 0);
    return withMarks(markdownToRichText(cut(segment.text, LIMITS.passageChars)), numbers);
  });
  const text = answer.segments.map((segment) => segment.text).join('\n\n');
  return {
    text: cutMrkdwn(escapePlain(text), LIMITS.messageText),
    blocks: [...body, ...renderSources(sources, answer.note), renderFeedback(answer.feedbackId)],
  };
}

/** Numbers behind the text say which source it comes from. */
function withMarks(body: RichTextBlock, numbers: number[]): RichTextBlock {
  if (numbers.length === 0) return body;
  const mark = numbers.map((number) => `[${number}]`).join(' ');
  return {
    ...body,
    elements: [
      ...body.elements,
      { type: 'rich_text_section', elements: [{ type: 'text', text: mark, style: { bold: true } }] },
    ],
  };
}

function distinctSources(cites: Citation[]): Citation[] {
  return [...new Map(cites.map((cite) => [cite.source, cite])).values()].slice(0, LIMITS.contextElements - 1);
}

function renderSources(sources: Citation[], note: string | undefined): KnownBlock[] {
  const lines = sources.map((source, index) => {
    const label = `${index + 1}. ${source.title}`;
    return source.url === undefined ? escapeLine(label) : mrkdwnLink(source.url, label);
  });
  const elements = [...lines, ...(note === undefined ? [] : [escapeLine(note)])];
  if (elements.length === 0) return [];
  return [{ type: 'context', elements: elements.map((element) => mrkdwn(element, LIMITS.contextText)) }];
}

function renderFeedback(feedbackId: string): KnownBlock {
  return {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'answer.feedback',
        positive_button: {
          text: { type: 'plain_text', text: 'Helpful' },
          value: `yes:${feedbackId}`,
          accessibility_label: 'This answer was helpful',
        },
        negative_button: {
          text: { type: 'plain_text', text: 'Not helpful' },
          value: `no:${feedbackId}`,
          accessibility_label: 'This answer was not helpful',
        },
      },
    ],
  };
}
