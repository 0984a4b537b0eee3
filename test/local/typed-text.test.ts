import { describe, expect, test } from 'vitest';
import { readRichText } from '../../src/local/rich-text.ts';
import { createSeed } from '../../src/local/seed.ts';
import { readTypedText } from '../../src/local/typed-text.ts';
import { createWorkspace } from '../../src/local/workspace.ts';

const read = (text: string) => readTypedText(text, createWorkspace(createSeed()));

describe('text a person types', () => {
  test.each([
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    ['<@U0BOT> typed by hand stays text', '&lt;@U0BOT&gt; typed by hand stays text'],
    ['@Countersign help', '<@U0BOT> help'],
    ['@countersign, help', '<@U0BOT>, help'],
    ['@countersigner is nobody', '@countersigner is nobody'],
    ['thanks @Sam Okafor!', 'thanks <@U0SAM>!'],
    ['thanks @Sam and @alice.', 'thanks <@U0SAM> and <@U0ALICE>.'],
    ['@U0ARUN and @refund-approvers', '<@U0ARUN> and <!subteam^S0APPROVERS>'],
    ['@here @nobody', '<!here> @nobody'],
    ['mail me@sam.example', 'mail me@sam.example'],
    ['see #general and #nowhere', 'see <#C0GENERAL|general> and #nowhere'],
    ['see https://x.example/a?b=1&c=2#sam.', 'see <https://x.example/a?b=1&amp;c=2#sam>.'],
    ['(https://x.example/@sam)', '(<https://x.example/@sam>)'],
  ])('%j becomes %j', (typed, stored) => {
    expect(read(typed)).toBe(stored);
  });

  test('comes with rich text that keeps quotes, code and references apart', () => {
    const text = read('@Countersign look\n> he said @Sam\n```a < b```');
    expect(readRichText(text, '1.000001').elements).toEqual([
      {
        type: 'rich_text_section',
        elements: [
          { type: 'user', user_id: 'U0BOT' },
          { type: 'text', text: ' look' },
        ],
      },
      {
        type: 'rich_text_quote',
        elements: [
          { type: 'text', text: 'he said ' },
          { type: 'user', user_id: 'U0SAM' },
        ],
      },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a < b' }] },
    ]);
  });
});
