import type { KnownBlock } from '@slack/web-api';
import type { Content } from '../../conversation/content.ts';
import type { Citation } from '../../pipeline/types.ts';
import { markdownToRichText } from '../rich-text.ts';
import { cut, LIMITS } from './limits.ts';
import { escapeMrkdwn, escapePlain, mrkdwnLink } from './mrkdwn.ts';

type AnswerContent = Extract<Content, { kind: 'answer' }>;

/** An answer: what is said, where it comes from, and two buttons to say whether it helped. */
export function renderAnswer(answer: AnswerContent): { text: string; blocks: KnownBlock[] } {
  const sources = distinctSources(answer.segments.flatMap((segment) => segment.cites));
  const body = answer.segments.map((segment) => markdownToRichText(cut(segment.text, LIMITS.passageChars)));
  const text = answer.segments.map((segment) => segment.text).join('\n\n');
  return {
    text: cut(escapePlain(text), LIMITS.messageText),
    blocks: [...body, ...renderSources(sources, answer.note), renderFeedback(answer.feedbackId)],
  };
}

function distinctSources(cites: Citation[]): Citation[] {
  return [...new Map(cites.map((cite) => [cite.source, cite])).values()].slice(0, LIMITS.contextElements - 1);
}

function renderSources(sources: Citation[], note: string | undefined): KnownBlock[] {
  const lines = sources.map((source, index) => {
    const label = `${index + 1}. ${source.title}`;
    return source.url === undefined ? escapeMrkdwn(label) : mrkdwnLink(source.url, label);
  });
  const elements = [...lines, ...(note === undefined ? [] : [escapeMrkdwn(note)])];
  if (elements.length === 0) return [];
  return [
    {
      type: 'context',
      elements: elements.map((element) => ({ type: 'mrkdwn', text: cut(element, LIMITS.sectionText) })),
    },
  ];
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
